"""In which kommuner a person has a hat: written when hats begin and end, read by the switcher (interface S14)."""

from uuid import UUID

from hlt_identity.models import REGION, PersonKommun


def note_hat(*, person: UUID, kommunkod: str, has_hat: bool) -> None:
    """Remember or forget that a person has a hat in a kommun; a second call changes nothing."""
    rows = PersonKommun.objects.using("identity")
    if kommunkod == REGION:
        return
    if has_hat:
        rows.get_or_create(person_id=person, kommunkod=kommunkod)
    else:
        rows.filter(person_id=person, kommunkod=kommunkod).delete()


def kommuner_of(person: UUID) -> frozenset[str]:
    """Give the codes of the kommuner where a person has, or lately had, a hat; the door there says whether it lives."""
    rows = PersonKommun.objects.using("identity").filter(person_id=person)
    return frozenset(rows.values_list("kommunkod", flat=True))
