"""What people answered online. No name, no address, no network: a day, a group, the answers."""

from datetime import datetime, time, timedelta

from django.db import models
from django.utils import timezone
from wagtail.contrib.forms.models import AbstractFormSubmission

from knowledge.choices import Respondent

# More than any questionnaire of a region gives; a bound against being filled up.
MOST_ANSWERS = 5000
DAYS_IN_MONTH = 30


class AnswerQuerySet(models.QuerySet):
    def take(self, page, respondent: str, questions, answers: dict):
        """Keep one sheet of answers, with the questions as they were asked."""
        given = {name: answer for name, answer in answers.items() if answer}
        asked = {one.clean_name: one.label for one in questions if one.clean_name in given}
        return self.create(page=page, respondent=respondent, form_data=given, asked=asked)

    def delete_old(self, now: datetime | None = None) -> int:
        """Delete what is older than the months that its questionnaire sets; how many."""
        from .questionnaires import QuestionnairePage

        now = now or timezone.now()
        kept = QuestionnairePage.objects.values_list("keep_months", flat=True).distinct()
        return sum(self._of_months(months, now) for months in kept.order_by())

    def _of_months(self, months: int, now: datetime) -> int:
        pages = self.model.questionnaires(months)
        limit = now - timedelta(days=months * DAYS_IN_MONTH)
        return self.filter(page__in=pages, submit_time__lt=limit).delete()[0]


def today() -> datetime:
    """The day alone: the minute could tell who it was."""
    return timezone.make_aware(datetime.combine(timezone.localdate(), time()))


class QuestionnaireAnswer(AbstractFormSubmission):
    """One sheet of answers from one person, who stays unknown."""

    respondent = models.CharField("svarande", max_length=20, choices=Respondent.choices)
    submit_time = models.DateTimeField("dag", default=today)
    asked = models.JSONField("frågorna så som de ställdes", default=dict)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = "enkätsvar"
        verbose_name_plural = "enkätsvar"

    def __str__(self):
        return f"{self.get_respondent_display()}, {timezone.localdate(self.submit_time)}"

    @staticmethod
    def questionnaires(months: int):
        from .questionnaires import QuestionnairePage

        return QuestionnairePage.objects.filter(keep_months=months).values("pk")

    def get_data(self):
        day = timezone.localdate(self.submit_time).isoformat()
        who = self.get_respondent_display()
        return {**self.form_data, "submit_time": day, "respondent": who}
