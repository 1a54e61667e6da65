"""Takes the pictures of ``docs/redaktor.md`` anew: ``make guide-pictures``.

It starts a demo of its own, or uses the one at ``ADDRESS``, walks through the CMS as the demo's
people, and writes small PNG files to ``docs/bilder/redaktor/``. What it writes in the demo are
drafts; use a demo that may be thrown away.
"""

import io
import os
import re
import sys
from contextlib import contextmanager

import django
from PIL import Image
from playwright.sync_api import sync_playwright

from pluginnovation import embedded_postgres

from ..running_site import running_site
from . import chromium

FOLDER = embedded_postgres.ROOT / "docs" / "bilder" / "redaktor"
WIDTH, HEIGHT = 1200, 760
COLOURS = 64
TITLE = "Samtal varje vecka höll fler kvar"


class Guide:
    """One person's way through the CMS, with pictures on the way."""

    def __init__(self, browser, address: str):
        self.browser, self.address = browser, address

    def log_in(self, who: str):
        from pluginnovation.site.demo import PASSWORD

        context = self.browser.new_context(
            base_url=self.address, viewport={"width": WIDTH, "height": HEIGHT}, locale="sv-SE"
        )
        context.set_default_timeout(30_000)
        page = context.new_page()
        page.goto("/konto/logga-in/?next=/admin/")
        page.get_by_label("E-post").fill(f"{who}@demo.example")
        page.get_by_label("Lösenord").fill(PASSWORD)
        page.get_by_role("button", name="Logga in").click()
        page.wait_for_url("**/admin/**")
        page.goto("/admin/")
        return page

    def write(self, page) -> None:
        """A summary from nothing to review."""
        page.goto("/admin/pages/")
        for step in ("PlugInnovation", "Forskning", "Sammanfattningar"):
            page.get_by_role("link", name=f"Utforska undersidor till '{step}'").first.click()
        self.picture(page, "sidor")
        number = re.search(r"/admin/pages/(\d+)/", page.url).group(1)
        page.goto(f"/admin/pages/add/knowledge/summarypage/{number}/")
        page.locator("[name=title]").fill(TITLE)
        page.locator("[name=summary]").fill(
            "En skola prövade ett kort samtal i veckan med elever som var på väg bort. "
            "Fler stannade kvar."
        )
        self.picture(page, "skriv")
        page.get_by_role("button", name=re.compile("Välj en sida")).first.click()
        page.get_by_role("dialog").locator("a.choose-page").first.click()
        page.get_by_role("dialog").wait_for(state="detached")
        page.get_by_role("button", name="Fler åtgärder").click()
        self.picture(page, "skicka")
        page.get_by_role("button", name=re.compile("^Lämna in")).click()
        page.locator(".messages").wait_for()

    def approve_content(self, page) -> None:
        page.goto("/admin/")
        self.picture(page, "start")
        page.get_by_role("link", name=TITLE).first.click()
        page.get_by_role("button", name="Fler åtgärder").click()
        page.get_by_role("button", name="Godkänn", exact=True).click()
        page.locator(".messages").wait_for()

    def check_language(self, page) -> None:
        page.get_by_role("link", name=TITLE).first.click()
        page.get_by_role("button", name="Fler åtgärder").click()
        page.get_by_role("button", name=re.compile("^Godkänn")).first.click()
        page.get_by_role("dialog").get_by_role("checkbox").first.wait_for()
        self.picture(page, "kontroll")
        page.keyboard.press("Escape")

    def lecture_without_captions(self, page) -> None:
        page.goto("/admin/media/video/add/")
        self.picture(page, "film")

    def reports_and_bar(self, page) -> None:
        page.goto("/admin/rapporter/lankar/")
        page.get_by_role("button", name="Kontrollera alla sidor nu").click()
        while not page.get_by_text("Senast kontrollerades").count():
            page.wait_for_timeout(5_000)
            page.reload()
        self.picture(page, "rapport")
        page.goto("/framgangsfaktorer/samverkan/")
        page.locator("#wagtail-userbar-trigger").click()
        page.locator("#checker-trigger").click()
        self.picture(page, "kontrollant")

    def picture(self, page, name: str) -> None:
        """The window as it is, in few colours: a picture of a form needs no more."""
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(600)
        shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        small = shot.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        FOLDER.mkdir(parents=True, exist_ok=True)
        small.save(FOLDER / f"{name}.png", optimize=True)
        print(f"  {name}.png")


@contextmanager
def demo():
    """The address of a running demo."""
    if address := os.environ.get("ADDRESS"):
        yield address
        return
    started = not embedded_postgres.is_running()
    embedded_postgres.ensure_database_url()
    try:
        with running_site("pluginnovation_guide") as address:
            yield address
    finally:
        if started:
            embedded_postgres.stop()


def main() -> int:
    if not chromium.executable():
        print(chromium.HELP, file=sys.stderr)
        return 1
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pluginnovation.settings.test")
    django.setup()
    with demo() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.executable(), args=chromium.ARGUMENTS
        )
        guide = Guide(browser, address)
        guide.write(guide.log_in("skribent"))
        editor = guide.log_in("redaktor")
        guide.approve_content(editor)
        guide.lecture_without_captions(editor)
        guide.reports_and_bar(editor)
        guide.check_language(guide.log_in("moderator"))
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
