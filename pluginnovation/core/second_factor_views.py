"""Allauth's pages of the second factor, with what they leave open closed."""

from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache

from . import second_factor


def shown_first(view):
    """For whoever has a second factor: nothing about it changes before it is shown.

    A session that was begun before it was set up knows the password only.
    """

    @login_required
    def guarded(request, *args, **kwargs):
        if second_factor.has_one(request.user) and not second_factor.was_shown(request):
            query = urlencode({"next": request.path})
            return redirect(f"{reverse('mfa_reauthenticate')}?{query}")
        return view(request, *args, **kwargs)

    return guarded


@method_decorator([never_cache, shown_first], name="dispatch")
class Activate(totp.ActivateTOTPView):
    def form_valid(self, form):
        response = super().form_valid(form)
        second_factor.note_shown(self.request)
        return response


@method_decorator([never_cache, shown_first], name="dispatch")
class Deactivate(totp.DeactivateTOTPView):
    """Taking the app away, to set up another: whoever needs one goes on to that at once."""

    def form_valid(self, form):
        response = super().form_valid(form)
        second_factor.forget_shown(self.request)
        if self.request.user.needs_second_factor:
            return redirect("mfa_activate_totp")
        return response


@method_decorator([never_cache, shown_first], name="dispatch")
class RecoveryCodes(recovery_codes.ViewRecoveryCodesView):
    pass


@method_decorator([never_cache, shown_first], name="dispatch")
class NewRecoveryCodes(recovery_codes.GenerateRecoveryCodesView):
    pass
