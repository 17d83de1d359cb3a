"""A page as a person opens it: headless Chromium from Debian, with every request and every message noted."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright


class Opened:
    """A page that was opened from disk, what it asked of the network, and what it complained of."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda problem: self.complaints.append(str(problem)))


@contextmanager
def opened(file: Path, *, width: int = 1400, dark: bool = False, scripted: bool = True) -> Iterator[Opened]:
    """The file in a window of this width, with its script or without; closed with its browser when done."""
    program = shutil.which("chromium")
    assert program is not None, "нет Chromium: apt-get install chromium"
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        try:
            page = browser.new_page(
                viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light", java_script_enabled=scripted
            )
            found = Opened(page)
            page.goto(file.as_uri())
            yield found
        finally:
            browser.close()
