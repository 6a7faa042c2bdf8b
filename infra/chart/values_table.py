"""The table of values in the chart's README, made from values.yaml: a key without a sentence is an error."""

from collections.abc import Iterator

import yaml

from helm_tool import CHART

BEGIN, END = "<!-- values: written by `make fix` -->", "<!-- end of values -->"
SAID_ELSEWHERE = ("kommuner", "worker.groups")  # by the comment above the whole block


class Undocumented(Exception):
    """A key of values.yaml has no sentence; the text names it."""


def said(lines: list[str]) -> dict[str, str]:
    """Give {dotted key: sentence} for every key with a `# -- ` line above it."""
    found: dict[str, str] = {}
    path: list[tuple[int, str]] = []
    sentence = ""
    for line in lines:
        bare = line.strip()
        if bare.startswith("# -- "):
            sentence = bare.removeprefix("# -- ")
        elif bare and not bare.startswith(("#", "-")):
            indent = len(line) - len(line.lstrip())
            path = [one for one in path if one[0] < indent] + [(indent, bare.partition(":")[0].strip('"'))]
            if sentence:
                found[".".join(key for _indent, key in path)] = sentence
            sentence = ""
    return found


def leaves(values: object, said_of: dict[str, str], path: str = "") -> Iterator[tuple[str, object]]:
    """Give (dotted key, default); what has a sentence of its own is not taken apart."""
    if isinstance(values, dict) and path not in said_of and not path.endswith("resources"):
        for key, value in values.items():
            yield from leaves(value, said_of, f"{path}.{key}" if path else str(key))
    else:
        yield path, values


def rows(text: str) -> Iterator[str]:
    """Give the table's lines for the text of a values.yaml; raise Undocumented for a key nobody explained."""
    sentences = said(text.splitlines())
    for key, default in leaves(yaml.safe_load(text), sentences):
        if key in sentences:
            yield f"| `{key}` | {shown(default)} | {sentences[key]} |"
        elif not key.startswith(SAID_ELSEWHERE) and not key.endswith("resources"):
            raise Undocumented(f"{key}: write a line `# -- …` above it in helm/hlt/values.yaml")


def shown(value: object) -> str:
    if value in ("", [], {}):
        return ""
    return f"`{value}`" if not isinstance(value, dict | list) else "see values.yaml"


def table() -> str:
    """Give the table with its two marks."""
    head = ["| value | default | what it is |", "|---|---|---|"]
    text = (CHART / "values.yaml").read_text(encoding="utf-8")
    return "\n".join([BEGIN, *head, *rows(text), END])


def written(readme: str) -> str:
    """Give the README with the table as it should be."""
    before, _, rest = readme.partition(BEGIN)
    return before + table() + rest.partition(END)[2]
