"""The case machine as one dict of allowed steps, and its clocks as dated rows (domain §5)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from hlt_tenants.audit.instant import day_of
from hlt_tenants.casework.codes import Decision
from hlt_tenants.casework.errors import FamilyNotTold, NotTheLead, WrongState
from hlt_tenants.registry.branches import Sector, sector_of


class State(StrEnum):
    """Where a case is. Before `grant` the state stands on the signal in its branch, after it on the shell."""

    SIGNALLED = "signalled"
    CONSENT_ASKED = "consent_asked"
    LISTED = "listed"
    PLANNED = "planned"
    MAPPING = "mapping"
    ACTIVE = "active"
    FOLLOW_UP_DUE = "follow_up_due"
    CLOSING = "closing"
    CLOSED = "closed"
    DISPOSED = "disposed"
    DECLINED = "declined"
    PAUSED = "paused"
    FROZEN = "frozen"
    RELOCATING = "relocating"


class Step(StrEnum):
    """A verb that somebody or a clock does; every pair of step and state not listed below is refused."""

    RAISE_SIGNAL = "raise_signal"
    TAKE_UP = "take_up"
    ANSWER_SIGNAL = "answer_signal"
    ASK_CONSENT = "ask_consent"
    RECORD_ANSWER = "record_answer"
    REFUSE = "refuse"
    LAPSE = "lapse"
    GRANT = "grant"
    MERGE = "merge"
    BOOK_MEETING = "book_meeting"
    POSTPONE_MEETING = "postpone_meeting"
    HOLD_MEETING = "hold_meeting"
    GIVE_FEEDBACK = "give_feedback"
    HOLD_PLANNING_MEETING = "hold_planning_meeting"
    HOLD_FAMILY_MEETING = "hold_family_meeting"
    AGREE_PLAN = "agree_plan"
    CHANGE_PLAN = "change_plan"
    FALL_DUE = "fall_due"
    REVIEW = "review"
    OFFER_BATON = "offer_baton"
    ACCEPT_BATON = "accept_baton"
    PAUSE = "pause"
    RESUME = "resume"
    NARROW_SCOPE = "narrow_scope"
    WIDEN_SCOPE = "widen_scope"
    LOSE_CONSENT = "lose_consent"
    RENEW_CONSENT = "renew_consent"
    OFFER_MOVE = "offer_move"
    ACCEPT_MOVE = "accept_move"
    END_MOVE = "end_move"
    LINK_TRACK = "link_track"
    BEGIN_CLOSE = "begin_close"
    CLOSE = "close"
    REOPEN = "reopen"
    DISPOSE = "dispose"


S = State
# Where a step ends: a state, SAME (it stays), or BEFORE (the state that was left when it froze or moved).
SAME, BEFORE = "same", "before"
OPEN = frozenset(S) - {S.CLOSED, S.DECLINED, S.DISPOSED}
JOINT = OPEN - {S.SIGNALLED, S.CONSENT_ASKED}
LIVE = JOINT - {S.FROZEN}
SUPPORTED = (S.ACTIVE, S.FOLLOW_UP_DUE)
CLOSABLE = (S.LISTED, S.PLANNED, S.MAPPING, S.ACTIVE, S.FOLLOW_UP_DUE, S.PAUSED, S.FROZEN)


def to(end: str, *states: State) -> dict[State, str]:
    """Write a row of STEPS: all these states lead to the same end."""
    return dict.fromkeys(states, end)


STEPS: dict[Step, dict[State, str]] = {
    Step.RAISE_SIGNAL: {},  # begins a case: there is no state before it
    Step.TAKE_UP: to(SAME, S.SIGNALLED),
    Step.ANSWER_SIGNAL: to(S.DECLINED, S.SIGNALLED),
    Step.ASK_CONSENT: to(S.CONSENT_ASKED, S.SIGNALLED),
    Step.RECORD_ANSWER: to(SAME, S.CONSENT_ASKED),
    Step.REFUSE: to(S.DECLINED, S.CONSENT_ASKED),
    Step.LAPSE: to(S.DECLINED, S.CONSENT_ASKED),
    Step.GRANT: to(S.LISTED, S.CONSENT_ASKED),
    Step.MERGE: to(S.CLOSED, S.LISTED),
    Step.BOOK_MEETING: to(S.PLANNED, S.LISTED, S.MAPPING),
    Step.POSTPONE_MEETING: to(S.LISTED, S.PLANNED),
    Step.HOLD_MEETING: {**to(S.MAPPING, S.PLANNED), **to(SAME, *SUPPORTED)},
    Step.GIVE_FEEDBACK: to(SAME, *LIVE),
    Step.HOLD_PLANNING_MEETING: to(SAME, S.LISTED, S.PLANNED),
    Step.HOLD_FAMILY_MEETING: to(SAME, *LIVE),
    Step.AGREE_PLAN: to(S.ACTIVE, S.MAPPING),
    Step.CHANGE_PLAN: to(SAME, *SUPPORTED),
    Step.FALL_DUE: to(S.FOLLOW_UP_DUE, S.ACTIVE),
    Step.REVIEW: to(S.ACTIVE, *SUPPORTED),
    Step.OFFER_BATON: to(SAME, *OPEN),
    Step.ACCEPT_BATON: to(SAME, *OPEN),
    Step.PAUSE: to(S.PAUSED, *SUPPORTED),
    Step.RESUME: to(S.ACTIVE, S.PAUSED),
    Step.NARROW_SCOPE: to(SAME, *JOINT),
    Step.WIDEN_SCOPE: to(SAME, *JOINT),
    Step.LOSE_CONSENT: to(S.FROZEN, *LIVE),
    Step.RENEW_CONSENT: to(BEFORE, S.FROZEN),
    # Also while it moves: a new code takes the place of the old one.
    Step.OFFER_MOVE: to(S.RELOCATING, *(LIVE - {S.CLOSING})),
    Step.ACCEPT_MOVE: to(S.CLOSED, S.RELOCATING),
    Step.END_MOVE: to(BEFORE, S.RELOCATING),
    Step.LINK_TRACK: to(SAME, *JOINT),
    Step.BEGIN_CLOSE: to(S.CLOSING, *CLOSABLE),
    Step.CLOSE: to(S.CLOSED, S.CLOSING),
    Step.REOPEN: to(S.CONSENT_ASKED, S.CLOSED),
    Step.DISPOSE: to(S.DISPOSED, S.CLOSED, S.DECLINED),
}

SEEN_STEP: dict[State, int] = {
    S.SIGNALLED: 1,
    S.CONSENT_ASKED: 2,
    S.LISTED: 3,
    S.PLANNED: 3,
    S.MAPPING: 4,
    S.ACTIVE: 5,
    S.FOLLOW_UP_DUE: 5,
    S.PAUSED: 5,
    S.FROZEN: 5,
    S.RELOCATING: 5,
    S.CLOSING: 6,
    S.CLOSED: 7,
    S.DISPOSED: 7,
    S.DECLINED: 7,
}
LABEL: dict[State, str] = {
    S.SIGNALLED: "Signal lämnad",
    S.CONSENT_ASKED: "Väntar på samtycke",
    S.LISTED: "På möteslistan",
    S.PLANNED: "Möte bokat",
    S.MAPPING: "Kartläggning",
    S.ACTIVE: "Stöd pågår",
    S.FOLLOW_UP_DUE: "Dags att följa upp",
    S.CLOSING: "Avslutas",
    S.CLOSED: "Avslutat",
    S.DISPOSED: "Gallrat",
    S.DECLINED: "Blev inget HLT-ärende",
    S.PAUSED: "Pausat",
    S.FROZEN: "Vilar utan samtycke",
    S.RELOCATING: "Flyttar",
}


def may_step(step: Step, state: State) -> bool:
    """Tell whether anybody at all may take the step in this state."""
    return state in STEPS[step]


def after(step: Step, state: State, *, before: State | None = None) -> State:
    """Give the state in which a step ends; `before` is what a frozen or moving case left.

    Raises WrongState for every pair that the dict does not hold, and when BEFORE is meant but not known.
    """
    if not may_step(step, state):
        raise WrongState
    end = STEPS[step][state]
    if end == SAME:
        return state
    if end != BEFORE:
        return State(end)
    if before is None:
        raise WrongState
    return before


def check_is_lead(person: object, lead: object) -> None:
    """Raise NotTheLead unless the two ids are the same person's (INV1)."""
    if person != lead:
        raise NotTheLead


def checked_told_on(told_on: date | None, today: date) -> date:
    """Give the day on which somebody talked with the family; raise FamilyNotTold when nobody has, or it lies ahead."""
    if told_on is None or told_on > today:
        raise FamilyNotTold
    return told_on


class ClockCode(StrEnum):
    """What is promised to whom; the days stand in ClockRule rows, never in code that uses them."""

    DECISION = "DECISION"
    CONSENT_WAIT = "CONSENT_WAIT"
    MEETING = "MEETING"
    FEEDBACK = "FEEDBACK"
    PLAN = "PLAN"
    FOLLOW_UP = "FOLLOW_UP"
    CONSENT_END = "CONSENT_END"
    BATON = "BATON"
    PAUSE = "PAUSE"
    THAW = "THAW"
    CLOSE_UP = "CLOSE_UP"
    ECHO = "ECHO"


CLOCK_LABEL: dict[ClockCode, str] = {
    ClockCode.DECISION: "Svara på signalen",
    ClockCode.CONSENT_WAIT: "Vänta på familjens svar",
    ClockCode.MEETING: "Håll HLT-möte",
    ClockCode.FEEDBACK: "Ge vårdnadshavarna återkoppling",
    ClockCode.PLAN: "Kom överens om en plan",
    ClockCode.FOLLOW_UP: "Följ upp planen",
    ClockCode.CONSENT_END: "Samtycket går ut",
    ClockCode.BATON: "Svara på erbjudandet att bli huvudansvarig",
    ClockCode.PAUSE: "Pausen tar slut",
    ClockCode.THAW: "Nytt samtycke eller avslut",
    ClockCode.CLOSE_UP: "Avsluta ärendet",
    ClockCode.ECHO: "Fråga familjen hur det är nu",
}


@dataclass(frozen=True, slots=True)
class ClockRule:
    """How many calendar days a clock runs, from a day on; a kommun sets it within [least, most]."""

    code: ClockCode
    days: int
    least: int
    most: int
    valid_from: date
    source: str


def rule_on(rules: tuple[ClockRule, ...], code: ClockCode, day: date) -> ClockRule:
    """Give the newest rule in force on a day; raise LookupError when none is."""
    in_force = [rule for rule in rules if rule.code == code and rule.valid_from <= day]
    if not in_force:
        raise LookupError(code)
    return max(in_force, key=lambda rule: rule.valid_from)


def due_on(rules: tuple[ClockRule, ...], code: ClockCode, started_at: datetime) -> date:
    """Give the last local day on which the promise is kept: N calendar days after the local day of the start."""
    started = day_of(started_at)
    return started + timedelta(days=rule_on(rules, code, started).days)


def is_kept(due: date, stopped_at: datetime) -> bool:
    """Tell whether a clock stopped in time: 23:59:59 local time of the due day still counts."""
    return day_of(stopped_at) <= due


def age_on(birth_date: date, day: date) -> int:
    """Give whole years; who is born on 29 February turns a year older on 1 March of other years (⚖, domain §5.3)."""
    had_birthday = (day.month, day.day) >= (birth_date.month, birth_date.day)
    return day.year - birth_date.year - (0 if had_birthday else 1)


AFTER_DECISION: dict[Decision, ClockCode] = {
    Decision.JOINT_SUPPORT: ClockCode.PLAN,
    Decision.MORE_MAPPING: ClockCode.MEETING,
    Decision.WAIT_UNTIL: ClockCode.MEETING,
    Decision.OWN_SERVICE: ClockCode.CLOSE_UP,
    Decision.ADVICE: ClockCode.CLOSE_UP,
    Decision.NO_NEED: ClockCode.CLOSE_UP,
}


def clock_after_meeting(decision: Decision) -> ClockCode:
    """Give the promise that a decision starts, beside the seven-day answer to the family."""
    return AFTER_DECISION[decision]


def has_three_sectors(branches: Collection[str]) -> bool:
    """Tell whether school, social services and health care are all among these branches (I10)."""
    return {sector_of(branch) for branch in branches} == set(Sector)
