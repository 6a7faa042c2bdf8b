"""Why a sign-in was refused: one code each, with what to do; a name or subject is never part of it (identity §4)."""

from enum import StrEnum

from hlt_identity.errors import HltError, _


class Why(StrEnum):
    """The refusal codes of the sign-in."""

    CONTEXT = "context"
    ISSUER = "issuer"
    TOKEN = "token"  # noqa: S105
    ORGANISATION = "organisation"
    IDP = "idp"
    LEVEL = "level"
    FRESHNESS = "freshness"
    NO_ROW = "no_row"
    ENDED = "ended"
    BLOCKED = "blocked"
    UNAVAILABLE = "unavailable"


AGAIN = _("Gå till inloggningen och börja om.")
WORDS: dict[Why, tuple[str, str]] = {
    Why.CONTEXT: (_("Inloggningen blev avbruten eller tog för lång tid."), AGAIN),
    Why.ISSUER: (_("Svaret kom inte från vår inloggning."), AGAIN),
    Why.TOKEN: (_("Inloggningen gick inte att kontrollera."), AGAIN),
    Why.ORGANISATION: (
        _("Ditt konto hör inte till den här platsen."),
        _("Kontrollera adressen, och att du valde rätt arbetsgivare. Be annars din chef om hjälp."),
    ),
    Why.IDP: (
        _("Den inloggningen gäller inte här."),
        _("Välj den arbetsgivare som du arbetar hos, och försök igen."),
    ),
    Why.LEVEL: (
        _("Inloggningen var inte tillräckligt säker."),
        _("Logga in igen och använd din e-legitimation eller ditt tjänstekort."),
    ),
    Why.FRESHNESS: (_("Det är för länge sedan du legitimerade dig."), _("Logga in igen.")),
    Why.NO_ROW: (_("Du är inloggad men inte med i teamet."), _("Teamets administratör har fått en förfrågan.")),
    Why.ENDED: (
        _("Ditt uppdrag här är avslutat."),
        _("Ska du fortfarande arbeta här? Be teamets administratör att ge dig ett nytt uppdrag."),
    ),
    Why.BLOCKED: (_("Kontot är spärrat."), _("Be din chef eller teamets administratör om hjälp.")),
    Why.UNAVAILABLE: (
        _("Inloggningen svarar inte just nu."),
        _("Försök igen om en stund. Den som redan är inloggad kan fortsätta arbeta."),
    ),
}


class LoginRefused(HltError):
    """A sign-in that ends here; nothing but `why` is told or kept."""

    code = "LOGIN_REFUSED"
    status = 403

    def __init__(self, why: Why) -> None:
        sentence, next_step = WORDS[why]
        super().__init__(sentence, next_step)
        self.why = why
