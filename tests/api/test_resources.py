"""The directory names functions, the library lends files, and neither holds anything about a child."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from tests.asking import ask, code
from tests.cast import actor

from hlt_graphql.resources.actions import NewItem, TeamWords, publish_item, save_team, share_item
from hlt_graphql.resources.errors import FileNotTaken, IdentifyingContent, NotAFunction
from hlt_graphql.resources.reads import file_of, file_token, library_item
from hlt_graphql.resources.rules import ItemKind, check_mailbox, check_text, checked_file
from hlt_graphql.resources.views import file
from hlt_identity.errors import Invalid, NotAllowed, NotFound, Stale

PDF = b"%PDF-1.7\nprov"
WORDS = TeamWords(
    "HLT Lycksele", "0–16", "0950-166 00", "hlt@lycksele.se", ("Lycksele",), "varannan onsdag", frozenset({"TEACHER"})
)


def new_item(slug: str, **other: object) -> NewItem:
    plain: dict[str, object] = {
        "slug": slug,
        "kind": ItemKind.FORM,
        "title": "Samtyckesblankett",
        "summary": "Blankett för båda vårdnadshavarna.",
        "body": "Skriv ut och fyll i tillsammans.",
        "tags": ("samtycke",),
        "shared_by": "2481",
        "license": "CC BY 4.0",
        "files": (("samtycke.pdf", PDF),),
    }
    return NewItem(**{**plain, **other})  # type: ignore[arg-type]


@pytest.fixture
def lycksele(kommuner: None) -> None:
    """The team of Lycksele as the directory shows it, once."""
    known = ask('{ teams(municipality: "2481") { version } }')["data"]["teams"]
    if not known:
        save_team(kommunkod="2481", words=WORDS, version=0, by=actor("rut"))


def test_the_directory_tells_which_professions_are_filled(lycksele: None) -> None:
    query = '{ teams(municipality: "2481") { name email municipality { name } professions { label covered } } }'
    (team,) = ask(query, user="karin")["data"]["teams"]
    assert (team["name"], team["email"], team["municipality"]["name"]) == (
        "HLT Lycksele",
        "hlt@lycksele.se",
        "Lycksele",
    )
    assert [known["label"] for known in team["professions"] if known["covered"]] == ["lärare"]
    assert len(team["professions"]) == 12


def test_who_saves_an_old_version_is_told(lycksele: None) -> None:
    with pytest.raises(Stale):
        save_team(kommunkod="2481", words=WORDS, version=0, by=actor("rut"))


def test_a_nurse_does_not_write_the_directory(kommuner: None) -> None:
    with pytest.raises(NotAllowed):
        save_team(kommunkod="2481", words=WORDS, version=0, by=actor("karin"))


@pytest.mark.parametrize("address", ["karin.lind@lycksele.se", "rektor.olle@lycksele.se", "hlt", "@lycksele.se"])
def test_a_persons_mailbox_is_refused(address: str) -> None:
    with pytest.raises(NotAFunction):
        check_mailbox(address)


@pytest.mark.parametrize("address", ["hlt@umea.se", "barn-unga.hlt@asele.se", ""])
def test_a_functions_mailbox_is_taken(address: str) -> None:
    check_mailbox(address)


@pytest.mark.parametrize(
    "text", ["Ring om 20240229-2383", "barnet 900101 2385", "prov 260161-2381", "2024-02-29-2383", "om ärende K7MPQ2XZ"]
)
def test_a_number_that_points_at_somebody_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(IdentifyingContent) as refusal:
        check_text(body=text)
    assert refusal.value.data == {"field": "body"}


def test_a_telephone_and_a_date_are_not_taken_for_a_person() -> None:
    check_text(body="Ring 0950-166 00 före 2026-11-24, eller 090-785 00 00.")
    # The hour makes ten digits with the right control digit.
    check_text(body="Möte 2026-11-24 0801.")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"<html>"),
        ("a.exe", b"MZ"),
        ("a.png", PDF),
        ("a.txt", b"\x00\x01"),
        ("a.pdf", b""),
        ("a.pdf", PDF + b"x" * 2**21),
    ],
)
def test_a_file_is_what_its_name_says_or_it_is_not_taken(name: str, content: bytes) -> None:
    with pytest.raises(FileNotTaken):
        checked_file(name, content)


def shared(slug: str) -> UUID:
    item = share_item(new_item(slug), by=actor("rut"))
    publish_item(item=item, version=1, review_due=date(2027, 11, 24), by=actor("rut"))
    return item


def fetched(token: str) -> HttpResponse:
    return file(RequestFactory().get("/"), token)


def test_a_draft_is_seen_by_nobody_and_a_published_item_by_all(kommuner: None) -> None:
    item = share_item(new_item("blankett-a"), by=actor("rut"))
    assert code('{ libraryItem(slug: "blankett-a") { title } }') == "NOT_FOUND"
    publish_item(item=item, version=1, review_due=date(2027, 11, 24), by=actor("rut"))
    told = ask(
        '{ libraryItem(slug: "blankett-a") { title sharedBy { name } files { name bytes sha256 } } }', user="karin"
    )
    assert told["data"]["libraryItem"]["files"][0]["bytes"] == len(PDF)


def test_a_file_comes_by_its_link_as_a_download_that_no_browser_runs(kommuner: None) -> None:
    shared("blankett-b")
    told = ask('{ libraryItem(slug: "blankett-b") { files { downloadUrl } } }', user="karin")
    token = told["data"]["libraryItem"]["files"][0]["downloadUrl"].rsplit("/", 1)[1]
    answer = fetched(token)
    assert answer.content == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="samtycke.pdf"'
    assert "sandbox" in answer["Content-Security-Policy"]


def test_a_link_holds_five_minutes_and_opens_one_file(kommuner: None, monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    shared("blankett-c")
    token = file_token(library_item("blankett-c").files[0].file_id)
    assert file_of(token)[1] == PDF
    with pytest.raises(NotFound):
        file_of(token[:-1] + ("a" if token[-1] != "a" else "b"))
    late = time.time() + 301
    monkeypatch.setattr(time, "time", lambda: late)
    with pytest.raises(NotFound):
        file_of(token)


def test_the_library_is_read_page_by_page_without_a_gap(kommuner: None) -> None:
    for number in range(5):
        shared(f"sida-{number}")
    query = "query ($after: Cursor) { library(first: 2, after: $after) { endCursor hasNextPage nodes { slug } } }"
    seen, after = [], None
    while True:
        page = ask(query, {"after": after})["data"]["library"]
        seen += [node["slug"] for node in page["nodes"]]
        after = page["endCursor"]
        if not page["hasNextPage"]:
            break
    assert len(seen) == len(set(seen))
    assert {f"sida-{number}" for number in range(5)} <= set(seen)


def test_a_foreign_cursor_opens_nothing(kommuner: None) -> None:
    assert code('{ library(after: "abc:def") { nodes { slug } } }') == "NOT_FOUND"


def test_a_team_of_a_kommun_that_does_not_exist_is_refused_and_the_directory_stays_whole(lycksele: None) -> None:
    with pytest.raises(Invalid) as refusal:
        save_team(kommunkod="9999", words=WORDS, version=0, by=actor("rut"))
    assert "municipality" in str(refusal.value.data)
    assert "errors" not in ask("{ teams { name municipality { name } } }")


def test_what_does_not_fit_is_named_and_not_repeated(kommuner: None) -> None:
    with pytest.raises(Invalid) as refusal:
        save_team(kommunkod="2480", words=replace(WORDS, phone="0" * 50), version=0, by=actor("rut"))
    assert set(dict(refusal.value.data)["fields"]) == {"phone"}  # type: ignore[call-overload]
    assert "0000" not in str(refusal.value.data)


def test_a_files_name_cannot_write_a_header_of_its_own(kommuner: None) -> None:
    item = share_item(new_item("blankett-d", files=(('a"\r\nX-Evil: 1.pdf', PDF),)), by=actor("rut"))
    publish_item(item=item, version=1, review_due=date(2027, 11, 24), by=actor("rut"))
    answer = fetched(file_token(library_item("blankett-d").files[0].file_id))
    assert "X-Evil" not in answer
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8")
