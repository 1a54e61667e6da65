"""What the answers to a questionnaire say: how many chose what.

Editors see every answer. The public sees shares in tens of a hundred, of groups with
``FEWEST`` answers at least, and only when the form has closed, so that nobody can follow
one answer by comparing before and after. Free text is for the editors alone.
"""

from collections import Counter
from dataclasses import dataclass, field

FEWEST = 10
STEP = 10


@dataclass(frozen=True)
class Row:
    """One answer: how many gave it, and its share of those who answered the question."""

    label: str
    count: int
    share: float

    @property
    def percent(self) -> int:
        return round(self.share * 100)

    @property
    def rounded(self) -> int:
        """The share in steps of ten, half upwards, as the public sees it."""
        return STEP * int(self.share * 100 / STEP + 0.5)


@dataclass(frozen=True)
class QuestionSummary:
    """The answers to one question; ``texts`` where it was answered in words."""

    number: int
    text: str
    kind: str
    answered: int
    rows: list[Row] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    @property
    def is_public(self) -> bool:
        return bool(self.rows) and self.answered >= FEWEST


@dataclass(frozen=True)
class RespondentSummary:
    code: str
    title: str
    answers: int
    questions: list[QuestionSummary]

    @property
    def is_public(self) -> bool:
        return self.answers >= FEWEST

    @property
    def at_least(self) -> int:
        """The number of answers as the public sees it: the ten that it has reached."""
        return self.answers - self.answers % STEP


def summary_of(page) -> list[RespondentSummary]:
    """One summary a respondent, in one query."""
    from .fields import fields_of

    given = list(page.get_submissions().order_by("pk").values_list("respondent", "form_data"))
    questions = fields_of(page)
    return [
        _of_respondent(
            part.value,
            [data for code, data in given if code == part.value["code"]],
            [one for one in questions if one.respondent == part.value["code"]],
        )
        for part in page.respondents
    ]


def _of_respondent(part, sheets: list[dict], questions) -> RespondentSummary:
    made = [_of_question(number, one, sheets) for number, one in enumerate(questions, start=1)]
    return RespondentSummary(part["code"], part["title"], len(sheets), made)


def _of_question(number: int, question, sheets: list[dict]) -> QuestionSummary:
    given = [answer for sheet in sheets if (answer := sheet.get(question.clean_name))]
    shape = {"number": number, "text": question.label, "kind": question.kind}
    if question.is_text:
        return QuestionSummary(**shape, answered=len(given), texts=[str(one) for one in given])
    chosen = Counter(one for answer in given for one in _several(answer))
    # An answer that was taken out of the list since is still an answer.
    labels = [*question.options, *(one for one in chosen if one not in question.options)]
    rows = [Row(label, chosen[label], chosen[label] / (len(given) or 1)) for label in labels]
    return QuestionSummary(**shape, answered=len(given), rows=rows)


def _several(answer) -> list[str]:
    return list(dict.fromkeys(answer)) if isinstance(answer, list) else [answer]
