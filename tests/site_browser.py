"""A real headless Chromium, Debian's, for the tests of the site's pages."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.conftest import missing

NAMES = ("chromium", "chromium-browser", "google-chrome")
SERIOUS = ("serious", "critical")


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser; the test is skipped where the machine has none (and fails under CI)."""
    program = next((found for name in NAMES if (found := shutil.which(name))), None)
    if program is None:
        missing("Chromium", "apt-get install chromium fonts-noto-cjk")
    flags = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []  # Chromium refuses root a sandbox
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=flags)
        yield browser
        browser.close()


class Watched:
    """A page whose requests and complaints are noted."""

    def __init__(self, context: BrowserContext) -> None:
        self.page: Page = context.new_page()
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self, address: str) -> Page:
        """The page at this address, loaded."""
        self.requests.clear()
        self.page.goto(address)
        return self.page

    def overflow(self) -> int:
        """How many pixels the page is wider than the window."""
        found: int = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        return found

    def violations(self) -> list[tuple[str, list[str]]]:
        """What axe-core finds that is serious: the rule, and the elements."""
        script = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
        self.page.evaluate(f"() => {{ {script} }}")
        found = self.page.evaluate("async () => (await axe.run()).violations")
        return [
            (each["id"], [node["html"][:160] for node in each["nodes"]][:3])
            for each in found
            if each["impact"] in SERIOUS
        ]
