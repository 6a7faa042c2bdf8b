"""What may be wrong with delivered counts."""

from hlt_identity.errors import HltError, _


class CountsChanged(HltError):
    """A kommun delivered other numbers for a period than before, or a batch that is not what its digest says.

    `data` names the kommun and period, never a number (regional §3.2).
    """

    code = "COUNTS_CHANGED"
    status = 409
    sentence = _("En kommun har skickat andra siffror för en period än tidigare.")
    next_step = _("Be kommunen kontrollera sina frysta siffror innan bygget startas om.")


class EarlierCountsMissing(HltError):
    """A kommun that is in a released figure has not sent the counts behind it again; `data` names kommun and quarter.

    Without them nobody can tell what the released figures together with new ones would give away (regional §3.2).
    """

    code = "EARLIER_COUNTS_MISSING"
    status = 409
    sentence = _("En kommun har inte skickat om siffrorna bakom ett tidigare släpp.")
    next_step = _("Be kommunen skicka sina frysta siffror igen och starta om bygget.")


class CountsDoNotAdd(HltError):
    """A kommun's longer period is not the sum of the shorter ones inside it; `data` names kommun and period."""

    code = "COUNTS_DO_NOT_ADD"
    status = 409
    sentence = _("En kommuns siffror för en längre period är inte summan av de kortare.")
    next_step = _("Be kommunen kontrollera sina frysta siffror innan bygget startas om.")
