"""One file per subject; each view parses, calls and renders."""
