"""A student answers a questionnaire, an editor reads the answers, everybody sees the summary."""

import csv
import io
import re

import pytest
from PIL import Image

from .test_pages import AXE

FACTOR = "/framgangsfaktorer/flexibilitet"
# Two questionnaires of our own: one that is open, one that has closed with twelve answers.
MADE = """
from datetime import timedelta
from django.utils import timezone
from knowledge.models import QuestionnaireAnswer, QuestionnairePage
from knowledge.online.fields import fields_of
model = QuestionnairePage.objects.get(slug="enkat-om-deltagande-i-plug-in")
own = {"is_open": True, "thank_you": "<p>Resultatet kommer i maj.</p>", "closes_on": None}
model.copy(update_attrs=own | {"slug": "prov-oppen", "title": "Prov: öppen enkät"})
shut = own | {"closes_on": timezone.localdate() - timedelta(days=1), "publish_summary": True}
shut = model.copy(update_attrs=shut | {"slug": "prov-stangd", "title": "Prov: stängd enkät"})
questions = fields_of(shut, "elev")
scale = questions[0].clean_name
words = next(one.clean_name for one in questions if one.is_text)
for number in range(12):
    QuestionnaireAnswer.objects.create(
        page=shut,
        respondent="elev",
        form_data={scale: questions[0].options[number % 3], words: f"=Eget ord {number}"},
        asked={scale: questions[0].label, words: "?"},
    )
print(shut.pk)
"""


@pytest.fixture(scope="module")
def shut(site):
    """The key of the questionnaire that has closed."""
    return int(site.manage("shell", "--verbosity", "0", "-c", MADE).split()[-1])


@pytest.mark.parametrize("script", [True, False])
def test_a_student_is_told_what_is_wrong_loses_nothing_and_is_thanked(visit, shut, script):
    page = visit(f"{FACTOR}/prov-oppen/", width=360, script=script)
    page.locator("main").get_by_role("link", name="Elev", exact=True).first.click()
    assert page.url.endswith("/svara/elev/")
    page.get_by_label("Stämmer helt").first.check()
    page.get_by_label("Hjälp med uppgifter").check()
    words = page.get_by_label(re.compile("Vad har inte hjälpt"))
    words.fill("Det gick bra. Ring mig på 070-123 45 67.")
    page.wait_for_timeout(3_100)  # what comes faster is taken for a machine's
    page.get_by_role("button", name="Skicka svaren").click()

    told = page.get_by_role("alert")
    assert "Svaren är inte skickade än" in told.inner_text()
    assert page.title().startswith("Något saknas")
    if script:
        assert AXE.run(page).violations_count == 0
    told.get_by_role("link").click()
    assert "#fraga-" in page.url
    assert page.get_by_label("Stämmer helt").first.is_checked()
    assert page.get_by_label("Hjälp med uppgifter").is_checked()
    assert words.input_value() == "Det gick bra. Ring mig på [borttaget]."
    words.fill("Det gick bra.")
    page.get_by_role("button", name="Skicka svaren").click()

    page.wait_for_url(re.compile("/svara/elev/tack/"))
    assert page.locator("h1").inner_text() == "Tack, dina svar är inne"
    assert page.get_by_text("Resultatet kommer i maj.").is_visible()
    assert page.context.cookies() == []


def test_everybody_sees_the_summary_of_a_closed_one_in_tens_and_as_charts(visit, shut):
    page = visit(f"{FACTOR}/prov-stangd/", width=360)
    assert page.get_by_text("Enkäten stängde").is_visible()
    page.get_by_role("link", name="Se vad de som svarade tyckte").click()
    page.get_by_text("Minst 10 svar.").wait_for()
    assert page.get_by_text("Eget ord").count() == 0
    shares = page.locator("tbody .num").all_inner_texts()
    assert shares and all(re.fullmatch(r"\d{1,2}0 %|0 %", share) for share in shares)
    chart = page.locator(".answer-chart").first
    chart.scroll_into_view_if_needed()
    page.wait_for_function("e => e.complete && e.naturalWidth > 200", arg=chart.element_handle())
    picture = Image.open(io.BytesIO(chart.screenshot())).convert("L")
    darkest, lightest = picture.getextrema()
    assert darkest < 120 and lightest > 240  # bars on paper, not an empty box
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert AXE.run(page).violations_count == 0


def test_an_editor_reads_the_answers_as_charts_and_takes_them_as_a_file(log_in, shut):
    page = log_in("redaktor@demo.example", f"/admin/forms/submissions/{shut}/")
    assert page.locator("input[name=selected-submissions]").count() == 12
    file = page.request.get(f"/admin/forms/submissions/{shut}/?export=csv")
    assert file.headers["content-type"].startswith("text/csv")
    head, *rows = csv.reader(io.StringIO(file.body().decode("utf-8-sig")))
    assert head[:2] == ["Dag", "Svarande"] and len(rows) == 12
    answers = [cell for row in rows for cell in row if "Eget ord" in cell]
    assert len(answers) == 12 and all(cell.startswith("'=") for cell in answers)

    page.get_by_role("link", name="Sammanställning").click()
    page.get_by_role("heading", name="Elev: 12 svar").wait_for()
    assert page.locator("main svg[role], main svg.marks").first.is_visible()
    shares = page.locator("tbody tr").first.locator("td").all_inner_texts()
    assert shares == ["4", "33 %"]
