"""The one family of errors that people and API clients meet; each says what happened and what to do next."""

from collections.abc import Mapping
from typing import ClassVar


def _(text: str) -> str:
    """Mark a Swedish sentence for translation without importing Django; whoever shows it translates."""
    return text


class HltError(Exception):
    """A refusal or fault that is shown to a person.

    `code` is stable and part of the API, `status` is the HTTP status, `sentence` says what happened and `next_step`
    what the person can do now. `data` never holds personal data and never repeats what was refused (style §7).
    """

    code: ClassVar[str] = "FAULT"
    status: ClassVar[int] = 500
    sentence: str = _("Något gick fel hos oss.")
    next_step: str = _("Försök igen om en stund. Felet är anmält.")

    def __init__(self, sentence: str = "", next_step: str = "", **data: object) -> None:
        self.sentence = sentence or type(self).sentence
        self.next_step = next_step or type(self).next_step
        self.data: Mapping[str, object] = data
        super().__init__(self.code)


class NotFound(HltError):
    """Absent, or not yours to know of: the two answers are the same bytes."""

    code = "NOT_FOUND"
    status = 404
    sentence = _("Sidan finns inte, eller så är den inte din att se.")
    next_step = _("Gå till startsidan och börja därifrån.")


class NotAllowed(HltError):
    """This person may not, whatever the state."""

    code = "NOT_ALLOWED"
    status = 403
    sentence = _("Din roll får inte göra det här.")
    next_step = _("Be samordnaren i teamet om hjälp.")


class StepNotAllowed(HltError):
    """Nobody may take this step in this state."""

    code = "STEP_NOT_ALLOWED"
    status = 409
    sentence = _("Steget går inte att ta just nu.")
    next_step = _("Ladda om sidan och se vilket steg som är nästa.")


class Refused(HltError):
    """The rule engine said no; `codes` are its reasons, each with a sentence of its own."""

    code = "REFUSED"
    status = 403
    sentence = _("Uppgiften får inte lämnas ut.")
    next_step = _("Läs skälen och gå tillbaka till ärendet.")

    def __init__(self, *codes: str) -> None:
        super().__init__(codes=codes)
        self.codes = codes


class Invalid(HltError):
    """The form comes back filled; `fields` maps a field name to what to write instead."""

    code = "INVALID"
    status = 422
    sentence = _("Något behöver rättas.")
    next_step = _("Rätta det som är markerat och skicka igen.")


class Stale(HltError):
    """Someone saved first; both texts are shown."""

    code = "STALE"
    status = 409
    sentence = _("Någon annan hann spara före dig.")
    next_step = _("Jämför texterna och spara igen.")


class NeedsLogin(HltError):
    """Nobody is signed in; what was written is kept as a draft."""

    code = "NEEDS_LOGIN"
    status = 401
    sentence = _("Du behöver logga in.")
    next_step = _("Logga in. Det du skrev finns kvar.")


class NeedsStrongerLogin(HltError):
    """The action asks a higher level of assurance or a fresher sign-in (identity §7)."""

    code = "NEEDS_STRONGER_LOGIN"
    status = 401
    sentence = _("Det här kräver en starkare eller nyare inloggning.")
    next_step = _("Logga in igen med e-legitimation. Det du skrev finns kvar.")


class NoKommun(HltError):
    """A programming error: data was asked for without saying whose. Never means "all"."""

    code = "NO_KOMMUN"
    status = 500
