"""The processes behind the pages: relay (only sends), workers (only take), beat (touches no broker at all)."""
