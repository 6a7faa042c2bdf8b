"""Refusals of mapping and plan."""

from hlt_identity.errors import StepNotAllowed, _


class PlanElsewhere(StepNotAllowed):
    """The current version was written in another branch: the new lead writes one of the own first."""

    code = "PLAN_ELSEWHERE"
    sentence = _("Den senaste planen skrevs i en annan verksamhet.")
    next_step = _("Gör en ny version av planen hos dig först.")


class MappingClosed(StepNotAllowed):
    """A mapping is written while the case is open and has its consent."""

    code = "MAPPING_CLOSED"
    sentence = _("Kartläggningen går inte att ändra just nu.")
    next_step = _("Ladda om sidan och se var ärendet är.")
