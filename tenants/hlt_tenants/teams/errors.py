"""What the administration of a kommun is refused."""

from hlt_identity.errors import HltError, StepNotAllowed, _


class HatNotKnown(HltError):
    """No such branch in a kommun."""

    code = "HAT_NOT_KNOWN"
    status = 422
    sentence = _("Verksamheten finns inte i kommunen.")
    next_step = _("Välj en verksamhet i listan.")


class HatPeriodWrong(HltError):
    """A hat that would end before it begins."""

    code = "HAT_PERIOD_WRONG"
    status = 422
    sentence = _("Uppdraget slutar innan det börjar.")
    next_step = _("Rätta slutdatumet.")


class HatGivenAlready(StepNotAllowed):
    """The very hat is worn: somebody pressed a moment before."""

    code = "HAT_GIVEN_ALREADY"
    sentence = _("Personen har redan det uppdraget.")
    next_step = _("Se efter i listan över personal.")


class OwnHat(HltError):
    """A hat of one's own: who ends it could lock the kommun out."""

    code = "OWN_HAT"
    status = 403
    sentence = _("Du kan inte avsluta ditt eget uppdrag.")
    next_step = _("Be en annan administratör i kommunen att avsluta det.")
