"""A committee secretary finds the municipality, makes its report, and takes it along."""

import re
from io import BytesIO

import pytest
from pypdf import PdfReader


def _flat(text):
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("script", [True, False])
def test_the_report_is_made_from_the_dashboard_fetched_and_printed(visit, script):
    page = visit("/statistik/", script=script)
    page.get_by_label("Visa kommun").select_option("1482")
    page.get_by_label("läsåret", exact=True).select_option("2024/25")
    page.get_by_role("button", name="Visa", exact=True).click()
    page.wait_for_url("**kommun=1482*")
    page.get_by_role("link", name="kommunrapport för Kungälv", exact=True).first.click()
    page.wait_for_url("**/statistik/kommun/1482/rapport/**")
    assert page.locator("h1").inner_text() == "Studieavbrott i Kungälv läsåret 2024/25"
    shown = [_flat(text) for text in page.locator("article tbody tr").all_inner_texts()]
    assert len(shown) > 40

    address = page.get_by_role("link", name="Hämta som PDF").get_attribute("href")
    answer = page.request.get(address)
    assert answer.headers["content-type"] == "application/pdf"
    assert "kommunrapport-1482-2024-25" in answer.headers["content-disposition"]
    pdf = PdfReader(BytesIO(answer.body()))
    assert 4 <= len(pdf.pages) <= 6
    printed = _flat(" ".join(one.extract_text() for one in pdf.pages))
    for row in shown:
        # The name of a row may be broken over lines; its numbers stand side by side.
        numbers = re.search(r"[\d.,% ]+$", row)
        assert numbers is None or numbers.group().strip() in printed, row


def test_every_municipality_of_the_demo_has_a_pdf_of_at_most_six_pages(visit):
    page = visit("/statistik/kommun/")
    files = page.get_by_role("link", name="PDF")
    addresses = [link.get_attribute("href") for link in files.all()]
    assert len(addresses) == 13
    for address in addresses:
        pages = len(PdfReader(BytesIO(page.request.get(address).body())).pages)
        assert 2 <= pages <= 6, (address, pages)


def test_the_page_prints_on_paper_without_menus_and_with_its_tables(visit):
    page = visit("/statistik/kommun/1480/rapport/")
    data = page.pdf(format="A4")
    text = _flat(" ".join(one.extract_text() for one in PdfReader(BytesIO(data)).pages))
    assert "Kort sagt" in text and "Avbrottets längd" in text and "Så räknas det" in text
    assert "Hämta som PDF" not in text and "Till innehållet" not in text


def test_it_fits_a_telephone(visit):
    page = visit("/statistik/kommun/1480/rapport/", width=360)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
