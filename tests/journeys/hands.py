"""Somebody at a screen: opens pages, presses, writes and chooses, with a mouse or with the keyboard alone."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Locator, Page, Request, expect
from tests.browser import is_wider_than_its_window, violations, watch
from tests.served import COOKIE

KEPT = Path(__file__).resolve().parents[2] / "test-results" / "screens"
MOST_TABS = 120
ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# What nobody sees of a page: two that differ in nothing else need axe's judgement once.
UNSEEN = re.compile(r'data-seconds="\d+"|nonce="[^"]*"|<input[^>]*type="hidden"[^>]*>')
JUDGED: set[tuple[int, str]] = set()
Way = Literal["mouse", "keyboard", "no-script"]


def _called(label: str) -> re.Pattern[str]:
    return re.compile(rf"^{re.escape(label)}(\s*\(frivilligt\))?$")


class Hands:
    """One person of the cast in one browser.

    `presses` counts links and buttons, typing is not counted; `walked` keeps every request that names a row.
    """

    def __init__(
        self, browser: Browser, address: str, user: str, *, way: Way = "mouse", width: int = 1280, is_real: bool = False
    ) -> None:
        size = {"width": width, "height": 740 if width < 500 else 900}
        self.context = browser.new_context(viewport=size, locale="sv-SE", java_script_enabled=way != "no-script")  # type: ignore[arg-type]
        if not is_real:
            self.context.add_cookies([{"name": COOKIE, "value": user, "url": address}])
        self.context.set_default_timeout(30_000)
        self.page: Page = self.context.new_page()
        self.address, self.user, self.way, self.width = address, user, way, width
        self.seen = watch(self.page)
        self.presses = 0
        self.pages: list[str] = []
        self.walked: set[tuple[str, str]] = set()
        self.page.on("request", self._note)

    def open(self, path: str = "/") -> None:
        """Open an address by hand, as from a bookmark; not counted."""
        self.page.goto(self.address + path)
        self._look()

    def sign_in(self, via: str, password: str) -> None:
        """Come in by the real provider: its page is not ours, so nothing of it is judged."""
        self.go_to_the_provider(via)
        self.page.locator("#username").fill(self.user)
        self.page.locator("#password").fill(password)
        self.page.locator("#kc-login").click()
        self.page.wait_for_url(f"{self.address}/**")
        self._look()

    def go_to_the_provider(self, via: str) -> None:
        """Press the way in; who is known there already comes straight back."""
        self.open("/")
        self.press("Logga in med ditt arbetskonto", "link")
        self.page.get_by_role("link", name=via).click()

    def heading(self) -> str:
        return self.page.get_by_role("heading", level=1).inner_text()

    def words(self) -> str:
        return self.page.locator("main").inner_text()

    def press(self, name: str, kind: Literal["link", "button"] = "button") -> None:
        """Press the one link or button of that name and wait for the page it leads to."""
        target = self.page.get_by_role(kind, name=name).first
        self.presses += 1
        with self.page.expect_navigation():
            self._activate(target, "Enter")
        self.page.wait_for_load_state("load")
        self._look()

    def write(self, label: str, words: str) -> None:
        """Write in a field, over what stood there."""
        field = self.page.get_by_label(_called(label)).first
        if self.way == "keyboard":
            self._tab_to(field)
            self.page.keyboard.press("Control+a")
            self.page.keyboard.type(words)
        else:
            field.fill(words)

    def choose(self, question: str, *answers: str) -> None:
        """Choose among radios or boxes of one question."""
        group = self.page.get_by_role("group", name=question).first
        for answer in answers:
            option = group.get_by_label(answer, exact=True).first
            if self.way != "keyboard":
                option.check()
            elif option.get_attribute("type") == "radio":
                self._arrow_to(group, option)
            elif not option.is_checked():
                self._activate(option, "Space")

    def pick(self, label: str, answer: str) -> None:
        """Pick one line of a drop-down."""
        field = self.page.get_by_label(_called(label)).first
        if self.way == "keyboard":
            self._tab_to(field)
            self.page.keyboard.type(answer)
        else:
            field.select_option(label=answer)

    def tick(self, label: str) -> None:
        """Tick a box that stands alone."""
        box = self.page.get_by_label(_called(label)).first
        if self.way == "keyboard":
            self._activate(box, "Space")
        else:
            box.check()

    def fill(self, written: Mapping[str, str]) -> None:
        """Write in several fields, in the order of the page."""
        for label, words in written.items():
            self.write(label, words)

    def done(self) -> list[str]:
        """Close the browser; give what the console, the policy or a foreign host had to say."""
        self.context.close()
        return self.seen

    def _note(self, request: Request) -> None:
        path = request.url.removeprefix(self.address)
        if path != request.url and ID.search(path.partition("?")[0]):
            self.walked.add((request.method, path))

    def _activate(self, target: Locator, key: str) -> None:
        if self.way == "keyboard":
            self._tab_to(target)
            self.page.keyboard.press(key)
        else:
            target.click()

    def _tab_to(self, target: Locator) -> None:
        wanted = target.element_handle()
        for _ in range(MOST_TABS):
            if self.page.evaluate("one => document.activeElement === one", wanted):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard does not reach {target}")

    def _arrow_to(self, group: Locator, option: Locator) -> None:
        first = group.locator("input:checked")
        self._tab_to(first if first.count() else group.get_by_role("radio").first)
        self.page.keyboard.press("Space")
        for _ in range(MOST_TABS):
            if option.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError("the arrows do not reach the answer")

    def _judge(self, title: str) -> None:
        page = (self.width, UNSEEN.sub("", self.page.content()))
        if page not in JUDGED:
            assert violations(self.page) == [], title
            JUDGED.add(page)

    def _look(self) -> None:
        """Look at each page as it comes: what axe says, whether it fits, and a picture to look at afterwards."""
        title = self.page.title()
        self.pages.append(title)
        expect(self.page.locator("dd").filter(has_not_text=re.compile(r"\w"))).to_have_count(0)
        if self.way != "no-script":
            self._judge(title)
            assert not is_wider_than_its_window(self.page), title
        folder = KEPT / f"{self.way}-{self.width}"
        folder.mkdir(parents=True, exist_ok=True)
        name = f"{len(list(folder.iterdir())):02}-{self.user}-{title.split(' – ')[0].replace(' ', '-').lower()}.png"
        self.page.screenshot(path=folder / name, full_page=True)
