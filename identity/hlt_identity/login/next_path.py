"""Where to go after sign-in: a path on this host and nothing else (threat 4)."""

from urllib.parse import urlsplit

MOST_CHARACTERS = 500
OWN_PAGES = ("/logga-in", "/logga-ut", "/uppdrag")


def safe_next(told: str | None) -> str:
    """Give the path as it was told, or `/` for everything that a browser could read as another place."""
    if not told or len(told) > MOST_CHARACTERS or not told.startswith("/") or told.startswith("//"):
        return "/"
    if "\\" in told or not told.isprintable() or " " in told:
        return "/"
    try:
        parts = urlsplit(told)
    except ValueError:
        return "/"
    is_ours = not parts.scheme and not parts.netloc and not told.startswith(OWN_PAGES)
    return told if is_ours else "/"
