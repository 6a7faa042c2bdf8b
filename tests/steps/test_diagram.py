"""The handbook's picture of a case is drawn from the one dict of steps, and compared with it (A2).

Draw it anew: `python -m tests.steps.test_diagram > infra/handbook/case.md` from the root.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from hlt_tenants.casework.rules import BEFORE, LABEL, SAME, SEEN_STEP, STEPS, State, Step

PAGE = Path(__file__).resolve().parents[2] / "infra" / "handbook" / "case.md"
HEAD = """# A case, state by state

Drawn from `STEPS` in `casework/rules.py`; a test compares. What is not drawn is refused, and changes nothing.

```mermaid
stateDiagram-v2
    [*] --> signalled: raise_signal"""
TABLE = """```

| state | what people read | step of seven | steps that stay in the state |
|---|---|---|---|"""


def arrows() -> Iterator[str]:
    """Give one line per pair of states, with every step that leads from one to the other."""
    found: dict[tuple[str, str], list[str]] = {}
    for step, ends in STEPS.items():
        for state in (state for state in State if ends.get(state, SAME) not in (SAME, state)):
            end = "before" if ends[state] == BEFORE else ends[state]
            found.setdefault((state, end), []).append(step)
    for (start, end), steps in found.items():
        yield f"    {start} --> {'[*]' if end == State.DISPOSED else end}: {', '.join(steps)}"


def staying(state: State) -> str:
    steps = [step.value for step in Step if STEPS[step].get(state) in (SAME, state)]
    return ", ".join(steps) or "–"


def drawn() -> str:
    rows = (f"| {state} | {LABEL[state]} | {SEEN_STEP[state]} | {staying(state)} |" for state in State)
    return "\n".join([HEAD, *arrows(), TABLE, *rows, ""])


def test_the_handbook_draws_the_case_as_the_dict_has_it() -> None:
    assert PAGE.read_text(encoding="utf-8") == drawn()


if __name__ == "__main__":
    sys.stdout.write(drawn())
