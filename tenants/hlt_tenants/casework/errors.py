"""Refusals of the case machine, each with what to do next."""

from hlt_identity.errors import NotAllowed, StepNotAllowed, _


class NotTheLead(NotAllowed):
    """Only the lead (huvudansvarig) takes this step (INV1)."""

    code = "NOT_THE_LEAD"
    sentence = _("Bara den som är huvudansvarig kan ta det här steget.")
    next_step = _("Be den som är huvudansvarig, eller be om stafettpinnen.")


class WrongState(StepNotAllowed):
    """The case is not in a state from which this step goes."""

    code = "WRONG_STATE"


class FamilyNotTold(StepNotAllowed):
    """A signal needs that somebody has talked with the family first (domain §1)."""

    code = "FAMILY_NOT_TOLD"
    sentence = _("Familjen behöver få veta innan signalen lämnas.")
    next_step = _("Prata med familjen först. Utkastet finns kvar. Vid fara: gör en orosanmälan.")


class OnlyTheClock(NotAllowed):
    """A step that a day alone makes due; no person takes it (domain §5.2)."""

    code = "ONLY_THE_CLOCK"
    sentence = _("Det här steget tas av klockan när dagen har kommit.")
    next_step = _("Ladda om sidan nästa dag.")


class ConflictOfInterest(NotAllowed):
    """The person has declared jäv in this matter (L-36)."""

    code = "CONFLICT_OF_INTEREST"
    sentence = _("Du har anmält jäv och kan inte arbeta i ärendet.")
    next_step = _("Be en kollega i teamet att ta över.")


class NotTheMeetingsLeader(NotAllowed):
    """Only the team's coordinator or the lead books and holds meetings."""

    code = "NOT_MEETING_LEADER"
    sentence = _("Bara samordnaren eller den som är huvudansvarig kan göra det här.")
    next_step = _("Be samordnaren i teamet.")


class AlreadyTakenUp(StepNotAllowed):
    """Somebody else has taken the signal up."""

    code = "ALREADY_TAKEN_UP"
    sentence = _("En kollega har redan tagit emot signalen.")
    next_step = _("Öppna signalen och se vem som är huvudansvarig.")


class GuardiansMissing(StepNotAllowed):
    """Nobody with standing can be asked."""

    code = "GUARDIANS_MISSING"
    sentence = _("Det finns ingen vårdnadshavare att fråga.")
    next_step = _("Lägg till barnets vårdnadshavare i signalen.")


class CopyChanged(StepNotAllowed):
    """What would go is not what was looked at: somebody has written in it since (L-04)."""

    code = "COPY_CHANGED"
    sentence = _("Uppgiften har ändrats sedan du såg kopian.")
    next_step = _("Titta på kopian igen innan du lämnar ut den.")


class TooEarly(StepNotAllowed):
    """A clock has not run out yet."""

    code = "TOO_EARLY"
    sentence = _("Tiden har inte gått ut ännu.")
    next_step = _("Vänta till den dag som står vid klockan.")


class NoFeedbackDue(StepNotAllowed):
    """No meeting waits for its answer to the family."""

    code = "NO_FEEDBACK_DUE"
    sentence = _("Ingen återkoppling väntar just nu.")
    next_step = _("Ladda om sidan och se vilket steg som är nästa.")


class NoSeat(NotAllowed):
    """The receiver of the baton has no live seat in the case."""

    code = "NO_SEAT"
    sentence = _("Personens verksamhet har ingen plats i ärendet.")
    next_step = _("Välj någon vars verksamhet ingår i samtycket.")


class BatonGone(StepNotAllowed):
    """The offer is withdrawn, answered, or somebody else was first (INV1)."""

    code = "BATON_GONE"
    sentence = _("Stafettpinnen är inte längre din att ta.")
    next_step = _("Ladda om sidan och se vem som är huvudansvarig nu.")
