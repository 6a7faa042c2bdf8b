"""A person never loses what they wrote: also when the session had ended before the form was sent (interface §6)."""

from collections.abc import Callable

import pytest
from tests.pages_walked import ELSA, filled, opened, read
from tests.served import COOKIE
from tests.signed_in import Visit, visit

pytestmark = pytest.mark.usefixtures("team")
WORDS = "Skrivet strax innan sessionen tog slut."


def ended(who: Visit) -> None:
    del who.client.cookies[COOKIE]


def begun_again(who: Visit, user: str) -> None:
    who.client.cookies[COOKIE] = user


def test_a_form_sent_after_the_session_ended_is_kept_and_answered_401() -> None:
    karin = visit("karin")
    form = filled(karin.get("/signal/ny"), **{**ELSA, "seen": WORDS})
    ended(karin)
    answer = karin.post("/signal/ny", form)
    assert answer.status_code == 401
    assert WORDS not in read(answer)
    begun_again(karin, "karin")
    assert WORDS in read(karin.get("/signal/ny"))


def test_a_draft_saved_after_the_session_ended_is_kept_too() -> None:
    samira = visit("samira")
    form = filled(samira.get("/signal/ny"), seen=WORDS)
    ended(samira)
    assert samira.post("/utkast/signal-new", form, part=True).status_code == 401
    begun_again(samira, "samira")
    assert WORDS in read(samira.get("/signal/ny"))


def _by_a_stranger(form: dict[str, object], _who: Visit) -> Visit:
    return visit(None)


def test_a_form_of_lycksele_leaves_nothing_in_vindeln_where_the_same_person_works_too() -> None:
    lycksele, vindeln = visit("britta"), visit(None, "2404")
    form = filled(lycksele.get("/signal/ny"), seen="Hör hemma i Lycksele.")
    ended(lycksele)
    vindeln.client.cookies.update(lycksele.client.cookies)
    assert vindeln.post("/signal/ny", form).status_code == 401
    assert "Hör hemma i Lycksele." not in read(visit("britta", "2404").get("/signal/ny"))


def _with_a_changed_token(form: dict[str, object], who: Visit) -> Visit:
    form["draft_token"] = [str(form["draft_token"]).strip("[']")[:-2] + "xx"]
    return who


@pytest.mark.parametrize("twist", [_by_a_stranger, _with_a_changed_token])
def test_nobody_can_put_words_into_somebody_elses_drafts(twist: Callable[[dict[str, object], Visit], Visit]) -> None:
    ylva = visit("ylva")
    form = filled(ylva.get("/signal/ny"), seen="Lagt dit av någon annan.")
    ended(ylva)
    assert twist(form, ylva).post("/signal/ny", form).status_code == 401
    assert "Lagt dit av någon annan." not in read(visit("ylva").get("/signal/ny"))


def test_a_step_that_is_refused_keeps_the_text() -> None:
    britta, page = opened(to=("social",))
    case = str(page.request["PATH_INFO"])  # type: ignore[attr-defined]
    answer = britta.post(f"{case}/mote", {"decision": "ADVICE", "line": WORDS, "branches": ["region_health"]})
    assert answer.status_code in (409, 422)
    if answer.status_code == 409:
        assert "HLT-möte" in read(britta.get("/utkast"))
