"""`python infra/chart/chart.py <verb>`: render the chart with the real helm; keep its README's table."""

import sys

import helm_tool
import values_table

README = helm_tool.CHART / "README.md"


def render() -> int:
    """Print what helm makes of the set of values that has everything, or why it refuses."""
    words = ["-f", str(helm_tool.CHART / "ci" / "full.yaml"), "--api-versions", ",".join(helm_tool.KINDS)]
    run = helm_tool.run("template", "hlt", str(helm_tool.CHART), "-n", "hlt", *words)
    sys.stdout.write(run.stdout or run.stderr)
    return run.returncode


def table() -> int:
    README.write_text(values_table.written(README.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


VERBS = {"render": render, "table": table}

if __name__ == "__main__":
    sys.exit(VERBS[sys.argv[1]]())
