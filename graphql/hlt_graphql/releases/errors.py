"""Refusals of the figure's way: what cannot be asked, and what one person cannot do alone."""

from hlt_identity.errors import HltError, _


class CandidateUnknown(HltError):
    """There is no such candidate or release."""

    code = "CANDIDATE_UNKNOWN"
    status = 404
    sentence = _("Släppet finns inte.")
    next_step = _("Gå tillbaka till listan över släpp.")


class SecondPersonNeeded(HltError):
    """Who started the build cannot approve it, and nobody publishes what no second person approved."""

    code = "SECOND_PERSON_NEEDED"
    status = 403
    sentence = _("Den som startade bygget kan inte godkänna det.")
    next_step = _("Be en annan utgivare granska och godkänna.")


class ReleaseStepNotAllowed(HltError):
    """Nobody may do this in the candidate's state: a finding, an expired candidate, a step already taken."""

    code = "RELEASE_STEP_NOT_ALLOWED"
    status = 409
    sentence = _("Steget går inte att ta för det här släppet.")
    next_step = _("Ladda om sidan och se vilket läge släppet har.")


class DigestDiffers(HltError):
    """What was looked at is not what would be published."""

    code = "DIGEST_DIFFERS"
    status = 409
    sentence = _("Släppet är inte detsamma som du granskade.")
    next_step = _("Öppna släppet igen och granska det på nytt.")


class BuiltOnAnother(HltError):
    """Another release came between build and publication; every release takes all earlier ones as known."""

    code = "BUILT_ON_ANOTHER"
    status = 409
    sentence = _("Ett annat släpp har getts ut sedan det här byggdes.")
    next_step = _("Bygg om släppet.")


class NothingDelivered(HltError):
    """The intake holds no count for the period."""

    code = "NOTHING_DELIVERED"
    status = 409
    sentence = _("Ingen kommun har skickat siffror för perioden.")
    next_step = _("Vänta tills kommunerna har godkänt och skickat sina siffror.")


class AlreadyReleased(HltError):
    """The period is released, and the intake holds no count that would change it."""

    code = "ALREADY_RELEASED"
    status = 409
    sentence = _("Perioden är redan släppt, och ingen kommun har skickat nya siffror för den.")
    next_step = _("Se släppet i listan. Bygg om när en kommun har skickat ändrade siffror.")


class MarginNotPublished(HltError):
    """The grouping is not a table of the plan; `data["nearest"]` names those that are (regional §11.2)."""

    code = "MARGIN_NOT_PUBLISHED"
    status = 200
    sentence = _("Den indelningen publiceras inte.")
    next_step = _("Välj någon av de närmaste som finns.")


class PeriodNotPublished(HltError):
    """No release holds the period, or it is no period of that length."""

    code = "PERIOD_NOT_PUBLISHED"
    status = 200
    sentence = _("Perioden är inte publicerad.")
    next_step = _("Välj en period som har släppts.")


class UnknownCode(HltError):
    """A code that no list holds; which one is said by the place in the question, never repeated."""

    code = "UNKNOWN_CODE"
    status = 200
    sentence = _("En kod i frågan finns inte.")
    next_step = _("Se listorna över kommuner, områden och indikatorer.")


class TableTooBig(HltError):
    """More cells than the question allows."""

    code = "TABLE_TOO_BIG"
    status = 200
    sentence = _("Tabellen har fler celler än frågan tillåter.")
    next_step = _("Välj färre perioder eller platser.")


# What the database raises in published.publish_candidate and region.approve_candidate (0002_gates).
BY_SQLSTATE: dict[str, type[HltError]] = {
    "HLT01": CandidateUnknown,
    "HLT02": SecondPersonNeeded,
    "HLT03": ReleaseStepNotAllowed,
    "HLT04": DigestDiffers,
    "HLT05": BuiltOnAnother,
}
