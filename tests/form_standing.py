"""What a form on a page would send if nobody touched it, read as a browser reads it."""

from html.parser import HTMLParser

from django.http import HttpResponse

Attributes = list[tuple[str, str | None]]


def standing(page: HttpResponse) -> dict[str, str]:
    """Give the fields of the page's forms with the values that stand in them; what is not ticked is not sent."""
    reader = _Fields()
    reader.feed(page.content.decode())
    return {name: value.removeprefix("\n") for name, value in reader.found.items()}


class _Fields(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.select = self.textarea = ""

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        told = {name: value or "" for name, value in attrs}
        name, value = told.get("name", ""), told.get("value", "")
        if tag == "textarea":
            self.textarea, self.found[name] = name, ""
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and ("selected" in told or self.select not in self.found):
            self.found[self.select] = value
        elif tag == "input" and name and (told.get("type") not in ("radio", "checkbox") or "checked" in told):
            self.found[name] = value

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.found[self.textarea] += data

    def handle_endtag(self, tag: str) -> None:
        if tag in ("select", "textarea"):
            self.select = self.textarea = ""
