"""One child's way by pages, through all hands, from the signal to the end (S3, S4, S6, S7)."""

import re
from itertools import combinations, product
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import reverse
from tests.form_standing import standing
from tests.pages_walked import YES, asked, day, filled, follow, link, opened, press, read, sent
from tests.signed_in import Visit, visit

from hlt_tenants.casework.next_step import Standpoint, next_step
from hlt_tenants.casework.rules import ClockCode, State, Step
from hlt_tenants.casework.views.shown import NEXT

THREE = ["region_health", "social", "school_medical"]


pytestmark = pytest.mark.usefixtures("team")


def address(page: HttpResponse) -> str:
    """Give the address of the case that a page belongs to."""
    return str(page.request["PATH_INFO"])  # type: ignore[attr-defined]


def booked(lead: Visit, case: str) -> HttpResponse:
    return sent(lead, f"{case}/boka", on=day(7), at="13.00", place="Rum 2")


def met(lead: Visit, case: str, decision: str = "JOINT_SUPPORT") -> HttpResponse:
    booked(lead, case)
    line = "Elsa får stöd hemma och i skolan."
    return sent(lead, f"{case}/mote", decision=decision, line=line, branches=THREE, has_guardian="on")


def answered(lead: Visit, case: str) -> HttpResponse:
    page = lead.get(case)
    for _guardian in ("Eva", "Jonas"):
        form = lead.get(link(page, "Ge återkoppling"))
        first = _choice(form, "guardian")
        page = sent(lead, f"{case}/aterkoppling", guardian=first, way="phone")
    return page


def _choice(page: HttpResponse, name: str) -> str:
    found = re.search(rf'type="radio" name="{name}" value="([^"]+)"', page.content.decode())
    assert found, f"no choice of {name}"
    return found[1]


def test_who_got_the_answer_and_how_is_never_guessed() -> None:
    britta, page = opened()
    case = address(page)
    met(britta, case)
    form = britta.get(f"{case}/aterkoppling")
    assert not {"guardian", "way"} & set(standing(form))
    answer = britta.post(f"{case}/aterkoppling", filled(form))
    assert answer.status_code == 422
    assert "Välj vem som har fått svaret." in read(answer)
    assert "Välj hur svaret lämnades." in read(answer)
    sent(britta, f"{case}/aterkoppling", guardian=_choice(form, "guardian"), way="phone")
    other = standing(britta.get(f"{case}/aterkoppling"))
    assert "guardian" in other
    assert "way" not in other


PLAN: dict[str, Any] = {
    "voice_state": "given",
    "voice_words": "Jag vill sova hos mamma.",
    "g1-words": "Elsa sover gott",
    "g1-domain": "health",
    "g1-start_text": "Vaknar varje natt.",
    "g1-hoped_text": "Sover fem nätter av sju.",
    "g1m1-text": "Samtal varje vecka",
    "g1m1-type": "child_talks",
    "g1m1-owner": "Karin Lind",
    "rater": "guardian",
    "health": "3",
    "learning": "5",
    "safety": "6",
    "agreed_with": "Eva Provsson",
}


def planned(lead: Visit, case: str) -> HttpResponse:
    return sent(lead, f"{case}/plan/skriv", **PLAN, **{"g1m1-due_on": day(30), "review_on": day(42)})


def test_the_whole_way_from_signal_to_close_by_pages() -> None:
    britta, page = opened()
    case = address(page)
    assert "Boka HLT-möte" in read(page)
    assert "Återkoppling till familjen" in read(met(britta, case))
    assert "Kom överens om en plan" in read(answered(britta, case))
    page = planned(britta, case)
    assert "Stöd pågår" in read(page)
    assert "Elsa sover gott" in read(britta.get(f"{case}/plan"))
    assert f"Pågår senast {day(30)}" in read(britta.get(f"{case}/plan"))
    page = reviewed(britta, case)
    assert "Planen följdes upp" in read(page)
    page = closed(britta, case)
    assert "Ärendet är avslutat." in read(page)


def reviewed(lead: Visit, case: str) -> HttpResponse:
    page = lead.get(f"{case}/uppfoljning")
    goal = {name: "0" for name in _names(page, "goal-")}
    measure = {name: "done" for name in _names(page, "measure-")}
    told = filled(page, **goal, **measure, rater="lead", line="Det går bättre.", next_on=day(60))
    return follow(lead, lead.post(f"{case}/uppfoljning", told))


def _names(page: HttpResponse, start: str) -> set[str]:
    return set(re.findall(rf'name="({start}[^"]+)"', page.content.decode()))


def closed(lead: Visit, case: str) -> HttpResponse:
    sent(lead, f"{case}/borja-avsluta", reason="goals_reached")
    page = lead.get(f"{case}/avsluta")
    said = {
        **{name: "1" for name in _names(page, "goal-")},
        "reason": "goals_reached",
        "voice_state": "given",
        "voice_words": "Nu sover jag.",
        "rater": "guardian",
        "health": "8",
        "learning": "7",
        "safety": "8",
        "survey": "invited",
    }
    check = lead.post(f"{case}/avsluta", filled(page, **said))
    assert "Stämmer det här?" in read(check)
    assert "Nu sover jag." in read(check)
    again = lead.get(link(check, "Ändra"))
    assert "Nu sover jag." in read(again)
    assert re.search(r'name="goal-[^"]+" value="1"[^>]* checked', again.content.decode())
    return press(lead, check, "Avsluta ärendet")


def test_samira_sees_nothing_before_consent_and_exactly_the_disclosed_after_it() -> None:
    samira = visit("samira")
    known = read(samira.get("/")).count("Elsa Provsson")
    asked()
    assert read(samira.get("/")).count("Elsa Provsson") == known
    britta, page = opened()
    case = address(page)
    seen = read(samira.get(case))
    assert "Barn: Elsa Provsson, född 2017-05-04" in seen
    assert "sover dåligt" not in seen
    disclosed(britta, case, "social")
    assert "Elsa sover dåligt och är ofta ledsen." in read(samira.get(case))
    assert "sover dåligt" not in read(visit("karin").get(case))


def disclosed(lead: Visit, case: str, to: str, ground: str = "consent", motive: str = "") -> HttpResponse:
    page = lead.get(f"{case}/lamna-ut")
    wish = {"items": [_ticked(page, "Tidig signal")], "to_branch": to, "ground": ground, "motive": motive}
    preview = lead.post(f"{case}/lamna-ut", filled(page, **wish))
    assert "Hos mottagaren gäller" in read(preview)
    return press(lead, preview, "Lämna ut")


def _ticked(page: HttpResponse, label: str) -> str:
    for value, ident in re.findall(
        r'type="checkbox" name="items" value="([^"]+)"[^>]*id="([^"]+)"', page.content.decode()
    ):
        if re.search(rf'for="{ident}">{label}', page.content.decode()):
            return str(value)
    raise AssertionError(f"{label} cannot be ticked")


def test_the_preview_shows_the_copy_to_the_byte_and_how_strong_the_secrecy_is() -> None:
    britta, page = opened()
    case = address(page)
    form = britta.get(f"{case}/lamna-ut")
    wish = {"items": [_ticked(form, "Tidig signal")], "to_branch": "social", "ground": "consent"}
    preview = read(britta.post(f"{case}/lamna-ut", filled(form, **wish)))
    assert "Hos mottagaren gäller: stark sekretess" in preview
    disclosed(britta, case, "social")
    copy = (
        "Oro: Mående och oro Vad vi sett: Elsa sover dåligt och är ofta ledsen. Vad som fungerar bra: Har en nära vän."
    )
    assert copy in preview
    assert copy in read(visit("samira").get(case))


def test_L04_what_was_rewritten_after_the_look_is_shown_again_before_it_goes() -> None:
    britta, page = opened()
    case, worry = address(page), "kartlaggning/health/worries"
    sent(britta, f"{case}/{worry}", text="Sover dåligt.")
    form = britta.get(f"{case}/lamna-ut")
    ticked = _ticked(form, "Kartläggning, hälsa: det som oroar")
    preview = britta.post(f"{case}/lamna-ut", filled(form, items=[ticked], to_branch="social", ground="consent"))
    sent(britta, f"{case}/{worry}", text="Det här har ingen sett kopian av.")
    again = press(britta, preview, "Lämna ut")
    assert "ändrats sedan du såg kopian" in read(again)
    assert "Det här har ingen sett kopian av." in read(again)
    assert "ingen sett kopian" not in read(visit("samira").get(case))
    press(britta, again, "Lämna ut")
    assert "ingen sett kopian" in read(visit("samira").get(case))


@pytest.mark.parametrize("item", ["signal", "signal:1", "signal:\0"])
def test_an_item_that_no_page_sends_is_asked_for_again(item: str) -> None:
    britta, page = opened()
    case = address(page)
    told = filled(britta.get(f"{case}/lamna-ut"), items=[item], to_branch="social", ground="consent")
    assert britta.post(f"{case}/lamna-ut/skicka", told).status_code == 302


def test_L05_a_withdrawal_stops_the_next_disclosure_at_once_and_the_buttons_are_gone() -> None:
    britta, page = opened()
    case = address(page)
    form = britta.get(f"{case}/lamna-ut")
    ready = filled(form, items=[_ticked(form, "Tidig signal")], to_branch="social", ground="consent")
    check = visit("samira").get(link(visit("samira").get(case), "Återkalla"))
    assert "Det gäller genast" in read(check)
    visit("samira").post(address(check), filled(check))
    refused = britta.post(f"{case}/lamna-ut/skicka", ready)
    assert refused.status_code == 403
    assert "Samtycket" in read(refused)
    assert "Visa kopian" not in read(britta.get(f"{case}/lamna-ut"))
    assert visit("samira").get(case).status_code == 404


def test_a_ground_that_the_matrix_does_not_open_is_refused_in_words() -> None:
    britta, page = opened(to=("social", "school"))
    case = address(page)
    form = britta.get(f"{case}/lamna-ut")
    wish = {"items": [_ticked(form, "Tidig signal")], "to_branch": "school", "ground": "osl_25_12", "motive": "Behövs."}
    refused = britta.post(f"{case}/lamna-ut", filled(form, **wish))
    assert refused.status_code == 422
    assert "Grunden gäller inte till Skola. Välj en annan grund eller mottagare." in read(refused)
    assert link(refused, "På vilken grund?") == "#id_ground_0"
    assert britta.post(f"{case}/lamna-ut/skicka", filled(form, **wish)).status_code == 403
    assert britta.post(f"{case}/lamna-ut", filled(form, **{**wish, "to_branch": "social"})).status_code == 200


def test_a_ground_that_opens_towards_some_says_towards_whom() -> None:
    britta, page = opened(to=("social", "school"))
    form = read(britta.get(f"{address(page)}/lamna-ut"))
    assert "(bara till Socialtjänst)" in form
    assert "(bara till Skola)" in form
    assert "Samtycke (bara" not in form


def test_a_plan_row_is_added_by_an_ordinary_press_and_the_new_row_has_the_focus() -> None:
    britta, page = opened()
    case = address(page)
    met(britta, case)
    form = britta.get(f"{case}/plan/skriv")
    more = britta.post(f"{case}/plan/skriv", filled(form, **PLAN, add="g1")).content.decode()
    assert 'name="g1m2-text"' in more
    assert "Elsa sover gott" in more
    assert more.count("autofocus") == 1
    goal = britta.post(f"{case}/plan/skriv", filled(form, **PLAN, add="goal")).content.decode()
    assert 'name="g2-words"' in goal


def test_a_measure_that_was_to_be_done_yesterday_is_told_at_its_day() -> None:
    britta, page = opened()
    case = address(page)
    met(britta, case)
    answered(britta, case)
    answer = britta.post(f"{case}/plan/skriv", {**PLAN, "g1m1-due_on": day(-1), "review_on": day(42)})
    assert answer.status_code == 422
    assert "Klart senast: Dagen har varit. Välj en dag från i dag och framåt." in read(answer)
    assert link(answer, "Klart senast:") == "#id_g1m1-due_on"


def test_a_goal_without_a_measure_is_told_at_the_goal() -> None:
    britta, page = opened()
    case = address(page)
    met(britta, case)
    answered(britta, case)
    two = {"goals": "2", **{f"g2{name[2:]}": said for name, said in PLAN.items() if name.startswith("g1-")}}
    gone = {"g1m1-due_on": day(30), "review_on": day(42), **two, "g2m1-gone": "on"}
    answer = britta.post(f"{case}/plan/skriv", {**PLAN, **gone})
    assert answer.status_code == 422
    assert link(answer, "Målet behöver minst en insats") == "#id_g2-words"


def test_two_who_write_the_same_answer_see_both_texts_and_lose_none() -> None:
    britta, page = opened()
    cell = f"{address(page)}/kartlaggning/health/worries"
    old, slow = britta.get(cell), britta.get(cell)
    assert britta.post(cell, filled(old, text="Sover dåligt.")).status_code == 302
    late = britta.post(cell, filled(slow, text="Vaknar ofta."))
    assert late.status_code == 409
    assert "Sover dåligt." in read(late)
    assert "Vaknar ofta." in read(late)
    assert britta.post(cell, filled(late, text="Sover dåligt, vaknar ofta.")).status_code == 302
    assert "Sover dåligt, vaknar ofta." in read(britta.get(cell))


def test_ylva_leads_the_meeting_of_a_child_whose_name_she_does_not_know() -> None:
    _britta, page = opened()
    case = address(page)
    ylva = visit("ylva")
    seen = ylva.get(case)
    assert "Elsa" not in read(seen)
    assert "Elsa" not in read(ylva.get("/"))
    page = booked(ylva, case)
    assert "Möte bokat" in read(page)
    assert "kl. 13.00</b>, Rum 2" in page.content.decode()


def test_a_booked_meeting_is_moved_and_who_was_invited_sees_the_new_day() -> None:
    britta, page = opened()
    case, samira = address(page), visit("samira")
    page = booked(britta, case)
    assert "Flytta mötet" not in read(samira.get(case))
    move = link(page, "Flytta mötet")
    shown = standing(britta.get(move))
    assert (shown["on"], shown["at"], shown["place"]) == (day(7), "13.00", "Rum 2")
    page = sent(britta, move, on=day(14), at="9.30", place="Rum 4", reason="family_asked")
    assert "Mötet är flyttat." in read(page)
    assert "HLT-mötet flyttat" in read(page)
    for who in (britta, samira, visit("ylva")):
        seen = who.get(case).content.decode()
        assert "kl. 09.30</b>, Rum 4" in seen
        assert "kl. 13.00</b>, Rum 2" not in seen
    page = sent(visit("ylva"), move, on=day(14), at="10", place="Rum 4", reason="absence")
    assert "kl. 10.00</b>, Rum 4" in page.content.decode()


def test_a_meeting_is_moved_as_it_is_booked_and_only_before_it_is_held() -> None:
    britta, page = opened(to=("social",))
    case = address(page)
    move, when = f"{case}/flytta-mote", {"on": day(7), "at": "13.00", "place": "Rum 2"}
    assert britta.get(move).status_code == 409
    sent(britta, f"{case}/boka", **when, sectors_missing_why="not_in_consent")
    form, why = britta.get(move), {"sectors_missing_why": "not_in_consent", "reason": "absence"}
    assert visit("samira").get(move).status_code == 403
    for fault, words in (
        ({"on": "2020-01-01"}, "Kontrollera datumet."),
        ({"on": ""}, "Skriv vilken dag mötet är."),
        ({}, "Mötet är redan bokat så."),
        ({"on": day(9), "sectors_missing_why": ""}, "Alla tre områden är inte med."),
        ({"on": day(9), "reason": ""}, "Välj varför mötet flyttas."),
    ):
        wrong = britta.post(move, filled(form, **{**when, **why, **fault}))
        assert (wrong.status_code, words in read(wrong)) == (422, True)
    held = {"decision": "JOINT_SUPPORT", "line": "En plan.", "branches": THREE[:2], "sectors_missing_why": "absence"}
    sent(britta, f"{case}/mote", **held)
    late = britta.post(move, filled(form, **{**when, **why, "on": day(9)}))
    assert (late.status_code, "Flytta mötet" in read(britta.get(case))) == (409, False)


def test_a_meeting_of_years_ago_is_asked_for_again_and_one_held_early_has_its_true_day() -> None:
    britta, page = opened()
    case = address(page)
    form = britta.get(f"{case}/boka")
    wrong = britta.post(f"{case}/boka", filled(form, on="2020-01-01", at="13.00", place="Rum 2"))
    assert (wrong.status_code, "Kontrollera datumet." in read(wrong)) == (422, True)
    met(britta, case)
    told = read(britta.get(case))
    assert f"HLT-möte {day(7)}" not in told
    assert f"HLT-möte {day(0)}" in told


def test_the_next_step_leads_to_the_guardian_who_has_not_answered() -> None:
    britta, page = asked()
    page = sent(britta, link(page, "Skriv in svar: Eva"), answer="yes", way="paper", **YES)
    assert link(page, "Skriv in familjens svar") == link(page, "Skriv in svar: Jonas")


def test_a_manager_of_the_branch_is_not_among_those_who_work_with_the_child() -> None:
    _britta, page = opened(to=("social", "school"))
    assert "Skola: Anders Berg" in read(page)
    assert "Olle Ström" not in read(page)


def test_a_plan_may_be_followed_up_before_its_day() -> None:
    britta, page = opened()
    case = address(page)
    met(britta, case)
    answered(britta, case)
    assert link(planned(britta, case), "Följ upp planen") == f"{case}/uppfoljning"


def with_a_plan() -> tuple[Visit, str]:
    britta, page = opened()
    case = address(page)
    met(britta, case)
    answered(britta, case)
    planned(britta, case)
    return britta, case


def test_a_changed_plan_begins_with_the_present_one_and_asks_anew_who_agrees() -> None:
    britta, case = with_a_plan()
    form = standing(britta.get(f"{case}/plan/skriv"))
    asked_anew = {"health": "", "learning": "", "safety": "", "agreed_with": "", "review_on": ""}
    expected = {**PLAN, "g1m1-due_on": day(30), **asked_anew}
    assert {name: form[name] for name in expected} == expected
    anew = {name: PLAN[name] for name in ("health", "learning", "safety")}
    told = {**form, **anew, "agreed_with": "Jonas Provsson", "review_on": day(50), "g1m1-owner": "familjen"}
    follow(britta, britta.post(f"{case}/plan/skriv", dict(told)))
    page = read(britta.get(f"{case}/plan"))
    for words in ("Version 2", "överenskommen med Jonas Provsson", "Elsa sover gott", "Samtal varje vecka", "Familjen"):
        assert words in page
    assert "Jag vill sova hos mamma." in page
    assert "Karin Lind" not in page


def test_a_draft_goes_before_the_present_plan_and_what_was_sent_before_both() -> None:
    britta, case = with_a_plan()
    write = f"{case}/plan/skriv"
    form = standing(britta.get(write))
    kept = {**form, "g1-words": "Elsa sover i egen säng"}
    assert britta.post(f"/utkast/plan-write/{case.split('/')[-1]}", dict(kept), part=True).status_code == 200
    assert standing(britta.get(write))["g1-words"] == "Elsa sover i egen säng"
    faulty = britta.post(write, {**form, "g1-words": "Elsa somnar själv"})
    assert faulty.status_code == 422
    assert "Elsa somnar själv" in read(faulty)
    assert "Elsa sover" not in read(faulty)


def test_a_goal_or_measure_that_no_longer_holds_is_taken_out_of_the_next_version() -> None:
    britta, case = with_a_plan()
    write = f"{case}/plan/skriv"
    agreed = {"health": "3", "learning": "5", "safety": "6", "agreed_with": "Eva", "review_on": day(50)}
    second = {name.replace("g1", "g2"): value for name, value in PLAN.items() if name.startswith("g1")}
    more = {"goals": "2", "g2-measures": "1", **second, "g2-words": "Elsa cyklar", "g2m1-due_on": day(30)}
    assert britta.post(write, {**standing(britta.get(write)), **agreed, **more}).status_code == 302
    empty_and_gone = {"g2m2-type": "advice", "g2m3-text": "Cykelkurs", "g2m3-gone": "on"}
    told = {**standing(britta.get(write)), **agreed, "g1-gone": "on", "g2-measures": "3", **empty_and_gone}
    assert britta.post(write, dict(told)).status_code == 302
    page = read(britta.get(f"{case}/plan"))
    assert "Version 3" in page
    assert "Elsa cyklar" in page
    assert "Elsa sover gott" not in page
    assert "Cykelkurs" not in page


def test_a_closed_case_can_only_be_read() -> None:
    britta, page = opened()
    case = address(page)
    met(britta, case)
    answered(britta, case)
    planned(britta, case)
    page = closed(britta, case)
    assert "Lämna ut uppgifter" not in read(page)
    assert "Återkalla" not in read(page)
    assert ("Svarade ja" in read(page), 'data-color="success">Ja' in page.content.decode()) == (True, False)
    assert ("Inget lämnades till er." in read(page), "står det här" in read(page)) == (True, False)
    late = britta.post(f"{case}/kartlaggning/health/worries", {"text": "Efteråt", "version": "0"})
    assert late.status_code == 404
    assert "Efteråt" not in read(britta.get(f"{case}/kartlaggning"))
    assert "kartlaggning/health/worries" not in britta.get(f"{case}/kartlaggning").content.decode()


def every_next_step() -> set[Step]:
    """Ask for the next step in every state, with up to two clocks running, as a lead who may do everything."""
    clocks = [frozenset(running) for size in range(3) for running in combinations(ClockCode, size)]
    points = (
        Standpoint(state, running, True, True, flag, flag, flag, flag)
        for state, running, flag in product(State, clocks, (False, True))
    )
    return {found.step for found in map(next_step, points) if found.step is not None}


def test_every_next_step_leads_to_a_page_that_exists() -> None:
    steps = every_next_step()
    assert steps == set(NEXT)
    for page, _sentence in NEXT.values():
        assert reverse(page, urlconf="hlt_platform.urls_kommun", args=["00000000-0000-4000-8000-000000000000"])
