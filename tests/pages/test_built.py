"""What a browser fetches: exactly the locked packages, few and small files, under names that change with them."""

import gzip
import re
from pathlib import Path

import brotli
import pytest
from django.core.management import call_command
from django.test import Client, override_settings
from django.urls import reverse
from playwright.sync_api import Page
from tests.browser import Url

import assets
from hlt_platform.shell.menu import MENU
from hlt_platform.shell.svg.map import paper

LYCKSELE = {"Host": "lycksele.hlt.localhost"}
MANIFEST = {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}


@pytest.fixture(scope="module")
def built() -> Path:
    assets.build()
    return assets.BUILT


def test_htmx_and_its_gate_are_the_locked_ones(built: Path) -> None:
    script = (built / "hlt.js").read_text(encoding="utf-8")
    for name in ("htmx.min.js", "ext/hx-csp.min.js"):
        source = (assets.packages() / "htmx.org" / "dist" / name).read_text(encoding="utf-8")
        assert re.sub(r"\n?//# sourceMappingURL=.*\s*$", "", source) in script


def test_script_and_style_stay_small(built: Path) -> None:
    sizes = {name: len(brotli.compress((built / name).read_bytes())) for name in ("hlt.js", "hlt.css")}
    assert sizes["hlt.js"] <= 18_000
    assert sizes["hlt.css"] <= 22_000
    assert len((assets.FOLDER / "hlt.js").read_bytes()) < 3_000


def test_a_first_visit_is_four_requests_and_less_than_50_kilobytes(page: Page, url: Url, built: Path) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(url("lycksele"))
    page.wait_for_load_state("networkidle")
    html = Client(headers=LYCKSELE).get("/").content
    bodies = [html, *((built / name).read_bytes() for name in ("hlt.js", "hlt.css", "icon.svg"))]
    assert len(asked) <= 4
    assert sum(len(gzip.compress(body)) for body in bodies) <= 50_000


def test_static_files_are_served_compressed_and_for_ever(kommuner: None, built: Path, tmp_path: Path) -> None:
    with override_settings(STORAGES=MANIFEST, STATIC_ROOT=str(tmp_path), WHITENOISE_USE_FINDERS=False):
        call_command("collectstatic", interactive=False, verbosity=0)
        page = Client(headers=LYCKSELE).get("/").content.decode()
        address = re.findall(r'href="(/static/hlt/hlt\.[0-9a-f]{12}\.css)"', page)[0]
        with override_settings(WHITENOISE_AUTOREFRESH=False):
            answer = Client(headers={**LYCKSELE, "Accept-Encoding": "br"}).get(address)
        assert answer["Content-Encoding"] == "br"
        assert "immutable" in answer["Cache-Control"]
        assert answer.getvalue()
        answer.close()


def test_no_second_htmx_is_served(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HLT_STATIC_DIR", str(tmp_path))
    assets.collect()
    assert [path.name for path in tmp_path.rglob("hlt.css")] == ["hlt.css"]
    assert [path.name for path in tmp_path.rglob("*htm*.js")] == []


def test_a_running_stack_keeps_what_it_serves_until_all_is_collected_anew(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HLT_STATIC_DIR", str(tmp_path))
    earlier = tmp_path / "hlt" / "hlt.0123456789ab.css"
    earlier.parent.mkdir()
    earlier.touch()
    assets.collect()
    assert earlier.exists()
    assets.collect(anew=True)
    assert not earlier.exists()


def test_every_row_of_the_menu_leads_somewhere() -> None:
    assert all(reverse(row.name, urlconf=row.on.value) for row in MENU)


def test_the_map_stands_where_it_was_measured() -> None:
    drawn = paper()
    points = {shape["name"]: (shape["cx"], shape["cy"]) for shape in drawn["m"].values()}
    assert (drawn["w"], drawn["h"], len(points)) == (640, 583, 15)
    assert [points[name] for name in ("Umeå", "Skellefteå", "Sorsele", "Bjurholm")] == [
        (535, 474),
        (548, 291),
        (199, 123),
        (415, 478),
    ]
