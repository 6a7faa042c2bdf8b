"""Exactly one next step, or the one sentence why there is none now (interface §8 S3)."""

from dataclasses import dataclass

from hlt_tenants.casework.rules import ClockCode, State, Step


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


WAITS_FOR_LEAD = "Den som är huvudansvarig tar nästa steg."
STEP_OF: dict[State, tuple[Step, str]] = {
    State.LISTED: (Step.BOOK_MEETING, "Boka HLT-möte"),
    State.PLANNED: (Step.HOLD_MEETING, "Håll mötet"),
    State.FOLLOW_UP_DUE: (Step.REVIEW, "Följ upp"),
    State.CLOSING: (Step.CLOSE, "Avsluta"),
    State.PAUSED: (Step.RESUME, "Fortsätt stödet"),
    State.FROZEN: (Step.RENEW_CONSENT, "Be om nytt samtycke"),
}
RESTS: dict[State, str] = {
    State.CLOSED: "Ärendet är avslutat.",
    State.DISPOSED: "Ärendet är gallrat.",
    State.DECLINED: "Det blev inget HLT-ärende.",
    State.RELOCATING: "Ärendet väntar på den nya kommunen.",
}
FOR_MEETING_LEADERS = frozenset({State.LISTED, State.PLANNED})


def next_step(point: Standpoint) -> NextStep:
    """Give what to do now; the family's answer after a meeting goes before everything else (I09)."""
    if point.state in RESTS:
        return NextStep(None, why_not=RESTS[point.state])
    if point.state in (State.SIGNALLED, State.CONSENT_ASKED):
        return _before_grant(point)
    if ClockCode.FEEDBACK in point.running and point.state is not State.FROZEN:
        return _leads(point, Step.GIVE_FEEDBACK, "Ge återkoppling")
    if point.state is State.MAPPING:
        return _after_meeting(point)
    if point.state is State.ACTIVE:
        return _leads(point, Step.REVIEW, "Följ upp") if point.is_overdue else _supported(point)
    step, label = STEP_OF[point.state]
    if point.state in FOR_MEETING_LEADERS and not point.leads_meetings:
        return NextStep(None, why_not="Samordnaren eller den som är huvudansvarig leder mötet.")
    return NextStep(step, label) if point.state in FOR_MEETING_LEADERS else _leads(point, step, label)


def _before_grant(point: Standpoint) -> NextStep:
    if point.state is State.SIGNALLED and not point.is_taken_up:
        return NextStep(Step.TAKE_UP, "Ta emot signalen")
    if point.state is State.SIGNALLED:
        return _leads(point, Step.ASK_CONSENT, "Be om samtycke")
    if point.has_answers:
        return _leads(point, Step.GRANT, "Öppna ärendet")
    return _leads(point, Step.RECORD_ANSWER, "Skriv in familjens svar")


def _after_meeting(point: Standpoint) -> NextStep:
    if ClockCode.CLOSE_UP in point.running:
        return _leads(point, Step.BEGIN_CLOSE, "Börja avsluta")
    if ClockCode.MEETING not in point.running:
        return _leads(point, Step.AGREE_PLAN, "Kom överens om en plan")
    if point.leads_meetings:
        return NextStep(Step.BOOK_MEETING, "Boka nästa HLT-möte")
    return NextStep(None, why_not="Samordnaren eller den som är huvudansvarig bokar nästa möte.")


def _supported(point: Standpoint) -> NextStep:
    if ClockCode.CLOSE_UP in point.running:
        return _leads(point, Step.BEGIN_CLOSE, "Börja avsluta")
    return NextStep(None, why_not="Stödet pågår. Nästa uppföljning står vid klockan.")


def _leads(point: Standpoint, step: Step, label: str) -> NextStep:
    return NextStep(step, label) if point.is_lead else NextStep(None, why_not=WAITS_FOR_LEAD)
