"""What hides a child, and who may speak for it (L-07, L-10)."""

from hlt_tenants.registry.coded import Coded


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
