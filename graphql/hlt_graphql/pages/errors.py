"""What the figures refuse, as the person meets it."""

from hlt_identity.errors import HltError, _


class AnswerRefused(HltError):
    """The API refused; sentence and next step are its own (regional §11.2)."""

    code = "ANSWER_REFUSED"
    status = 409
    sentence = _("Frågan gick inte att svara på.")
    next_step = _("Gå tillbaka och välj något annat.")
