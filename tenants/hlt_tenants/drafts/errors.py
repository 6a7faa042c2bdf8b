"""Refusals of drafts and repeated posts."""

from hlt_identity.errors import HltError, _


class AlreadySent(HltError):
    """The same key was used by a post that has just been taken (a double press, a reload)."""

    code = "ALREADY_SENT"
    status = 409
    sentence = _("Det är redan skickat.")
    next_step = _("Ladda om sidan så ser du det.")


class KeyReused(HltError):
    """The same key came with another content."""

    code = "KEY_REUSED"
    status = 409
    sentence = _("Formuläret har redan skickats med ett annat innehåll.")
    next_step = _("Öppna formuläret på nytt och skicka igen. Utkastet finns kvar.")
