"""What a template may hold (interface §2): the shell's contract, and nothing that would need a weaker policy."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COMPONENTS = ("platform", "tenants", "graphql", "identity")
SHELL = "hlt_platform/shell"
PAGES = {"shell/base.html", "shell/family.html", "shell/error.html"}
BLOCKS = {"title", "lead", "main", "aside"}
FORBIDDEN = {
    r"<style\b": "a style sheet in the page",
    r"\sstyle\s*=": "a style attribute",
    r"<script\b": "a script in the page",
    r"\son[a-z]+\s*=": "an inline handler",
    r"hx-on\b": "a handler of htmx",
    r"\bjs:": "JavaScript in an attribute",
    r":inherited\b": "an inherited nonce",
    r"hx-boost\b": "a boosted link",
    r"\|\s*safe\b": "unescaped text",
    r"autoescape\s+off": "unescaped text",
}
ONE_SCRIPT = r"""<script src="{% static '[^']+' %}" nonce="{{ request.csp_nonce }}" defer></script>"""
VERB = re.compile(r"\shx-(get|post|put|patch|delete|action)\b")
TEMPLATES = sorted(path for name in COMPONENTS for path in (ROOT / name).glob("*/**/templates/**/*.html"))


def faults(path: Path, text: str) -> list[str]:
    """Give what a template does that it may not; `path` is relative to the root."""
    bare = re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", text, flags=re.S)
    return [*_words(path, bare), *_tags(bare), *_places(path, bare), *_includes(bare)]


def _words(path: Path, text: str) -> Iterator[str]:
    if path.as_posix().endswith(f"{SHELL}/templates/shell/base.html"):
        text = re.sub(
            r"<script src=\"{% static '\S+' %}\" nonce=\"{{ request.csp_nonce }}\" defer></script>", "", text, count=1
        )
    yield from (fault for pattern, fault in FORBIDDEN.items() if re.search(pattern, text, re.I))


def _tags(text: str) -> Iterator[str]:
    for form in re.findall(r"<form\b.*?</form>", text, re.S | re.I):
        if re.search(r"method\s*=\s*[\"']?post", form, re.I) and "{% csrf_token %}" not in form:
            yield "a post form without its token"
    for element in re.findall(r"<[a-z][^>]*>", text, re.I):
        if VERB.search(element) and "{% hx %}" not in element:
            yield "htmx without its nonce"


def _places(path: Path, text: str) -> Iterator[str]:
    """A page extends the shell and fills its four blocks; parts lie in a folder of that name."""
    app = path.parts[path.parts.index("templates") + 1]
    parents = re.findall(r'{% extends "([^"]+)" %}', text)
    named = [*parents, *re.findall(r'{% include "([^"#]+)', text)]
    if any(name.split("/")[0] not in (app, "shell") for name in named):
        yield "another app's template"
    if app != "shell" and "parts" not in path.parts and not set(parents) & PAGES:
        yield "a page without the shell's frame"
    if parents and set(re.findall(r"{% block (\w+)", text)) - BLOCKS:
        yield "a block that the shell does not have"


def _includes(text: str) -> Iterator[str]:
    depth = 0
    for tag in re.findall(r"{%\s*(for\b|endfor\b|include\b[^%]*)", text):
        depth += {"for": 1, "endfor": -1}.get(tag, 0)
        if tag.startswith("include"):
            if depth:
                yield "a part inside rows"
            if not tag.rstrip().endswith("only"):
                yield "a part that sees everything"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_keeps_the_shells_contract(path: Path) -> None:
    assert faults(path.relative_to(ROOT), path.read_text(encoding="utf-8")) == []


FRAME = '{% extends "shell/base.html" %}'


@pytest.mark.parametrize(
    ("planted", "fault"),
    [
        ("<style>p {}</style>", "a style sheet in the page"),
        ('<p style="color: red">', "a style attribute"),
        ('<script src="/x.js"></script>', "a script in the page"),
        ('<p onclick="x()">', "an inline handler"),
        ('<p hx-on:click="x()">', "a handler of htmx"),
        ("<p hx-vals='js:{a: 1}'>", "JavaScript in an attribute"),
        ('<p hx-nonce:inherited="x">', "an inherited nonce"),
        ('<a hx-boost="true">', "a boosted link"),
        ("{{ text|safe }}", "unescaped text"),
        ("{% autoescape off %}{% endautoescape %}", "unescaped text"),
        ('<form method="post"><button>Skicka</button></form>', "a post form without its token"),
        ('<p hx-get="/x">', "htmx without its nonce"),
        ('{% include "plans/parts/x.html" only %}', "another app's template"),
        ("{% block head %}{% endblock %}", "a block that the shell does not have"),
        ('{% for x in y %}{% include "shell/parts/empty.html" only %}{% endfor %}', "a part inside rows"),
        ('{% include "shell/parts/empty.html" %}', "a part that sees everything"),
    ],
)
def test_each_forbidden_thing_is_seen_when_planted(planted: str, fault: str) -> None:
    assert faults(Path("tenants/hlt_tenants/casework/templates/casework/case.html"), f"{FRAME}{planted}") == [fault]


def test_a_page_without_the_frame_is_seen() -> None:
    place = Path("tenants/hlt_tenants/casework/templates/casework/case.html")
    assert faults(place, "<p>Hej</p>") == ["a page without the shell's frame"]
    assert faults(place.parent / "parts" / "row.html", "<p>Hej</p>") == []


def test_only_the_shell_has_static_files() -> None:
    folders = [path for name in COMPONENTS for path in (ROOT / name).glob("*/**/static") if path.is_dir()]
    assert [path for path in folders if SHELL not in path.as_posix()] == []


def test_every_template_is_read_by_these_rules() -> None:
    assert len(TEMPLATES) > 15
    assert TEMPLATES == sorted(path for name in COMPONENTS for path in (ROOT / name).rglob("*.html"))
