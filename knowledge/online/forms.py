"""The form that an anonymous visitor fills in."""

import re

from wagtail.contrib.forms.forms import BaseForm

from .fields import QuestionFormBuilder

# Ten digits or more in a row, however they are set apart: a personal number or a telephone.
LONG_NUMBER = re.compile(r"(?:\d[ \t\-+–/().]{0,2}){9,}\d")
MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@.]+")
BLOT = "[borttaget]"
PERSONAL = (
    "Svaret innehöll ett nummer eller en e-postadress som kan peka ut någon. Den uppgiften är "
    "borttagen. Läs igenom svaret och skicka igen."
)
NOTHING = "Du har inte svarat på någon fråga ännu. Svara på minst en och skicka sedan."


def blotted(text: str) -> str:
    """The text without what may be a personal number, a telephone or a mail address."""
    return MAIL.sub(BLOT, LONG_NUMBER.sub(BLOT, text))


class AnswerForm(BaseForm):
    """Answers to one respondent's questions: none must be given, but one at least."""

    def __init__(self, data=None, **kwargs):
        self.personal = set()
        super().__init__(self._without_personal(data), **kwargs)
        for name in self.fields:
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def _without_personal(self, data):
        """What was sent, blotted where it holds such data, so that it is not shown again."""
        if data is None:
            return None
        kept = data.copy()
        for name in self.base_fields:
            values = data.getlist(name)
            clean = [blotted(value) for value in values]
            if clean != values and not hasattr(self.base_fields[name], "choices"):
                kept.setlist(name, clean)
                self.personal.add(name)
        return kept

    def clean(self):
        cleaned = super().clean()
        for name in self.personal:
            self.add_error(name, PERSONAL)
        if not self.errors and not any(cleaned.values()):
            self.add_error(None, NOTHING)
        return cleaned


def form_class(questions):
    """The form of these questions, made by Wagtail's form builder."""
    return type("AnswerForm", (AnswerForm,), QuestionFormBuilder(questions).formfields)
