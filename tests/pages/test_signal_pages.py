"""A tired nurse raises a signal on one page; nothing she wrote is lost, and only her own branch sees it (S2)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from tests.browser import is_wider_than_its_window, violations
from tests.form_standing import standing
from tests.pages_walked import ELSA, asked, day, filled, follow, link, press, raised, read, sent
from tests.signed_in import text, visit

from hlt_tenants.casework.forms.signal import SignalForm

Enter = Callable[[str, str], str]
pytestmark = pytest.mark.usefixtures("team")


def test_britta_raises_a_signal_and_takes_it_up_in_four_presses() -> None:
    _britta, page = raised()
    assert "Be om samtycke" in read(page)
    assert "Elsa Provsson" in read(page)
    assert "Elsa" not in text(page).split("</title>")[0]


def test_an_empty_signal_comes_back_with_what_to_write_and_the_focus_on_the_summary() -> None:
    britta = visit("britta")
    answer = britta.post("/signal/ny", filled(britta.get("/signal/ny")))
    assert answer.status_code == 422
    assert "Fel: " in text(answer).split("</title>")[0]
    assert 'role="alert" tabindex="-1" autofocus' in text(answer)
    assert 'href="#id_child_name"' in text(answer)
    assert "Skriv vad du har sett eller hört." in read(answer)


def test_a_text_that_is_too_long_comes_back_whole_and_is_never_cut_by_the_browser() -> None:
    britta = visit("britta")
    page = britta.get("/signal/ny")
    assert "maxlength" not in text(page)
    long = "Hon sover dåligt. " * 250
    answer = britta.post("/signal/ny", filled(page, **{**ELSA, "seen": long}))
    assert answer.status_code == 422
    assert "Korta ner texten till högst 4000 tecken. Nu är den 4499." in read(answer)
    assert long in text(answer)


def test_a_character_that_no_database_keeps_is_told_in_plain_words() -> None:
    britta = visit("britta")
    answer = britta.post("/signal/ny", filled(britta.get("/signal/ny"), **{**ELSA, "seen": "Trött\0"}))
    assert "Ta bort det osynliga tecknet i texten." in read(answer)


def test_a_talk_with_the_family_that_lies_ahead_is_a_slip_of_the_hand() -> None:
    britta = visit("britta")
    answer = britta.post("/signal/ny", filled(britta.get("/signal/ny"), **{**ELSA, "told_on": "imorgon"}))
    assert answer.status_code == 422
    assert "Dagen har inte varit än. Har ingen pratat med familjen väljer du" in read(answer)
    assert ELSA["seen"] in text(answer)


@pytest.mark.parametrize(
    ("born", "told", "why"),
    [(4000, 366, "mer än ett år sedan"), (1, 2, "före barnets födelse")],
    ids=["long ago", "before the birth"],
)
def test_a_talk_that_cannot_have_been_about_this_is_asked_for_again(born: int, told: int, why: str) -> None:
    faults = SignalForm({**ELSA, "birth_date": day(-born), "told_on": day(-told)}).errors
    assert set(faults) == {"told_on"}
    assert why in str(faults["told_on"])


def test_a_talk_on_the_day_of_birth_or_a_year_ago_is_a_talk() -> None:
    assert SignalForm({**ELSA, "birth_date": day(-1), "told_on": day(-1)}).errors == {}
    assert SignalForm({**ELSA, "told_on": day(-365)}).errors == {}


def test_not_yet_told_keeps_the_draft_and_says_why() -> None:
    britta = visit("britta")
    words = "Bara ett utkast om Tage."
    answer = britta.post("/signal/ny", filled(britta.get("/signal/ny"), **{**ELSA, "seen": words, "not_told": "1"}))
    assert answer.status_code == 409
    assert "Prata med familjen först" in read(answer)
    assert words in read(britta.get("/signal/ny"))
    assert "Ny tidig signal" in read(britta.get("/utkast"))
    assert words not in read(visit("karin").get("/signal/ny"))


def test_a_draft_saved_by_htmx_answers_with_one_sentence_and_is_gone_when_sent() -> None:
    karin = visit("karin")
    answer = karin.post("/utkast/signal-new", {"seen": "Halvskrivet"}, part=True)
    assert answer.status_code == 200
    assert text(answer).startswith("Utkast sparat kl. ")
    assert "Halvskrivet" in text(karin.get("/signal/ny"))
    sent(karin, "/signal/ny", **ELSA)
    assert "Halvskrivet" not in text(karin.get("/signal/ny"))
    assert "Halvskrivet" not in read(karin.get("/utkast"))


def test_a_draft_saved_without_javascript_comes_back_to_the_form() -> None:
    samira = visit("samira")
    answer = samira.post("/utkast/signal-new", {"seen": "Halvskrivet"})
    assert (answer.status_code, answer["Location"]) == (302, "/signal/ny")
    discard = link(samira.get("/utkast"), "Släng")
    assert "Släng utkastet?" in read(samira.get(discard))
    samira.post(discard)
    assert "Halvskrivet" not in read(samira.get("/signal/ny"))


def test_no_draft_can_be_kept_under_a_made_up_name() -> None:
    from hlt_identity.errors import NotFound

    assert visit("karin").post("/utkast/hemlig-lista", {"a": "b"}).status_code == NotFound.status


def test_pressing_twice_makes_one_signal() -> None:
    anders = visit("anders")
    form = filled(anders.get("/signal/ny"), **{**ELSA, "child_name": "Tage Provsson"})
    first, second = anders.post("/signal/ny", form), anders.post("/signal/ny", form)
    assert (first.status_code, second.status_code, first["Location"]) == (302, 302, second["Location"])
    assert read(anders.get("/")).count("Ta emot signalen: Tage Provsson") == 1


def test_only_the_own_branch_sees_a_signal_and_others_meet_it_as_if_it_were_not() -> None:
    britta, page = raised()
    address = link(page, "Be om samtycke").removesuffix("/samtycke")
    assert britta.get(address).status_code == 200
    for user in ("karin", "samira", "anders", "ylva"):
        other = visit(user)
        refused, absent = other.get(address), other.get("/signal/00000000-0000-4000-8000-000000000000")
        assert (refused.status_code, absent.status_code) == (404, 404)
        assert refused.content == absent.content


def test_a_form_about_a_child_is_not_remembered_by_the_browser() -> None:
    page = text(visit("britta").get("/signal/ny"))
    assert page.count('spellcheck="false"') >= 6
    assert 'name="child_name"' in page
    assert page.count('autocomplete="off"') >= 8


def test_L09_the_way_to_an_orosanmalan_stands_on_every_page_of_a_signal() -> None:
    britta, page = raised()
    for answer in (page, britta.get("/signal/ny"), britta.get("/")):
        assert link(answer, "Gör en orosanmälan") == "/orosanmalan"
    assert "112" in read(britta.get("/orosanmalan"))


@pytest.mark.parametrize("key", ["x" * 65, "a\0b"])
def test_a_key_that_no_page_wrote_is_nobodys(key: str) -> None:
    britta = visit("britta")
    told = filled(britta.get("/signal/ny"), **{**ELSA, "once": key})
    assert britta.post("/signal/ny", told).status_code == 302


def test_who_writes_down_an_answer_reads_first_what_a_no_does() -> None:
    britta, page = asked()
    form = read(britta.get(link(page, "Skriv in svar")))
    assert "Ett nej avslutar signalen genast" in form
    assert "Behövs när svaret är ja." in form


def test_an_answer_is_awaited_until_the_family_said_no() -> None:
    britta, page = asked()
    assert "Svar senast" in read(page)
    address = link(page, "Skriv in svar").split("/samtycke")[0]
    check = sent(britta, link(page, "Skriv in svar"), answer="no", way="paper", language="sv")
    follow(britta, britta.post(link(page, "Skriv in svar"), filled(check, sure="1")))
    assert "Svar senast" not in read(britta.get(address))


def test_a_no_is_asked_about_once_more_and_what_was_filled_in_can_be_changed() -> None:
    britta, page = asked()
    form = link(page, "Skriv in svar")
    told = {"answer": "no", "way": "oral", "witness": "Karin Lind", "language": "fi", "valid_until": day(180)}
    check = sent(britta, form, **told)
    assert "Ett nej avslutar signalen genast" in read(check).split("Spara nej och avsluta")[0]
    assert "Vem hörde svaret? Karin Lind" in read(check)
    assert "Svaret gäller till" not in read(check)
    again = britta.post(form, filled(check, change="1"))
    assert again.status_code == 200
    assert standing(again).items() >= told.items()
    assert f"Gäller till {day(180)}" in read(sent(britta, form, **{**told, "answer": "yes"}))


def test_a_no_that_nobody_heard_is_put_right_before_it_is_asked_about() -> None:
    britta, page = asked()
    form = link(page, "Skriv in svar")
    answer = britta.post(form, filled(britta.get(form), answer="no", way="oral", language="sv"))
    assert answer.status_code == 422
    assert "Skriv vem som hörde svaret." in read(answer)


def test_two_guardians_of_the_same_name_are_told_apart() -> None:
    britta = visit("britta")
    child = "Namne Provsson"
    start = sent(britta, "/signal/ny", **{**ELSA, "child_name": child, "guardian_2": "Eva \u200bprovsson"})
    page = press(britta, britta.get(link(start, f"Ta emot signalen: {child}")), "Ta emot signalen")
    page = sent(britta, link(page, "Be om samtycke"), to_branches=["social"], categories=["C1"])
    assert "(vårdnadshavare 1)" in read(britta.get(link(page, "Skriv in svar: Eva"))).split("Ett ja gäller")[0]
    second = britta.get(link(page, "(vårdnadshavare 2)"))
    assert "(vårdnadshavare 2)" in read(second).split("Ett ja gäller")[0]


@pytest.mark.parametrize("name", ["\u200b", "\u200b \u2060\ufeff", "\u3164", "\u2800\u00ad", "\u034f"])
@pytest.mark.parametrize("field", ["child_name", "guardian_1", "guardian_2"])
def test_a_name_that_nobody_can_see_is_asked_for_again(field: str, name: str) -> None:
    form = SignalForm({**ELSA, field: name})
    assert form.errors == {field: ["Namnet syns inte. Skriv det med bokstäver."]}


@pytest.mark.parametrize("name", ["Li", "Ngũgĩ wa", "محمد", "አበበ", "Åsa-Märta"])
def test_a_name_in_any_script_is_a_name(name: str) -> None:
    assert SignalForm({**ELSA, "child_name": name}).errors == {}


def test_a_no_can_be_weighed_on_a_phone(page: Page, as_member: Enter) -> None:
    _britta, signal = asked()
    host = as_member("britta", "lycksele")
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(host + link(signal, "Skriv in svar"))
    page.get_by_label("Nej", exact=True).check()
    page.get_by_label("På papper").check()
    page.get_by_role("button", name="Spara svaret").click()
    assert "stämmer det?" in page.get_by_role("heading", level=1).inner_text()
    assert violations(page) == []
    assert not is_wider_than_its_window(page)
    page.get_by_role("button", name="Ändra").click()
    assert page.get_by_label("Nej", exact=True).is_checked()
    page.get_by_role("button", name="Spara svaret").click()
    page.get_by_role("button", name="Spara nej och avsluta").click()
    page.get_by_text("Det blev inget HLT-ärende.").wait_for()
