"""The panel beside the editor's form shows the page as it will look."""

import re

import pytest

PAGES = {
    "fallstudie": "/fallstudier/mojligheten-alingsas/",
    "föreläsning": "/forskning/forelasningar/vilka-ar-riskfaktorerna/",
    "frågeformulär": "/framgangsfaktorer/flexibilitet/enkat-om-deltagande-i-plug-in/",
}


# The form of the questionnaire has over a thousand fields, which takes a browser its time.
LARGE = pytest.mark.full


@pytest.mark.parametrize(
    "kind",
    [pytest.param(kind, marks=LARGE if kind == "frågeformulär" else ()) for kind in PAGES],
)
def test_the_panel_shows_what_is_being_written(log_in, kind):
    page = log_in("redaktor@demo.example", PAGES[kind])
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.locator("#wagtail-userbar-trigger").click()
    page.get_by_role("menuitem", name=re.compile("Redigera|Ändra")).click()
    page.wait_for_url(re.compile(r"/admin/pages/\d+/edit/"))
    words = f"Ur utkastet till en {kind}"
    page.locator("[name=title]").fill(words)
    page.get_by_role("button", name=re.compile("förhandsgranskning", re.IGNORECASE)).first.click()
    frame = page.frame_locator("#w-preview-iframe")
    # A long questionnaire takes its time on a busy machine.
    frame.get_by_role("heading", level=1, name=words).wait_for(timeout=45_000)
    # The panel may load once more after the first.
    frame.locator("link[rel=stylesheet]").first.wait_for(state="attached")
    assert frame.locator("main").bounding_box()["height"] > 200
    assert [text for text in said if "Content Security Policy" in text] == []
