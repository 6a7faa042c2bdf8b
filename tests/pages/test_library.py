"""Material is shared as a draft, looked over, changed or thrown away, and published; nothing written is lost."""

import re
from collections.abc import Callable
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import Page
from tests.browser import SMALL, WIDE, is_wider_than_its_window, violations
from tests.cast import actor
from tests.pages_walked import day
from tests.signed_in import text, visit

from hlt_graphql.resources.reads import file_token
from hlt_identity.roles import RoleCode

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
    return seen(f"/bibliotek?q={words}").partition('id="traffar"')[2].partition('id="utkast"')[0]


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


NUMBER = "20240229-2383"


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("summary", f"Om {NUMBER}"),
        ("tags", f"brev, {NUMBER}"),
        ("title", "Om 240229\u20132383"),
        ("body", "Om 2024 02 29 2383"),
        ("body", "Om \uff12\uff14\uff10\uff12\uff12\uff19-2383"),
        ("title", "Om 240229\u200b-\xa02383"),
        ("tags", "brev, K7MPQ2XZ"),
    ],
)
def test_what_points_at_a_child_is_pointed_out_however_it_is_written(field: str, told: str) -> None:
    status, page = sent("/bibliotek/dela", **{field: told})
    assert (status, f'href="#id_{field}"' in page) == (422, True)


@pytest.mark.parametrize(("name", "content"), [(f"{NUMBER}.pdf", b"%PDF-1.7"), ("brev.txt", f"Om {NUMBER}".encode())])
def test_a_file_that_points_at_a_child_is_not_taken(name: str, content: bytes) -> None:
    status, page = sent("/bibliotek/dela", file=SimpleUploadedFile(name, content))
    assert (status, "pekar ut en person" in page, NUMBER in page) == (422, True, False)


@pytest.mark.parametrize("field", ["title", "summary"])
def test_words_that_nobody_can_see_are_asked_for_again(field: str) -> None:
    status, page = sent("/bibliotek/dela", **{field: "\u200b\u2060"})
    assert (status, f'href="#id_{field}"' in page) == (422, True)


def test_a_file_that_did_not_come_back_with_the_form_is_asked_for_again() -> None:
    status, page = sent("/bibliotek/dela", title="", file=pdf("brev.pdf"))
    assert (status, "Välj filen igen." in page) == (422, True)


@pytest.mark.parametrize("when", ["2020-01-01", "0001-01-01", "9999-12-31"])
def test_a_day_to_look_it_over_lies_ahead(draft: str, when: str) -> None:
    status, page = sent(draft, version=1, review_due=when)
    assert (status, "som ligger framåt" in page) == (422, True)


def test_a_drafts_file_is_read_by_those_who_may_publish_it_and_by_nobody_after_it_is_thrown_away(draft: str) -> None:
    found = re.search(r'href="(/bibliotek/utkast/filer/[^"]+)"', seen(draft))
    assert found
    answer = visit("pia", None).get(found[1])
    assert (answer.content[:4], answer["Content-Disposition"]) == (b"%PDF", 'attachment; filename="brev.pdf"')
    assert sent(f"{draft}/slang", version=1)[0] == 302
    assert visit("pia", None).get(found[1]).status_code == 404


def test_no_link_of_a_published_items_kind_opens_a_drafts_file(draft: str) -> None:
    found = re.search(r'href="/bibliotek/utkast/filer/([^"]+)"', seen(draft))
    assert found
    assert visit("rut", None).get(f"/bibliotek/filer/{file_token(UUID(found[1]))}").status_code == 404


def test_a_member_who_shares_nothing_meets_no_draft(title: str, draft: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = re.search(r'href="(/bibliotek/utkast/filer/[^"]+)"', seen(draft))
    assert found
    member = replace(actor("rut"), role=RoleCode.MEMBER)
    monkeypatch.setattr("tests.served.actor", lambda _user, _kommun: member)
    page = seen("/bibliotek")
    assert ("Bibliotek" in page, title in page, "Dela material" in page) == (True, False, False)
    closed = ("/bibliotek/dela", draft, f"{draft}/andra", f"{draft}/slang", found[1])
    assert {visit("rut", None).get(address).status_code for address in closed} == {403}


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
    assert sent(f"{draft}/andra", title=title, summary="Pias text.", kind="FORM", version=first)[0] == 302
    status, page = sent(f"{draft}/andra", title=title, summary="Ruts text.", version=first)
    assert status == 409
    assert all(words in page for words in ("Någon annan hann spara", "Pias text.", "Ruts text.", "Slag: Blankett"))
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
    assert sent(f"{draft}/slang", version=1) == (302, "/bibliotek")
    assert title not in seen("/bibliotek")
    answers = [sent(f"{draft}{end}", version=1, review_due=day(200))[0] for end in ("", "/slang")]
    assert answers == [404, 404]


def test_what_was_changed_since_it_was_read_is_not_thrown_away_unread(title: str, draft: str) -> None:
    assert sent(f"{draft}/andra", title=title, summary="Pias text.", version=1)[0] == 302
    status, page = sent(f"{draft}/slang", version=1)
    assert (status, "Någon ändrade utkastet" in page) == (422, True)
    assert sent(f"{draft}/slang", version=version_on(page))[0] == 302


@pytest.mark.parametrize("end", ["", "/slang"])
def test_who_writes_while_another_publishes_or_throws_away_keeps_every_word(title: str, draft: str, end: str) -> None:
    assert sent(f"{draft}{end}", version=1, review_due=day(200))[0] == 302
    status, page = sent(f"{draft}/andra", title=title, summary="Pias text.", version=1)
    assert (status, "Någon har publicerat eller slängt" in page, "Pias text." in page) == (422, True, True)
    assert 'action="/bibliotek/dela"' in page


def test_what_is_published_can_be_taken_away_again(title: str, draft: str) -> None:
    _, item = sent(draft, version=1, review_due=day(200))
    assert f"{item}/ta-bort" in seen(item)
    version = version_on(seen(f"{item}/ta-bort"))
    link = re.search(r'href="(/bibliotek/filer/[^"]+)"', seen(item))
    assert sent(f"{item}/ta-bort", version=version) == (302, "/bibliotek")
    assert link
    assert [visit("rut", None).get(address).status_code for address in (item, link[1])] == [404, 404]
    assert title not in hits(title)


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


@pytest.mark.answers(409)
def test_a_long_word_stays_inside_the_window(page: Page, as_member: Enter, draft: str) -> None:
    long = f"https://example.org/{'a' * 80}"
    page.goto(as_member("rut", "region") + f"{draft}/andra")
    assert sent(f"{draft}/andra", title=long, body=long, version=1)[0] == 302
    page.get_by_label("Rubrik").fill(long)
    page.get_by_label(re.compile("^Text")).fill(long)
    page.get_by_role("button", name="Spara som utkast").click()
    page.get_by_text("Någon annan hann spara").wait_for()
    for address in ("", "/bibliotek"):
        if address:
            page.goto(as_member("rut", "region") + address)
        for size in (SMALL, WIDE):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            assert not is_wider_than_its_window(page)
