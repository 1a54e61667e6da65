"""The fields of an online form, out of the questions of a questionnaire.

Wagtail's form builder makes the form of them. A field is named after the question's own
identity, which it keeps when questions are moved, added or reworded.
"""

from dataclasses import dataclass

from wagtail.contrib.forms.forms import FormBuilder

LONGEST_ANSWER = 2000
FIELD_TYPES = {"scale": "radio", "choice": "radio", "multi": "checkboxes", "text": "multiline"}


@dataclass(frozen=True)
class QuestionField:
    """One question, with what the form builder asks of a field."""

    clean_name: str
    label: str
    kind: str
    options: tuple[str, ...]
    help_text: str
    respondent: str
    section: str
    required: bool = False
    default_value: str = ""

    @property
    def field_type(self) -> str:
        """A question without answers to choose from is answered in words."""
        return FIELD_TYPES.get(self.kind, "multiline") if self.options else "multiline"

    @property
    def is_text(self) -> bool:
        return self.field_type == "multiline"


class QuestionFormBuilder(FormBuilder):
    """Text has a bound, and an answer may hold a comma."""

    def create_multiline_field(self, field, options):
        options["max_length"] = LONGEST_ANSWER
        made = super().create_multiline_field(field, options)
        made.widget.attrs["rows"] = 4
        made.error_messages["max_length"] = (
            "Svaret har %(show_value)d tecken. Korta det till högst %(limit_value)d."
        )
        return made

    def create_radio_field(self, field, options):
        made = super().create_radio_field(field, options)
        made.error_messages["invalid_choice"] = "Välj ett av svaren i listan."
        return made

    def create_checkboxes_field(self, field, options):
        made = super().create_checkboxes_field(field, options)
        made.error_messages["invalid_choice"] = "Välj bland svaren i listan."
        return made

    def get_formatted_field_choices(self, field):
        return [(option, option) for option in field.options]

    def get_formatted_field_initial(self, field):
        return []


def fields_of(page, respondent: str = "") -> list[QuestionField]:
    """The questions to one respondent, or to all of them, in order."""
    steps = page.steps_by_scale()
    return [
        _field(question, section, part.value["code"], steps, f"{at}x{under}x{number}")
        for at, part in enumerate(page.respondents)
        if respondent in ("", part.value["code"])
        for under, section in enumerate(part.value["sections"])
        for number, question in enumerate(section["questions"].bound_blocks)
    ]


def _field(bound, section, respondent: str, steps: dict, place: str) -> QuestionField:
    """``place`` names a question that is not saved yet, as in a preview."""
    question, kind = bound.value, bound.value["type"]
    options = steps.get(question.get("scale"), ()) if kind == "scale" else question.get("options")
    return QuestionField(
        clean_name=f"q{(bound.id or place).replace('-', '')}",
        label=question["text"],
        kind=kind,
        options=tuple(dict.fromkeys(options or ())) if kind != "text" else (),
        help_text=question.get("help") or "",
        respondent=respondent,
        section=section["heading"],
    )
