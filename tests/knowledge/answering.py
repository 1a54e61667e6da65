"""Filling in a questionnaire as a visitor does, and answers that are there already."""

from knowledge.models import QuestionnaireAnswer
from knowledge.online import guards
from knowledge.online.fields import fields_of

HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}


def url(page, end=""):
    return f"{page.url}svara/elev/{end}"


def names(page):
    return [one.clean_name for one in fields_of(page, "elev")]


def sheet(page, **values):
    scale, text, choice = names(page)
    given = {scale: "Mycket", text: "En bra mentor", choice: "Två"} | values
    return given | {guards.MARK: guards.mark_for(page, "elev")}


def send(client, page, data=None, **headers):
    return client.post(url(page), data or sheet(page), **(headers or HERE))


def give(page, count, choice="Mycket", **more):
    scale = names(page)[0]
    for _ in range(count):
        QuestionnaireAnswer.objects.create(
            page=page, respondent="elev", form_data={scale: choice} | more, asked={scale: "Hur?"}
        )
