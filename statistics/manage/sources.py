"""Sources: who sends records, about what, and whether somebody else approves them."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from pluginnovation.core.models import Municipality, User

from .. import audit, rights
from ..access import staff_only
from ..models import SchoolUnit, Source
from . import WAY, changes

_HERE = [*WAY, {"url": "/personal/kallor/", "depth": 4, "title": "Källor"}]
_SEPARATORS = str.maketrans(",;\n\r\t", "     ")


class CodeList(forms.CharField):
    """School unit codes in a text box, one or several to a line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value) -> list[str]:
        codes = list(dict.fromkeys(super().clean(value).translate(_SEPARATORS).split()))
        known = set(SchoolUnit.objects.filter(code__in=codes).values_list("code", flat=True))
        if unknown := [code for code in codes if code not in known]:
            raise forms.ValidationError(
                f"Finns inte i registret över skolenheter: {', '.join(unknown)[:200]}."
                " Skriv åttasiffriga skolenhetskoder, en på varje rad."
            )
        return codes

    def has_changed(self, initial, data):
        return (initial or []) != (data or "").translate(_SEPARATORS).split()


class Accounts(forms.ModelMultipleChoiceField):
    """Accounts to tick, each with its name and the address that tells it from others."""

    def label_from_instance(self, user):
        name = user.get_full_name()
        return f"{name} ({user.email})" if name else user.email


class SourceForm(forms.ModelForm):
    municipalities = forms.ModelMultipleChoiceField(
        Municipality.objects.in_goteborg_region(),
        label="Hemkommuner",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="De som källan får rapportera om. Ingen vald betyder alla.",
    )
    senders = Accounts(
        User.objects.filter(role=User.Role.REPORTER, is_active=True),
        label="Uppgiftslämnare",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="De som får skicka in källans filer. Här finns konton med den rollen.",
    )
    school_units = CodeList(
        label="Skolenheter",
        required=False,
        help_text="Skolenhetskoder som källan får rapportera. Tomt betyder alla.",
    )

    class Meta:
        model = Source
        fields = (
            "name",
            "kind",
            "municipalities",
            "school_units",
            "senders",
            "needs_approval",
        )
        labels = {"name": "Namn", "kind": "Slag", "needs_approval": "Ska godkännas av en annan"}


class NewSourceForm(SourceForm):
    class Meta(SourceForm.Meta):
        fields = ("code", *SourceForm.Meta.fields)
        labels = {"code": "Kod", **SourceForm.Meta.labels}
        help_texts = {
            "code": "Kort namn i filer och kommandon, till exempel kungalv. Det ändras aldrig."
        }


@staff_only(rights.may_manage)
@require_safe
def sources(request):
    """All sources with their scope and senders."""
    listed = Source.objects.annotate(taken_in=Count("batches", distinct=True)).prefetch_related(
        "municipalities", Prefetch("senders", User.objects.order_by("email"))
    )
    context = {"breadcrumbs": WAY, "breadcrumb_title": "Källor", "sources": listed}
    return render(request, "statistics/manage/sources.html", context)


@staff_only(rights.may_manage)
@require_http_methods(["GET", "HEAD", "POST"])
def new_source(request):
    return _edit(request, NewSourceForm(request.POST or None), "Ny källa")


@staff_only(rights.may_manage)
@require_http_methods(["GET", "HEAD", "POST"])
def source(request, code):
    found = get_object_or_404(Source, code=code)
    return _edit(request, SourceForm(request.POST or None, instance=found), found.name)


def _edit(request, form, title):
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            saved = form.save()
            said = changes.told(form)
            audit.record(
                audit.Action.CHANGED_SOURCE, request.user, source=saved, detail=said or "inget"
            )
        messages.success(request, f"{saved.name} är sparad.")
        return redirect("manage:sources")
    context = {"breadcrumbs": _HERE, "breadcrumb_title": title, "title": title, "form": form}
    return render(request, "statistics/manage/form.html", context)
