"""The case: signal, nameless shell, seats, clocks, meeting, feedback."""
