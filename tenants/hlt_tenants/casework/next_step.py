"""Exactly one next step, or the one sentence why there is none now (interface §8 S3)."""

from collections.abc import Callable
from dataclasses import dataclass

from hlt_tenants.casework.rules import ClockCode, State, Step, may_step


@dataclass(frozen=True, slots=True)
class NextStep:
    """`step` is what the button does (None = nothing to press), `label` its words, `why_not` the sentence instead."""

    step: Step | None
    label: str = ""
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Standpoint:
    """What decides the next step: state, running clocks, who looks, and whether all needed answers are there."""

    state: State
    running: frozenset[ClockCode]
    is_lead: bool
    leads_meetings: bool
    is_overdue: bool = False
    has_answers: bool = False
    is_taken_up: bool = False
    has_expired: bool = False


WAITS_FOR_LEAD = "Den som är huvudansvarig tar nästa steg."
WAITS_FOR_COORDINATOR = "Samordnaren eller den som är huvudansvarig leder mötet."
Answer = Callable[[Standpoint], NextStep]


def next_step(point: Standpoint) -> NextStep:
    """Give what to do now; without consent the case rests, and else the answer after a meeting goes first (I09)."""
    if point.has_expired and may_step(Step.LOSE_CONSENT, point.state):
        return _lead(Step.LOSE_CONSENT, "Låt ärendet vila")(point)
    if ClockCode.FEEDBACK in point.running and point.state not in QUIET:
        return _lead(Step.GIVE_FEEDBACK, "Ge återkoppling")(point)
    return NEXT[point.state](point)


def _lead(step: Step, label: str) -> Answer:
    return lambda point: NextStep(step, label) if point.is_lead else NextStep(None, why_not=WAITS_FOR_LEAD)


def _meeting(step: Step, label: str) -> Answer:
    why_not = WAITS_FOR_COORDINATOR
    return lambda point: NextStep(step, label) if point.leads_meetings else NextStep(None, why_not=why_not)


def _rests(why_not: str) -> Answer:
    return lambda _point: NextStep(None, why_not=why_not)


def _signalled(point: Standpoint) -> NextStep:
    if not point.is_taken_up:
        return NextStep(Step.TAKE_UP, "Ta emot signalen")
    return _lead(Step.ASK_CONSENT, "Be om samtycke")(point)


def _asked(point: Standpoint) -> NextStep:
    if point.has_answers:
        return _lead(Step.GRANT, "Öppna ärendet")(point)
    return _lead(Step.RECORD_ANSWER, "Skriv in familjens svar")(point)


def _mapping(point: Standpoint) -> NextStep:
    if ClockCode.CLOSE_UP in point.running:
        return _lead(Step.BEGIN_CLOSE, "Börja avsluta")(point)
    if ClockCode.MEETING in point.running:
        return _meeting(Step.BOOK_MEETING, "Boka nästa HLT-möte")(point)
    return _lead(Step.AGREE_PLAN, "Kom överens om en plan")(point)


def _active(point: Standpoint) -> NextStep:
    if ClockCode.CLOSE_UP in point.running:
        return _lead(Step.BEGIN_CLOSE, "Börja avsluta")(point)
    if point.is_overdue:
        return _lead(Step.REVIEW, "Följ upp")(point)
    return NextStep(None, why_not="Stödet pågår. Nästa uppföljning står vid klockan.")


NEXT: dict[State, Answer] = {
    State.SIGNALLED: _signalled,
    State.CONSENT_ASKED: _asked,
    State.LISTED: _meeting(Step.BOOK_MEETING, "Boka HLT-möte"),
    State.PLANNED: _meeting(Step.HOLD_MEETING, "Håll mötet"),
    State.MAPPING: _mapping,
    State.ACTIVE: _active,
    State.FOLLOW_UP_DUE: _lead(Step.REVIEW, "Följ upp"),
    State.CLOSING: _lead(Step.CLOSE, "Avsluta"),
    State.CLOSED: _rests("Ärendet är avslutat."),
    State.DISPOSED: _rests("Ärendet är gallrat."),
    State.DECLINED: _rests("Det blev inget HLT-ärende."),
    State.PAUSED: _lead(Step.RESUME, "Fortsätt stödet"),
    State.FROZEN: _lead(Step.RENEW_CONSENT, "Be om nytt samtycke"),
    State.RELOCATING: _rests("Ärendet väntar på den nya kommunen."),
}
QUIET = frozenset({State.FROZEN, State.CLOSED, State.DISPOSED, State.DECLINED})
