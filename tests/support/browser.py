"""Chromium as a person uses it: a small phone or a desk, with scripts or without, with the CDN or cut off from it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Route, ViewportSize, sync_playwright

from app.kernel.settings import HTMX_CDN
from tests.support.machine import chromium

PHONE: ViewportSize = {"width": 360, "height": 640}
DESK: ViewportSize = {"width": 1280, "height": 900}
HTMX = Path(__file__).parents[2] / "static" / "vendor" / "htmx-4.0.1.min.js"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Of axe's findings none is excused.
AXE_RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}


@dataclass(frozen=True)
class Manner:
    """How somebody browses."""

    scripts: bool = True
    cdn: bool = True
    scheme: str = "light"
    screen: str = "phone"

    def __str__(self) -> str:
        parts = ["scripts" if self.scripts else "no-scripts", "cdn" if self.cdn else "no-cdn", self.scheme, self.screen]
        return "-".join(parts)


@contextmanager
def open_chromium() -> Iterator[Browser]:
    """The browser of this machine, headless. Its own downloads and look-ups are switched off."""
    with sync_playwright() as playwright:
        yield launch(playwright)


def launch(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)


def new_context(browser: Browser, address: str, manner: Manner, language: str = "es", **options: Any) -> BrowserContext:
    """A fresh browser profile. Only the site and, where the manner has it, the CDN can be reached."""
    context = browser.new_context(
        base_url=address,
        viewport=PHONE if manner.screen == "phone" else DESK,
        java_script_enabled=manner.scripts,
        color_scheme="dark" if manner.scheme == "dark" else "light",
        locale="es-MX" if language == "es" else "en-US",
        service_workers="block",
        **options,
    )
    context.set_default_timeout(15_000)

    def decide(route: Route) -> None:
        url = route.request.url
        if url.startswith(address) or url.startswith("data:"):
            route.continue_()
        elif url == HTMX_CDN and manner.cdn:
            route.fulfill(path=HTMX, content_type="application/javascript", headers={"access-control-allow-origin": "*"})
        else:
            route.abort()

    context.route("**/*", decide)
    return context


def axe_findings(page: Page) -> list[str]:
    """What axe finds on the page as it stands: rule, and where."""
    found = Axe().run(page, options=AXE_RULES).response["violations"]
    return [f"{rule['id']}: {node['target']} {node['html'][:160]}" for rule in found for node in rule["nodes"]]


def scrolls_sideways(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
