"""What holds of the demo content of the case studies; run by tests/site/test_demo.py."""

import io

from casestudies import demo
from casestudies.drawings import drawings
from casestudies.models import CaseStudyPage, EvaluationForm, EvaluationReport, EvaluationScale
from knowledge.demo_pages import slug_of_work
from knowledge.models import FactorPage, ToolPage
from pluginnovation.core.fixtures import read_folder
from pluginnovation.core.models import SiteImage
from tests.knowledge.factories import home

CASES = read_folder("cases")
FORMS = {form["code"]: form for form in read_folder("evaluation-forms")}


def _state():
    cases = CaseStudyPage.objects.order_by("pk").values_list("pk", "title", "path", "result")
    answers = EvaluationReport.objects.order_by("pk").values_list("pk", "answers", "note")
    through = [CaseStudyPage.factors.through, CaseStudyPage.guidance.through]
    return list(cases), list(answers), [model.objects.count() for model in through]


def _slugs(relation):
    return set(relation.values_list("slug", flat=True))


class CaseStudyDemo:
    """For a ``TestCase`` that has loaded the demo content."""

    def test_loading_the_cases_twice_makes_nothing_new_and_keeps_what_an_editor_changed(self):
        case = CaseStudyPage.objects.first()
        case.title = "Ändrad av redaktionen"
        case.save()
        before = _state()
        demo.load(home(), io.StringIO())
        assert _state() == before

    def test_every_case_and_every_report_of_the_files_is_there(self):
        assert CaseStudyPage.objects.live().count() == len(CASES) == 36
        with_answers = [item for item in CASES if item.get("evaluation")]
        assert EvaluationReport.objects.filter(live=True).count() == len(with_answers) == 15
        assert EvaluationForm.objects.count() == len(FORMS) == 2
        assert EvaluationScale.objects.filter(code="change").get().steps.count() == 5

    def test_everything_that_a_case_names_is_there(self):
        for item in CASES:
            case = CaseStudyPage.objects.get(slug=item["slug"])
            named = item.get("related") or {}
            guidance = {f"{row.page.slug}/{row.slug}" for row in case.guidance.all()}
            assert guidance == set(named.get("guidance") or ()), item["slug"]
            assert _slugs(case.tools) == set(named.get("tools") or ()), item["slug"]
            works = {slug_of_work(slug) for slug in _slugs(case.works)}
            assert works == {slug_of_work(one) for one in named.get("works") or ()}
            assert _slugs(case.factors) == set(item["factors"])
            codes = set(case.municipalities.values_list("code", flat=True))
            assert codes == set(item["municipalities"])

    def test_each_factor_and_each_tool_that_names_cases_leads_to_them(self):
        for page in FactorPage.objects.all():
            assert page.case_studies.count() > 3, page.slug
        for item in read_folder("tools"):
            cases = _slugs(ToolPage.objects.get(slug=item["slug"]).case_studies)
            assert cases == set(item.get("cases") or ()), item["slug"]

    def test_pictures_are_made_once_and_shown_with_what_they_show_in_words(self):
        known = {drawing.name: drawing for drawing in drawings()}
        pictured = {item["slug"]: item["picture"] for item in CASES if item.get("picture")}
        assert set(pictured.values()) == set(known)
        assert SiteImage.objects.filter(title__startswith="Teckning").count() == len(known)
        for slug, name in list(pictured.items())[:3]:
            text = self.client.get(f"/fallstudier/{slug}/").content.decode()
            assert f'alt="{known[name].description}"' in text
            assert f"fallstudie-{name}" in text

    def test_every_key_in_the_texts_has_a_source(self):
        for case in CaseStudyPage.objects.all():
            known = {source.key for source in case.sources.all()}
            assert case.unknown_keys(known) == {}, case.slug

    def test_every_answer_of_the_files_is_shown_and_scale_answers_are_steps_of_the_scale(self):
        for item in CASES:
            if not (said := item.get("evaluation")):
                continue
            report = EvaluationReport.objects.get(case__slug=item["slug"])
            answers = {answer.question.code: answer for answer in report.answers.all()}
            assert set(answers) == set(said["answers"]) | set(said["cut_off"]), item["slug"]
            for code, text in said["answers"].items():
                question = next(q for q in FORMS[said["form"]]["questions"] if q["id"] == code)
                if FORMS[said["form"]]["scales"][question["scale"]]["steps"]:
                    assert answers[code].step.label == text.strip()
                else:
                    assert answers[code].text
