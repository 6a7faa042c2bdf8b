"""The one thing of the library that is not JSON: a file, by a link that holds for five minutes."""

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from hlt_graphql.resources.reads import FileFacts, file_of
from hlt_identity.roles import open_to_all


@open_to_all("the signed link is the permission; it was given to somebody who holds it and ends after five minutes")
def file(request: HttpRequest, token: str) -> HttpResponse:
    """Send a file as a download that no browser runs; raises NotFound."""
    return download(*file_of(token))


def download(facts: FileFacts, content: bytes) -> HttpResponse:
    """Give a file as an answer that a browser saves and never runs or keeps."""
    answer = HttpResponse(content, content_type=facts.media_type)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=facts.name)
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
