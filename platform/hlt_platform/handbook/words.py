"""The page of commands: every word of `hlt` and every target of make, with its sentence."""

import argparse
import re
from collections.abc import Iterator

from hlt_platform.cli import parser
from hlt_platform.settings.environment import ROOT

HEAD = """# Commands

Made by `hlt handbook` from the command line's own help and from the Makefile.
"""


def page() -> str:
    return "\n".join([HEAD, "## hlt", *commands(), "", "## make", *targets(), ""])


def commands() -> Iterator[str]:
    yield from ("", "| command | does |", "|---|---|")
    yield from (f"| `{words}` | {sentence} |" for words, sentence in below(parser(), "hlt"))


def below(top: argparse.ArgumentParser, words: str) -> Iterator[tuple[str, str]]:
    """Give (words, help) for each command that ends here, in the order in which they were added."""
    for action in top._actions:
        if isinstance(action, argparse._SubParsersAction):
            helps = {choice.dest: choice.help or "" for choice in action._choices_actions}
            for name, inner in action.choices.items():
                deeper = list(below(inner, f"{words} {name}"))
                yield from deeper or [(f"{words} {name}{arguments(inner)}", helps.get(name, ""))]


def arguments(command: argparse.ArgumentParser) -> str:
    """Give a command's arguments as one writes them, options in brackets."""
    told = (argument for argument in command._actions if argument.dest != "help")
    return "".join(
        f" [{argument.option_strings[0]}]"
        if argument.option_strings
        else f" [{argument.dest.upper()}]"
        if argument.nargs == "?"
        else f" {argument.dest.upper()}"
        for argument in told
    )


def targets() -> Iterator[str]:
    yield from ("", "| target | does |", "|---|---|")
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    for name, sentence in re.findall(r"^([a-z]+):[^\n]*?## (.+)$", text, re.M):
        yield f"| `make {name}` | {sentence} |"
