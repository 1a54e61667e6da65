"""The editor's form of a report: its own questions, each with the steps of its own scale."""

from contextlib import suppress

from django.core.exceptions import ObjectDoesNotExist
from wagtail.admin.forms import WagtailAdminModelForm


class ReportForm(WagtailAdminModelForm):
    """Offers only questions of the report's form, and only steps of a question's scale."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "answers" in self.formsets and self.instance.form_id:
            for row in self.formsets["answers"].forms:
                self._narrow(row)

    def _narrow(self, row) -> None:
        row.fields["question"].queryset = self.instance.form.questions.all()
        with suppress(ObjectDoesNotExist):
            row.fields["step"].queryset = row.instance.question.scale.steps.all()

    def clean(self):
        cleaned = super().clean()
        form = cleaned.get("form")
        for row in self.formsets["answers"].forms if "answers" in self.formsets else ():
            question = getattr(row, "cleaned_data", {}).get("question")
            if form and question and question.form_id != form.pk:
                row.add_error("question", "Frågan hör till en annan frågelista.")
        return cleaned


def add_missing_answers(report) -> int:
    """Give the report an empty answer for every question it has none for; how many were made."""
    answered = set(report.answers.values_list("question_id", flat=True))
    missing = [q for q in report.form.questions.all() if q.pk not in answered]
    for question in missing:
        report.answers.create(question=question, sort_order=question.sort_order)
    report.save()
    return len(missing)
