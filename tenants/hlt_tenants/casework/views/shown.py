"""What the pages of a case show of what they read: the next step as a button, the seven steps, rows of a list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse

from hlt_tenants.casework.next_step import NextStep
from hlt_tenants.casework.reads.case import CaseView, PastStep
from hlt_tenants.casework.reads.day import Day, Shell, Task
from hlt_tenants.casework.reads.signals import OwnReceipt
from hlt_tenants.casework.rules import Step, may_step
from hlt_tenants.registry.branches import branch_name

NEXT: dict[Step, tuple[str, str]] = {
    Step.TAKE_UP: ("signal-receive", "Ta emot signalen, så blir du huvudansvarig tills någon annan tar över."),
    Step.ASK_CONSENT: (
        "consent-ask",
        "Fråga familjen om fler får vara med. Tills de sagt ja ser bara er verksamhet signalen.",
    ),
    Step.RECORD_ANSWER: ("signal", "Skriv in vad varje vårdnadshavare har svarat."),
    Step.GRANT: ("case-open", "Alla har sagt ja. Öppna ärendet, så får de andra veta att det finns."),
    Step.BOOK_MEETING: ("meeting-book", "Boka in barnet på ett HLT-möte."),
    Step.HOLD_MEETING: ("meeting-hold", "Skriv vad mötet kom fram till."),
    Step.GIVE_FEEDBACK: ("feedback", "Berätta för familjen vad mötet kom fram till. De är lovade svar inom en vecka."),
    Step.AGREE_PLAN: ("plan-write", "Skriv planen tillsammans med familjen."),
    Step.REVIEW: ("review", "Följ upp planen med familjen."),
    Step.BEGIN_CLOSE: ("close-begin", "Mötet kom fram till att samarbetet kan avslutas."),
    Step.CLOSE: ("case-close", "Avsluta med familjens och barnets ord om hur det blev."),
    Step.RESUME: ("case-resume", "Stödet vilar. Fortsätt när familjen vill."),
    Step.LOSE_CONSENT: ("consent-expired", "Samtycket har gått ut. Låt ärendet vila, så kan du fråga familjen igen."),
    Step.RENEW_CONSENT: ("consent-renew", "Samtycket gäller inte längre. Fråga familjen igen, eller avsluta ärendet."),
}
STEP_NAMES = ("Signal", "Samtycke", "Möte", "Kartläggning", "Stöd pågår", "Avslut", "Enkät")
DONE: dict[Step, str] = {
    Step.RAISE_SIGNAL: "Signal lämnad",
    Step.TAKE_UP: "Signalen mottagen",
    Step.ANSWER_SIGNAL: "Signalen besvarad",
    Step.ASK_CONSENT: "Familjen tillfrågad",
    Step.RECORD_ANSWER: "En vårdnadshavare har svarat",
    Step.REFUSE: "Familjen sa nej",
    Step.LAPSE: "Frågan om samtycke gick ut",
    Step.MERGE: "Två ärenden blev ett",
    Step.LINK_TRACK: "Kopplat till ett annat spår",
    Step.OFFER_MOVE: "Flytt erbjuden",
    Step.ACCEPT_MOVE: "Den nya kommunen tog emot",
    Step.END_MOVE: "Flytten avbruten",
    Step.REOPEN: "Ärendet öppnat igen",
    Step.DISPOSE: "Ärendet gallrat",
    Step.GRANT: "Familjen sa ja, ärendet öppnades",
    Step.BOOK_MEETING: "HLT-möte bokat",
    Step.POSTPONE_MEETING: "HLT-mötet flyttat",
    Step.HOLD_MEETING: "HLT-möte hållet",
    Step.GIVE_FEEDBACK: "Återkoppling lämnad till en vårdnadshavare",
    Step.HOLD_PLANNING_MEETING: "Planeringsmöte hållet",
    Step.HOLD_FAMILY_MEETING: "Familjemöte hållet",
    Step.AGREE_PLAN: "Överens om en plan",
    Step.CHANGE_PLAN: "Planen ändrad",
    Step.FALL_DUE: "Dags att följa upp",
    Step.REVIEW: "Planen följdes upp",
    Step.OFFER_BATON: "Stafettpinnen erbjuden",
    Step.ACCEPT_BATON: "Ny huvudansvarig",
    Step.PAUSE: "Stödet pausat",
    Step.RESUME: "Stödet fortsätter",
    Step.NARROW_SCOPE: "Familjen tog bort en verksamhet",
    Step.WIDEN_SCOPE: "Familjen lät fler vara med",
    Step.LOSE_CONSENT: "Samtycket upphörde, ärendet vilar",
    Step.RENEW_CONSENT: "Familjen sa ja igen",
    Step.BEGIN_CLOSE: "Avslut påbörjat",
    Step.CLOSE: "Ärendet avslutat",
}
# What the case page is told after its meeting was moved.
MOVED = "flyttat"
PRESSED = frozenset({Step.TAKE_UP, Step.GRANT, Step.RESUME, Step.LOSE_CONSENT})


@dataclass(frozen=True, slots=True)
class Link:
    """A page to go to."""

    url: str
    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class NextCard:
    """The one next step: a sentence, its button, and the quieter ways beside it."""

    text: str
    url: str = ""
    label: str = ""
    is_post: bool = False
    others: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class SeenStep:
    """One of the seven steps as the row of steps shows it."""

    name: str
    state: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a task list (shell/parts/task_list)."""

    url: str
    title: str
    hint: str
    tag: str
    due_on: date | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of the timeline (shell/parts/timeline)."""

    at: datetime
    title: str
    who: str


def next_card(step: NextStep, ref: UUID, others: Sequence[Link] = ()) -> NextCard:
    """Give the card of a signal or case; without a step it says in one sentence why there is nothing to press."""
    if step.step is None:
        return NextCard(step.why_not, others=tuple(others))
    page, sentence = NEXT[step.step]
    return NextCard(sentence, reverse(page, args=[ref]), step.label, step.step in PRESSED, tuple(others))


def seven_steps(number: int) -> tuple[SeenStep, ...]:
    """Give the seven steps with the present one marked."""
    return tuple(
        SeenStep(name, "done" if place < number else "current" if place == number else "ahead")
        for place, name in enumerate(STEP_NAMES, start=1)
    )


def task_rows(day: Day) -> tuple[Row, ...]:
    """Give what waits for this person: the next step that is theirs, the overdue first, then by day."""
    waiting = [task for task in (*day.signals, *day.cases) if task.next_step.step is not None or task.baton_offered]
    return tuple(map(_to_do, sorted(waiting, key=lambda task: (not task.is_overdue, task.due_on or date.max))))


def _to_do(task: Task) -> Row:
    title = "Svara om stafettpinnen" if task.baton_offered else task.next_step.label
    hint = "" if task.clock == title else task.clock
    return Row(_page_of(task), f"{title}: {task.name}", hint, "", task.due_on, task.is_overdue)


def child_rows(day: Day) -> tuple[Row, ...]:
    """Give the children that this person works with, each with the step it stands at."""
    return tuple(
        Row(_page_of(task), task.name, f"Steg {task.step_number} av 7", task.label, None, is_late=False)
        for task in (*day.signals, *day.cases)
    )


def shell_rows(shells: Iterable[Shell]) -> tuple[Row, ...]:
    """Give a coordinator's nameless list."""
    return tuple(
        Row(
            reverse("case", args=[one.case_id]),
            f"Ärende {one.number}",
            one.clock,
            one.label,
            one.due_on,
            one.is_overdue,
        )
        for one in shells
    )


def _page_of(task: Task) -> str:
    return reverse("signal", args=[task.signal_id]) if task.signal_id else reverse("case", args=[task.case_id])


def receipt_rows(receipts: Iterable[OwnReceipt]) -> tuple[Row, ...]:
    """Give what became of the signals that this person raised: that it happened, not what."""
    return tuple(Row("", f"Signal {one.number}", one.kind.label, "", one.on, is_late=False) for one in receipts)


def past(steps: Iterable[PastStep]) -> tuple[Happened, ...]:
    """Give what has happened, newest first, by agency and never by person."""
    return tuple(Happened(one.at, DONE[one.step], branch_name(one.branch)) for one in steps)[::-1]


def also(view: CaseView) -> tuple[Link, ...]:
    """Give the quieter ways on from a case page; a closed or resting case has fewer."""
    at = [view.case_id]
    if view.subject is None or view.closed_on is not None:
        return ()
    links = [Link(reverse("plan", args=at), "Plan"), Link(reverse("mapping", args=at), "Kartläggning")]
    if may_step(Step.LOSE_CONSENT, view.state):
        links.append(Link(reverse("disclose", args=at), "Lämna ut uppgifter"))
    if view.is_lead and may_step(Step.REVIEW, view.state) and view.next_step.step is not Step.REVIEW:
        links.append(Link(reverse("review", args=at), "Följ upp planen"))
    if view.is_lead and may_step(Step.BEGIN_CLOSE, view.state):
        links.append(Link(reverse("close-begin", args=at), "Avsluta ärendet"))
    return tuple(links)
