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
