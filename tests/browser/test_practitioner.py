"""A practitioner with ten minutes between two lessons."""

import csv
import io
import re

from .fetching import fetch

LECTURE = "/forskning/forelasningar/vilka-ar-riskfaktorerna/"


def test_she_reads_what_a_success_factor_asks_of_each_level(visit):
    page = visit("/", script=False)
    page.get_by_role("main").get_by_role("link", name="Positiva relationer").first.click()
    for level in ("Individ", "Organisation", "Kommun"):
        assert page.get_by_role("heading", name=re.compile(f"^{level}")).first.is_visible()


def test_she_filters_case_studies_and_opens_one(visit):
    page = visit("/fallstudier/", script=False)
    all_cases = page.locator(".contents-list > li").count()
    form = page.locator("form.filters, .filters form").first
    form.locator("[name=faktor]").first.select_option("samverkan")
    form.get_by_role("button").first.click()
    page.wait_for_url("**faktor=samverkan**")
    chosen = page.locator(".contents-list > li")
    assert 0 < chosen.count() <= all_cases
    title = chosen.locator("a").first.inner_text()
    chosen.locator("a").first.click()
    page.get_by_role("heading", level=1, name=title).wait_for()
    assert page.locator(".sources a").count() > 0


def test_she_finds_a_lecture_by_a_word_of_its_transcript(visit):
    page = visit("/", script=False)
    page.locator("main input[name=q]").fill("grannskap")
    page.locator("main input[name=q]").press("Enter")
    hit = page.get_by_role("link", name="Vilka är riskfaktorerna?").first
    assert hit.is_visible()
    assert page.locator("main mark").count() > 0
    hit.click()
    assert page.url.endswith(LECTURE)


def test_the_lecture_plays_and_seeks(visit):
    page = visit(LECTURE)
    film = page.locator("video")
    film.evaluate("v => { v.muted = true; return v.play(); }")
    page.wait_for_function("() => document.querySelector('video').currentTime > 0.3")
    film.evaluate("v => { v.currentTime = 60; }")
    page.wait_for_function("v => !v.seeking && v.currentTime >= 60", arg=film.element_handle())
    assert film.evaluate("v => v.textTracks.length") == 1
    assert film.evaluate("v => v.error") is None


def test_a_time_of_the_transcript_is_a_link_that_works_without_script(visit):
    page = visit(LECTURE, script=False)
    later = page.locator(".transcript a").nth(3)
    seconds = int(re.search(r"t=(\d+)", later.get_attribute("href")).group(1))
    later.click()
    source = page.locator("video source").first.get_attribute("src")
    assert source.endswith(f"#t={seconds}")


def test_the_film_answers_to_range_requests(site, visit):
    page = visit(LECTURE, script=False)
    film = page.locator("video source").first.get_attribute("src").split("#")[0]
    answer = fetch(site + film, Range="bytes=1000-1999")
    assert answer.status == 206
    assert len(answer.body) == 1000
    assert answer.headers["Content-Range"].startswith("bytes 1000-1999/")
    assert answer.headers.get_content_type() == "video/webm"
    compressed = fetch(site + film, Range="bytes=0-99", **{"Accept-Encoding": "gzip"})
    assert compressed.status == 206
    assert len(compressed.body) == 100


def test_she_filters_the_dashboard_and_its_table_is_the_file_she_fetches(visit, site):
    page = visit("/statistik/", script=False)
    page.locator("[name=kommun]").first.select_option("1480")
    page.locator("[name=lasar]").first.select_option("2024/25")
    page.locator("form.filters button, .filters form button").first.click()
    page.wait_for_url("**kommun=1480**")
    figure = page.locator("figure.figure").first
    figure.locator("summary").first.click()
    shown = [
        [_plain(cell) for cell in row.locator("th, td").all_inner_texts()]
        for row in figure.locator("tbody tr").all()
    ]
    link = figure.get_by_role("link", name=re.compile("CSV")).first.get_attribute("href")
    text = fetch(site + link).body.decode("utf-8-sig")
    fetched = [
        [_plain(cell) for cell in row] for row in csv.reader(io.StringIO(text), delimiter=";")
    ]
    assert shown
    assert all(row in fetched for row in shown)


def _plain(cell: str) -> str:
    return re.sub(r"\s", "", cell)


CHECKLIST = "/framgangsfaktorer/koll-och-uppfoljning/overlamning-nar-en-elev-byter-skola/"


def test_what_she_ticks_in_a_checklist_is_there_when_she_comes_back(visit):
    page = visit(CHECKLIST)
    page.locator("input[type=checkbox]").nth(2).check()
    total = page.locator("input[type=checkbox]").count()
    assert page.get_by_text(f"1 av {total} punkter klara").is_visible()
    page.reload()
    assert page.locator("input[type=checkbox]").nth(2).is_checked()
    page.get_by_role("button", name="Rensa kryssen").click()
    page.reload()
    assert page.locator("input[type=checkbox]:checked").count() == 0


def test_without_script_the_checklist_still_ticks_and_promises_nothing_more(visit):
    page = visit(CHECKLIST, script=False)
    page.locator("input[type=checkbox]").first.check()
    assert not page.get_by_role("button", name="Rensa kryssen").is_visible()


def test_a_low_answer_of_the_self_assessment_leads_to_advice(visit):
    page = visit("/framgangsfaktorer/samverkan/sjalvskattning/")
    assert not page.get_by_role("heading", name="Börja här").is_visible()
    page.get_by_label("Stämmer helt").nth(0).check()
    page.get_by_label("Stämmer inte").nth(2).check()
    advice = page.locator("[data-reflection-list] a")
    assert advice.count() == 1
    assert page.get_by_text("2 av").is_visible()
    advice.click()
    assert page.url.endswith("/framgangsfaktorer/samverkan/#eleven-ager-motet")
