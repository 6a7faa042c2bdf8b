"""Which forms are kept while somebody writes; the code is the name of the form's page."""

KEPT_FORMS: dict[str, str] = {
    "signal-new": "Ny tidig signal",
    "meeting-hold": "HLT-möte",
    "plan-write": "Plan",
    "review": "Uppföljning",
    "case-close": "Avslut",
}
ABOUT_NOBODY_YET = frozenset({"signal-new"})


def is_kept(form: str, *, has_about: bool) -> bool:
    """Tell whether a page keeps drafts under this name, about a case or about nobody yet; nothing else is saved."""
    return form in KEPT_FORMS and has_about is not (form in ABOUT_NOBODY_YET)
