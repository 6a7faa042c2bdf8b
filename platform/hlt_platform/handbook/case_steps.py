"""The page of a case's states, steps and clocks, made from the one dict that decides them."""

import csv
from collections.abc import Iterator
from importlib.resources import files

from hlt_tenants.casework.rules import BEFORE, LABEL, SAME, SEEN_STEP, STEPS, State

HEAD = """# The steps of a case

Made by `hlt handbook` from `STEPS` in `tenants/hlt_tenants/casework/rules.py`; a pair that is not here is refused.
"""
MEANING = {SAME: "stays", BEFORE: "the state before"}


def page() -> str:
    parts = [HEAD, "## States", *states(), "", "## Steps", *steps(), "", "## The way", *diagram(), "", "## Clocks"]
    return "\n".join([*parts, *clocks(), ""])


def states() -> Iterator[str]:
    yield from ("", "| state | on pages | step that people see |", "|---|---|---|")
    yield from (f"| `{state}` | {LABEL[state]} | {SEEN_STEP[state]} |" for state in State)


def steps() -> Iterator[str]:
    yield from ("", "| step | from | to |", "|---|---|---|")
    for step, allowed in STEPS.items():
        if not allowed:
            yield f"| `{step}` | – | `{State.SIGNALLED}` |"
        for end in dict.fromkeys(allowed.values()):
            starts = ", ".join(f"`{state}`" for state in State if allowed.get(state) == end)
            yield f"| `{step}` | {starts} | {MEANING.get(end, f'`{end}`')} |"


def diagram() -> Iterator[str]:
    """Give the moves between states as a Mermaid diagram; steps that stay are left out."""
    yield from ("", "```mermaid", "stateDiagram-v2", f"  [*] --> {State.SIGNALLED}: raise_signal")
    for step, allowed in STEPS.items():
        moves = ((state, end) for state, end in allowed.items() if end not in MEANING and end != state)
        yield from (f"  {state} --> {end}: {step}" for state, end in sorted(moves))
    yield "```"


def clocks() -> Iterator[str]:
    yield from ("", "| clock | days | a kommun may choose | from | why |", "|---|---|---|---|---|")
    text = files("hlt_tenants.casework").joinpath("data/clock_rules.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        span = f"{row['least']}–{row['most']}"
        yield f"| `{row['code']}` | {row['days']} | {span} | {row['valid_from']} | {row['source']} |"
