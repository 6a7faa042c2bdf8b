"""Swedish alphabetical order without a locale on the server: the key is stored (tenancy §9)."""

SOURCE = "åäæöøáàâãéèêëíìîïóòôõúùûüýčçđðŋñšŧžþ"
TARGET = "{||}}aaaaeeeeiiiioooouuuyyccddnnstzt"  # ü sorts as y in Swedish
TABLE = str.maketrans(SOURCE, TARGET)


def sort_key(text: str) -> str:
    """Give what sorts by code point as Swedish readers expect: … Z Å Ä Ö."""
    return text.lower().translate(TABLE)
