"""What hides a child, and who may speak for it (L-07, L-10)."""

from collections import Counter
from collections.abc import Sequence

from hlt_tenants.registry.coded import Coded
from hlt_tenants.registry.swedish import is_visible


class Protection(Coded):
    """The three kinds of protected identity of L-10; each stops every disclosure until a human has decided."""

    NONE = "none", "Inga skyddade uppgifter"
    MARKED = "marked", "Sekretessmarkering"
    PROTECTED_REGISTRATION = "registration", "Skyddad folkbokföring"
    FICTITIOUS = "fictitious", "Fingerade uppgifter"


class Sex(Coded):
    """As the population register says it."""

    GIRL = "K", "Flicka"
    BOY = "M", "Pojke"


def told_apart(names: Sequence[str]) -> list[str]:
    """Give guardians' names in the same order; those that read alike are numbered by their place."""
    alike = ["".join(filter(is_visible, name.casefold())) for name in names]
    count = Counter(alike)
    numbered = enumerate(zip(names, alike, strict=True), start=1)
    return [f"{name} (vårdnadshavare {place})" if count[key] > 1 else name for place, (name, key) in numbered]
