"""Which forms are kept while somebody writes; the code is the name of the form's page."""

KEPT_FORMS: dict[str, str] = {
    "signal-new": "Ny tidig signal",
    "meeting-hold": "HLT-möte",
    "plan-write": "Plan",
    "review": "Uppföljning",
    "case-close": "Avslut",
}


def is_kept(form: str) -> bool:
    """Tell whether a page keeps drafts; nothing else can be saved under a made-up name."""
    return form in KEPT_FORMS
