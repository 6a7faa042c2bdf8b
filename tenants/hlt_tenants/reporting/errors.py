"""Refusals on the way of a count."""

from hlt_identity.errors import HltError, _


class PeriodOpen(HltError):
    """A period is counted once, when it is over; a running one would show who came in today (regional §6)."""

    code = "PERIOD_OPEN"
    status = 409
    sentence = _("Perioden är inte slut ännu.")
    next_step = _("Vänta till perioden är slut.")


class CountsNotFrozen(HltError):
    """There is nothing frozen for that period, or it is not what was seen when it was approved."""

    code = "COUNTS_NOT_FROZEN"
    status = 409
    sentence = _("Periodens siffror är inte frysta, eller så är de inte desamma som du såg.")
    next_step = _("Öppna siffrorna igen och granska dem på nytt.")
