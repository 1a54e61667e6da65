"""A school rates itself: in the browser alone, with a result that leads on and that prints."""

import io
import re

import pytest
from pypdf import PdfReader

from .test_pages import AXE

FACTORS = ("positiva-relationer", "koll-och-uppfoljning")


def address(factor):
    return f"/framgangsfaktorer/{factor}/sjalvskattning/"


@pytest.mark.parametrize("factor", FACTORS)
def test_the_result_points_to_the_weakest_first_sends_nothing_and_prints(visit, factor):
    page = visit(address(factor))
    page.wait_for_load_state("networkidle")
    asked = []
    page.context.on("request", lambda request: asked.append(request.url))
    statements = page.locator("fieldset.statement")
    assert 8 <= statements.count() <= 12
    for number, statement in enumerate(statements.all()):
        # The second is answered by "not at all", the first by "a little", the others "wholly".
        words = {0: "Stämmer till liten del", 1: "Stämmer inte"}.get(number, "Stämmer helt")
        statement.get_by_label(words, exact=True).check()
    result = page.get_by_role("region", name="Börja här")
    assert f"{statements.count()} av {statements.count()} besvarade" in result.inner_text()
    shown = [link.get_attribute("href") for link in result.get_by_role("link").all()]
    advice = [statements.nth(n).get_by_role("link").get_attribute("href") for n in (1, 0)]
    assert shown == list(dict.fromkeys(advice))
    assert AXE.run(page).violations_count == 0

    page.evaluate("() => { window.printed = 0; window.print = () => { window.printed += 1 } }")
    page.get_by_role("button", name="Skriv ut").click()
    assert page.evaluate("window.printed") == 1
    sheets = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, format="A4"))).pages
    text = re.sub(r"\s", "", "".join(sheet.extract_text() for sheet in sheets))
    assert "Börjahär" in text and "Skrivut" not in text and "Huvudmeny" not in text
    assert re.sub(r"\s", "", result.get_by_role("link").first.inner_text()) in text
    assert asked == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert page.context.cookies() == []

    result.get_by_role("link").first.click()
    target = page.url.split("#")[1]
    page.locator(f"[id='{target}']").wait_for()


def test_by_keyboard_the_answers_are_chosen_with_the_arrows(visit):
    page = visit(address(FACTORS[0]), width=360)
    first = page.locator("fieldset.statement").first
    first.get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    assert first.get_by_label("Stämmer till liten del", exact=True).is_checked()
    assert page.get_by_role("region", name="Börja här").get_by_role("link").count() == 1


def test_without_script_each_statement_says_itself_where_a_low_answer_leads(visit):
    page = visit(address(FACTORS[0]), width=360, script=False)
    first = page.locator("fieldset.statement").first
    first.get_by_label("Stämmer inte", exact=True).check()
    assert not page.get_by_role("heading", name="Börja här").is_visible()
    first.get_by_text("Svarar ni lågt:").get_by_role("link").click()
    assert f"/framgangsfaktorer/{FACTORS[0]}/#" in page.url
