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
