"""What was asked for is done, and done once, whoever dies in the middle (operations §15.4, §15.5)."""

from tests.operations.errands.running import Parts, ask, states, times, until


def test_a_row_that_a_branch_wrote_is_done_once(parts: Parts) -> None:
    parts.start("relay")
    parts.start("worker", "kommun")
    events = ask("2480", "test.add", 5)
    until(lambda: states("2480", events) == {"done": 5}, "five rows done", parts)
    assert times("2480", "effect", events) == [1] * 5
