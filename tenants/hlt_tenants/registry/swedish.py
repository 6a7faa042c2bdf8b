"""Swedish alphabetical order without a locale on the server: the same key in Python and SQL (tenancy §9)."""

SOURCE = "åäæöøáàâãéèêëíìîïóòôõúùûüýčçđðŋñšŧžþ"
TARGET = "{||}}aaaaeeeeiiiioooouuuyyccddnnstzt"  # ü sorts as y in Swedish
TABLE = str.maketrans(SOURCE, TARGET)
SQL = f"translate(lower(%s), '{SOURCE}', '{TARGET}') COLLATE \"C\""


def sort_key(text: str) -> str:
    """Give what sorts by code point as Swedish readers expect: … Z Å Ä Ö."""
    return text.lower().translate(TABLE)
