"""What the pages show."""

import json
import re
from itertools import pairwise

import html5lib
import pytest
from django.core.files.base import ContentFile

from knowledge import models

from . import factories as make

pytestmark = pytest.mark.django_db
FORGED = '<script>alert("x")</script>'


def get(client, url):
    answer = client.get(url)
    assert answer.status_code == 200
    text = answer.content.decode()
    html5lib.HTMLParser(strict=True).parse(text)
    levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", text)]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert " style=" not in text
    return text


def test_a_factor_shows_advice_in_three_columns_with_works_tools_and_research(client):
    page = make.FactorFactory()
    work = make.WorkFactory(title="En studie", factors=[page])
    advice = make.GuidanceFactory(page=page, level="kommun", heading="Gå samman", slug="samman")
    advice.works = [work]
    advice.save()
    models.FactorResearch.objects.create(page=page, work=work, line="Mentorer hjälper.")
    make.ChecklistFactory(parent=page, title="En checklista", factors=[page])
    make.SummaryFactory(title="En sammanfattning", factors=[page])
    text = get(client, page.url)
    for words in ("Individ", "Organisation", "Kommun", "Mentorer hjälper.", "Hall (2009)"):
        assert words in text
    assert 'id="samman"' in text
    assert "En checklista" in text and "En sammanfattning" in text
    assert work.url in text


def test_a_long_page_says_what_is_on_it_and_leads_there(client):
    factor = make.FactorFactory(why="<p>Därför.</p>", reflection_intro="Svara för er.")
    work = make.WorkFactory(factors=[factor])
    models.FactorResearch.objects.create(page=factor, work=work, line="Så här.")
    make.MethodFactory(parent=factor, factors=[factor])
    make.SummaryFactory(work=work, factors=[factor])
    text = client.get(factor.url).content.decode()
    contents = text.partition('aria-labelledby="pa-sidan"')[2].partition("</nav>")[0]
    targets = re.findall(r'href="#([^"]+)"', contents)
    levels = ["niva-individ", "niva-organisation", "niva-kommun"]
    after = ["sjalvskattning", "verktyg", "bibliotek", "forskning"]
    assert targets == ["varfor", *levels, *after]
    assert [target for target in targets if text.count(f'id="{target}"') != 1] == []


def test_the_overview_leads_from_each_cell_to_its_advice(client):
    advice = make.GuidanceFactory()
    text = get(client, make.FactorIndexFactory().url)
    assert f'{advice.page.url}#{advice.slug}"' in text
    assert '<th scope="col">Kommun</th>' in text


def test_a_checklist_is_boxes_that_need_no_script(client):
    text = get(client, make.ChecklistFactory().url)
    assert '<input type="checkbox"' in text
    assert "Fråga eleven" in text and "Tio minuter." in text


def test_a_questionnaire_shows_the_steps_of_each_scale(client):
    text = get(client, make.QuestionnaireFactory().url)
    assert "<li>Lite</li><li>Mycket</li>" in re.sub(r"\s*(<li>)", r"\1", text)
    assert "Välj ett." in text and "Svara med egna ord." in text


def test_a_method_shows_its_steps_in_order(client):
    page = make.MethodFactory(time="En timme")
    for number, heading in enumerate(("Först", "Sedan")):
        page.steps.add(models.MethodStep(sort_order=number, heading=heading, body="<p>Gör.</p>"))
    page.save()
    text = get(client, page.url)
    assert text.index("Först") < text.index("Sedan")
    assert "En timme" in text


def test_a_lecture_has_its_film_captions_and_transcript(client):
    page = make.LectureFactory(synthetic_voice=True)
    text = get(client, page.url)
    assert text.index("video/webm") < text.index("video/mp4")
    assert '<track kind="captions"' in text
    assert 'href="?t=83#film">1:23</a>' in text
    assert "Rösten är syntetisk" in text


def test_a_time_in_the_address_starts_the_film_there(client):
    page = make.LectureFactory()
    sources = re.findall(r'<source src="([^"]+)"', get(client, f"{page.url}?t=83"))
    assert len(sources) == 2
    assert all(source.endswith("#t=83") for source in sources)


@pytest.mark.parametrize("time", ["-1", "abc", "101", "9" * 30, "٣", "1.5", "<b>", "\x00"])
def test_a_time_that_is_not_in_the_film_is_dropped_with_a_sentence(client, time):
    text = get(client, make.LectureFactory().url + f"?t={time}")
    assert "#t=" not in text.replace("?t=", "")
    assert "finns inte i filmen" in text


def test_a_lecture_whose_film_is_gone_still_helps(client):
    page = make.LectureFactory()
    page.media.delete()
    text = get(client, page.url)
    assert "Filmen går inte att visa just nu" in text
    assert "grannskapet" in text


def test_the_data_for_search_engines_cannot_leave_its_element(client):
    page = make.LectureFactory(summary=f"</script>{FORGED}", seconds=200)
    text = get(client, page.url)
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.S)[1]
    video = json.loads(data)
    assert (video["@type"], video["duration"]) == ("VideoObject", "PT3M20S")
    assert video["description"] == page.summary
    assert video["contentUrl"].startswith("http://testserver/media/")
    assert FORGED not in text


def test_new_captions_of_a_film_are_on_the_page_at_once(client):
    page = make.LectureFactory()
    new = "WEBVTT\n\n00:01.000 --> 00:02.000\nNya ord.\n"
    page.media.captions.save("ny.vtt", ContentFile(new.encode()))
    assert "Nya ord." in get(client, page.url)


def test_a_work_shows_its_reference_and_where_it_is_used(client):
    work = make.WorkFactory(title="Vad hjälper?", null_result=True)
    summary = make.SummaryFactory(work=work)
    method = make.MethodFactory(works=[work])
    make.GuidelineFactory(works=[work])
    advice = make.GuidanceFactory()
    advice.works = [work]
    advice.save()
    text = get(client, work.url)
    for page in (summary, method, advice.page):
        assert page.url in text
    assert "Hall, C. (2009). Vad hjälper?" in text
    assert '<meta name="citation_author" content="Caroline Hall">' in text
    assert "ingen effekt" in text
    assert '<p class="kicker">Riktlinje</p>' in text


def test_a_summary_says_its_strength_in_words_with_the_reason(client):
    library = make.LibraryIndexFactory()
    library.evidence_rule = "<p>Regeln är enkel.</p>"
    library.save()
    text = get(client, make.SummaryFactory().url)
    assert "Måttlig." in text and "Lottat försök" in text and "Regeln är enkel." in text


def test_a_risk_factor_shows_each_fact_with_year_and_source(client):
    risk = make.RiskFactorFactory(slug="skolbyten")
    work = make.WorkFactory()
    models.RiskFactorFact.objects.create(
        risk_factor=risk, text="Fler byter.", country="Sverige", year="2021", work=work
    )
    text = get(client, "/riskfaktorer/skolbyten/")
    assert "Fler byter." in text and "Sverige, 2021" in text and work.url in text
    assert "/riskfaktorer/skolbyten/" in get(client, "/riskfaktorer/")


def test_an_unknown_risk_factor_is_not_found(client):
    assert client.get("/riskfaktorer/finns-inte/").status_code == 404


@pytest.mark.parametrize(
    "page",
    [
        lambda: make.FactorFactory(title=FORGED, summary=FORGED, tagline="<b>x"),
        lambda: make.WorkFactory(title=FORGED, country=FORGED),
        lambda: make.SummaryFactory(title=FORGED, method=FORGED, grade_reason=FORGED),
        lambda: make.LectureFactory(title=FORGED, speaker=FORGED),
        lambda: make.MethodFactory(title=FORGED, time=FORGED),
    ],
)
def test_text_of_editors_is_shown_as_text(client, page):
    assert FORGED not in get(client, page().url)


def test_a_draft_is_not_found(client):
    page = make.MethodFactory(live=False)
    assert client.get(page.url).status_code == 404


def test_an_address_below_a_page_that_has_nothing_there_is_not_found(client):
    page = make.MethodFactory()
    assert client.get(f"{page.url}finns-inte/").status_code == 404
    assert client.get("/verktyg/finns-inte/alls/").status_code == 404


def test_every_page_leads_back_to_those_above_it(client):
    page = make.MethodFactory(parent=make.FactorFactory())
    trail = re.search(r'<nav class="breadcrumbs.*?</nav>', get(client, page.url), re.S)[0]
    assert re.findall(r'href="([^"]+)"', trail) == [
        "/",
        "/framgangsfaktorer/",
        page.get_parent().url,
    ]


@pytest.mark.parametrize(("there", "says_where_more_is"), [(9, False), (10, True)])
def test_a_factor_shows_some_summaries_and_where_the_others_are(client, there, says_where_more_is):
    page = make.FactorFactory(slug="samverkan")
    for _ in range(there):
        make.SummaryFactory(factors=[page])
    text = get(client, page.url)
    assert text.count('<h3><a href="/forskning/sammanfattningar/') == 9
    assert ('href="/forskning/?faktor=samverkan"' in text) is says_where_more_is
