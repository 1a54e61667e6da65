"""Accounts in the CMS: nobody but a superuser makes one, or lays hands on one.

Without this everybody who may change accounts, the group of administrators, could give all
rights to themselves by another account of theirs, or by setting a superuser's password. Nor do
they come to the records by setting the password of somebody with a role in the statistics.
"""

from django.core.exceptions import PermissionDenied
from wagtail.users.views import users

ONLY_SUPERUSERS = "Bara den som själv har alla rättigheter kan ge dem till någon."
ONLY_THEMSELVES = "Den som har en roll i statistiken byter själv, med Glömt lösenordet."


class OwnRightsOnly:
    """The box for all rights keeps what it says where the one at the form does not have them."""

    def get_form(self, *args, **kwargs):
        form = super().get_form(*args, **kwargs)
        box = form.fields.get("is_superuser")
        if box and not self.request.user.is_superuser:
            box.disabled, box.help_text = True, ONLY_SUPERUSERS
        return form


class CreateView(OwnRightsOnly, users.CreateView):
    pass


class EditView(OwnRightsOnly, users.EditView):
    def dispatch(self, request, *args, **kwargs):
        refuse_superusers(request, [self.object])
        return super().dispatch(request, *args, **kwargs)

    def get_form(self, *args, **kwargs):
        form = super().get_form(*args, **kwargs)
        if self.object.role and not self.request.user.is_superuser:
            for name in {"email", "password1", "password2"} & form.fields.keys():
                form.fields[name].disabled, form.fields[name].help_text = True, ONLY_THEMSELVES
        return form


class UserViewSet(users.UserViewSet):
    add_view_class = CreateView
    edit_view_class = EditView


def refuse_superusers(request, accounts) -> None:
    """Raise ``PermissionDenied`` where one of the accounts has more rights than may be changed."""
    if not request.user.is_superuser and any(account.is_superuser for account in accounts):
        raise PermissionDenied


def before_bulk_action(request, action_type, objects, action):
    """The same for what is done to many at once."""
    if issubclass(action.model, users.User):
        refuse_superusers(request, objects)
