"""Accounts are closed and not removed: the audit log and the deliveries refer to them."""

from django.contrib import messages
from django.shortcuts import redirect
from wagtail import hooks

from .models import User

KEPT = "Konton tas inte bort: loggen hänvisar till dem. Ta bort krysset vid Aktiv i stället."


@hooks.register("before_delete_user")
def keep_account(request, user):
    messages.error(request, KEPT)
    return redirect("wagtailusers_users:edit", user.pk)


@hooks.register("before_bulk_action")
def keep_accounts(request, action_type, objects, action):
    if action_type == "delete" and action.model is User:
        messages.error(request, KEPT)
        return redirect("wagtailusers_users:index")
    return None
