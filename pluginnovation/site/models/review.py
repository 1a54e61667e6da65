"""The step of the workflow that looks at language and access, and what checks have found."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.forms import TaskStateCommentForm
from wagtail.models import AbstractGroupApprovalTask


class CheckedForm(TaskStateCommentForm):
    """What the reviewer vouches for, point by point; a point left out stops the approval."""

    language = forms.BooleanField(label="Språket är klart, och texten vänder sig till läsaren.")
    headings = forms.BooleanField(
        label="Rubrikerna säger vad som följer, och länktexterna vart de leder."
    )
    media = forms.BooleanField(
        label="Bilder har alternativtext, och det som sägs i filmer går att läsa."
    )
    sources = forms.BooleanField(label="Påståenden har källa, och siffror har källa och år.")

    POINTS = ("language", "headings", "media", "sources")
    field_order = (*POINTS, "comment")


class LanguageCheckTask(AbstractGroupApprovalTask):
    """Moderators tick a list off; what a machine can see must be in order before."""

    class Meta:
        verbose_name = "kontroll av språk och tillgänglighet"
        verbose_name_plural = "kontroller av språk och tillgänglighet"

    @classmethod
    def get_description(cls):
        return "Gruppernas medlemmar bockar av en lista. Sidan kontrolleras också automatiskt."

    def get_actions(self, obj, user):
        if not super().get_actions(obj, user):
            return []
        # Unlike elsewhere, approving always asks.
        return [("reject", _("Request changes"), True), ("approve", _("Approve"), True)]

    def get_form_for_action(self, action):
        return CheckedForm if action == "approve" else TaskStateCommentForm

    def get_template_for_action(self, action):
        return "site/admin/check_modal.html" if action == "approve" else ""

    def on_action(self, task_state, user, action_name, **kwargs):
        from pluginnovation.site.editors.checks import findings

        if action_name == "approve":
            form = CheckedForm(kwargs)
            if not form.is_valid():
                raise ValidationError("Kryssa i alla punkterna i listan innan du godkänner.")
            found = findings(task_state.revision.as_object())
            if stops := [each.text for each in found if each.stops]:
                raise ValidationError(stops)
        return super().on_action(task_state, user, action_name, comment=kwargs.get("comment", ""))


class PageFinding(models.Model):
    """Something to mend on a published page, as the last check saw it."""

    class Code(models.TextChoices):
        SUMMARY = "sammanfattning", "Sammanfattning saknas"
        ALT = "alternativtext", "Alternativtext saknas"
        HEADINGS = "rubriker", "Rubriknivå hoppas över"
        LINK_TEXT = "lanktext", "Länktext saknas"
        CAPTIONS = "textning", "Textning saknas"
        TRANSCRIPT = "utskrift", "Utskrift saknas"
        CONTENT = "innehall", "Uppgift saknas"
        FIGURE = "siffra", "Siffra ur statistiken visas inte"
        INTERNAL = "intern-lank", "Bruten länk på webbplatsen"
        EXTERNAL = "extern-lank", "Bruten länk till annan webbplats"

    LINKS = (Code.INTERNAL, Code.EXTERNAL)

    page = models.ForeignKey(
        "wagtailcore.Page", models.CASCADE, related_name="findings", verbose_name="sida"
    )
    code = models.CharField("brist", max_length=20, choices=Code.choices)
    text = models.TextField("vad som är fel")
    target = models.TextField("länk eller fil", blank=True)
    checked_at = models.DateTimeField("kontrollerad", auto_now_add=True)

    class Meta:
        verbose_name = "brist på en sida"
        verbose_name_plural = "brister på sidor"
        ordering = ["page__title", "code", "pk"]

    def __str__(self):
        return self.text


class ExternalLink(models.Model):
    """How an address elsewhere answered when it was last asked."""

    url = models.URLField("adress", max_length=2000, unique=True)
    problem = models.CharField("problem", max_length=200, blank=True)
    checked_at = models.DateTimeField("kontrollerad")

    class Meta:
        verbose_name = "länk till annan webbplats"
        verbose_name_plural = "länkar till andra webbplatser"

    def __str__(self):
        return self.url


class Survey(models.Model):
    """That all published pages have been looked at."""

    finished_at = models.DateTimeField("klar", auto_now_add=True)
    pages = models.PositiveIntegerField("sidor")

    class Meta:
        verbose_name = "kontroll av alla sidor"
        verbose_name_plural = "kontroller av alla sidor"
        get_latest_by = "finished_at"

    def __str__(self):
        return f"{self.finished_at:%Y-%m-%d %H:%M}"
