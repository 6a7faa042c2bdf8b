"""Map and curve as SVG that Python writes; the only place where text is called safe, each word of it escaped here."""
