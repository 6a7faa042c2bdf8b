"""Material is shared as a draft, looked over, changed or thrown away, and published; nothing written is lost."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import Page
from tests.browser import SMALL, WIDE, is_wider_than_its_window, violations
from tests.pages_walked import day
from tests.signed_in import text, visit

pytestmark = pytest.mark.usefixtures("kommuner")
Enter = Callable[[str, str], str]
SUMMARY = "Inbjudan till möte."
LETTER: dict[str, object] = {
    "title": "Brev",
    "kind": "LETTER",
    "summary": SUMMARY,
    "body": "",
    "tags": "Brev",
}


def sent(address: str, **words: object) -> tuple[int, str]:
    """Press the button of a form as Rut; give the status and the next address or the page."""
    answer = visit("rut", None).post(address, {**LETTER, **words})
    return answer.status_code, answer.headers.get("Location") or text(answer)


def seen(address: str, user: str = "rut") -> str:
    return text(visit(user, None).get(address))


def hits(words: str) -> str:
    return seen(f"/bibliotek?q={words}").partition('id="traffar"')[2]


def pdf(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.7\nprov", "application/pdf")


@pytest.fixture
def title() -> str:
    return f"Brev till hemmet {uuid4().hex[:8]}"


@pytest.fixture
def draft(title: str) -> str:
    """Give the address of a draft with one file."""
    return sent("/bibliotek/dela", title=title, file=pdf("brev.pdf"))[1]


def version_on(page: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found
    return found[1]


def test_an_item_is_shared_looked_over_and_published(title: str, draft: str) -> None:
    page = seen(draft)
    assert all(f"<dd>{words}</dd>" in page for words in (title, "brev", "CC BY 4.0", "brev.pdf"))
    assert "<dd></dd>" not in page
    assert title not in hits(title)
    assert sent(draft, version=1, review_due="i sommar")[0] == 422
    _, published = sent(draft, version=1, review_due=day(200))
    assert title in seen(published)
    assert title in hits(title)


def test_a_personal_number_in_shared_material_is_pointed_out() -> None:
    status, page = sent("/bibliotek/dela", summary="Om 20240229-2383")
    assert (status, 'href="#id_summary"' in page) == (422, True)


def test_a_search_word_that_is_too_long_is_pointed_out_and_nothing_is_lost() -> None:
    status, page = sent("/bibliotek/dela", tags="ord" * 20)
    assert (status, 'href="#id_tags"' in page, SUMMARY in page) == (422, True, True)


def test_a_draft_is_found_again_by_those_who_may_publish_it(title: str, draft: str) -> None:
    for user in ("rut", "pia"):
        assert f'<a href="{draft}">{title}</a>' in seen("/bibliotek", user)


def test_a_draft_is_changed_with_all_it_said_standing_in_the_form(title: str, draft: str) -> None:
    form = seen(f"{draft}/andra")
    assert (title in form, f">{SUMMARY}</textarea>" in form.replace("\n", "")) == (True, True)
    told = {"title": f"{title} igen", "version": version_on(form), "file": pdf("bilaga.pdf")}
    assert sent(f"{draft}/andra", **told) == (302, draft)
    assert all(f"<dd>{words}</dd>" in seen(draft) for words in (f"{title} igen", "bilaga.pdf, brev.pdf"))


def test_a_file_of_a_name_that_is_taken_is_pointed_out(draft: str) -> None:
    told = {"version": version_on(seen(f"{draft}/andra")), "file": pdf("brev.pdf")}
    status, page = sent(f"{draft}/andra", **told)
    assert (status, "Utkastet har redan en fil med det namnet." in page) == (422, True)


def test_who_saves_last_sees_both_texts_and_decides(title: str, draft: str) -> None:
    first = version_on(seen(f"{draft}/andra"))
    assert sent(f"{draft}/andra", title=title, summary="Pias text.", version=first)[0] == 302
    status, page = sent(f"{draft}/andra", title=title, summary="Ruts text.", version=first)
    assert status == 409
    assert all(words in page for words in ("Någon annan hann spara", "Pias text.", "Ruts text."))
    assert "Pias text." in seen(draft)
    assert sent(f"{draft}/andra", title=title, summary="Ruts text.", version=version_on(page))[0] == 302
    assert "Ruts text." in seen(draft)


def test_what_was_changed_since_it_was_read_is_read_again_before_it_is_published(title: str, draft: str) -> None:
    assert sent(f"{draft}/andra", title=title, summary="Pias text.", version=1)[0] == 302
    status, page = sent(draft, version=1, review_due=day(200))
    assert (status, "Någon ändrade utkastet" in page, "Pias text." in page) == (422, True, True)
    assert title not in hits(title)
    assert sent(draft, version=version_on(page), review_due=day(200))[0] == 302


def test_a_draft_is_thrown_away_by_two_presses_and_never_published(title: str, draft: str) -> None:
    assert title in seen(f"{draft}/slang")
    assert title in seen("/bibliotek")
    assert sent(f"{draft}/slang") == (302, "/bibliotek")
    assert title not in seen("/bibliotek")
    answers = [sent(f"{draft}{end}", version=1, review_due=day(200))[0] for end in ("", "/andra", "/slang")]
    assert answers == [404, 404, 404]


def test_a_published_item_is_no_draft_any_more(draft: str) -> None:
    assert sent(draft, version=1, review_due=day(200))[0] == 302
    assert [visit("rut", None).get(f"{draft}{end}").status_code for end in ("", "/andra", "/slang")] == [404, 404, 404]


@pytest.mark.parametrize("end", ["", "/andra", "/slang"])
def test_the_pages_of_a_draft_are_accessible_at_360_and_1280(
    page: Page, as_member: Enter, draft: str, end: str
) -> None:
    for size in (SMALL, WIDE):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.goto(as_member("rut", "region") + draft + end)
        assert violations(page) == []
        assert not is_wider_than_its_window(page)
