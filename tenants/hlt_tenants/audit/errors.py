"""Refusals of the log."""

from hlt_identity.errors import HltError, _


class BasisNotLegal(HltError):
    """This role of this branch may not rely on that lawful basis (L-03, law §6)."""

    code = "BASIS_NOT_LEGAL"
    status = 403
    sentence = _("Din roll får inte göra det här på den grunden.")
    next_step = _("Välj en annan grund, eller be den som har rollen.")
