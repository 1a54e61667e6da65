"""Accounts: who has which role, and a new start for those who lost their second factor.

Superusers are left to the CMS: nobody gets into one of their accounts from here. An address
is written once, so that no password of somebody else can be asked for under another one.
"""

from smtplib import SMTPException

from allauth.account.internal.flows.password_reset import request_password_reset
from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pluginnovation.core import second_factor
from pluginnovation.core.models import Municipality, User

from .. import audit, rights
from ..access import staff_only
from . import WAY, changes

_HERE = [*WAY, {"url": "/personal/konton/", "depth": 4, "title": "Konton"}]
NO_LETTER = (
    "Kontot är gjort, men brevet gick inte att skicka. Be personen välja Glömt lösenordet vid"
    " inloggningen."
)
OWN = "Din egen roll och ditt eget konto ändrar en annan statistikansvarig."


class AccountForm(forms.ModelForm):
    municipality = forms.ModelChoiceField(
        Municipality.objects.in_goteborg_region(),
        label="Kommun",
        required=False,
        empty_label="ingen",
        help_text="Behövs för en kommunläsare: den kommunens exakta uppgifter visas.",
    )

    class Meta:
        model = User
        fields = ("first_name", "last_name", "role", "municipality", "is_active")
        labels = {
            "first_name": "Förnamn",
            "last_name": "Efternamn",
            "role": "Roll i statistiken",
            "is_active": "Kontot går att logga in med",
        }
        help_texts = {"is_active": "Ta bort krysset när någon slutar. Konton tas inte bort."}

    def clean(self):
        given = super().clean()
        if given.get("role") == User.Role.MUNICIPAL_READER and not given.get("municipality"):
            self.add_error("municipality", "Välj den kommun vars uppgifter kontot ska läsa.")
        return given


class NewAccountForm(AccountForm):
    class Meta(AccountForm.Meta):
        fields = ("email", "first_name", "last_name", "role", "municipality")
        labels = {"email": "E-postadress", **AccountForm.Meta.labels}
        help_texts = {
            "email": "Dit går en länk för att välja lösenord. Adressen ändras inte sedan."
        }

    def clean_email(self):
        email = self.cleaned_data["email"].lower()
        if User.objects.filter(email__iexact=email).exists():
            raise forms.ValidationError("Det finns redan ett konto med den adressen.")
        return email

    def save(self, commit=True):
        self.instance.set_unusable_password()
        return super().save(commit)


def _manageable():
    """The accounts that are managed here."""
    return User.objects.filter(is_superuser=False).select_related("municipality")


@staff_only(rights.may_manage)
@require_safe
def accounts(request):
    """Everybody with an account, those with a role first."""
    listed = _manageable().annotate(
        has_second_factor=Exists(
            second_factor.Authenticator.objects.filter(
                user=OuterRef("pk"), type=second_factor.Authenticator.Type.TOTP
            )
        )
    )
    context = {
        "breadcrumbs": WAY,
        "breadcrumb_title": "Konton",
        "with_role": [user for user in listed if user.role],
        "without_role": [user for user in listed if not user.role],
    }
    return render(request, "statistics/manage/accounts.html", context)


@staff_only(rights.may_manage)
@require_http_methods(["GET", "HEAD", "POST"])
def new_account(request):
    form = NewAccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            user = form.save()
            audit.record(
                audit.Action.CHANGED_USER,
                request.user,
                detail=f"nytt konto {user.email}; {changes.told(form)}",
            )
        try:
            request_password_reset(request, user.email, [user], None)
        except (OSError, SMTPException):
            messages.warning(request, NO_LETTER)
        else:
            messages.success(request, f"{user.email} har fått en länk för att välja lösenord.")
        return redirect("manage:accounts")
    return _form(request, form, "Nytt konto")


@staff_only(rights.may_manage)
@require_http_methods(["GET", "HEAD", "POST"])
def account(request, pk):
    user = get_object_or_404(_manageable(), pk=pk)
    if user == request.user:
        messages.info(request, OWN)
        return redirect("manage:accounts")
    form = AccountForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            form.save()
            audit.record(
                audit.Action.CHANGED_USER,
                request.user,
                detail=f"{user.email}; {changes.told(form) or 'inget'}",
            )
        messages.success(request, f"Kontot {user.email} är sparat.")
        return redirect("manage:accounts")
    return _form(request, form, user.email, user)


@staff_only(rights.may_manage)
@require_POST
def reset_second_factor(request, pk):
    """Take a lost app away: at the next login the person sets up a new one."""
    user = get_object_or_404(_manageable(), pk=pk)
    if user == request.user:
        messages.info(request, OWN)
        return redirect("manage:accounts")
    with transaction.atomic():
        second_factor.take_away(user)
        audit.record(
            audit.Action.CHANGED_USER,
            request.user,
            detail=f"{user.email}; andra steget nollställt",
        )
    messages.success(request, f"{user.email} kopplar en ny app vid nästa inloggning.")
    return redirect("manage:account", pk=pk)


def _form(request, form, title, user=None):
    context = {
        "breadcrumbs": _HERE,
        "breadcrumb_title": title,
        "title": title,
        "form": form,
        "account": user,
        "has_second_factor": bool(user) and second_factor.has_one(user),
    }
    return render(request, "statistics/manage/form.html", context)
