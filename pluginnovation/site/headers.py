"""What browsers are told to refuse: the content-security-policy, and what no page here uses."""

import re

from csp.constants import SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware
from django.conf import settings

# Wagtail's forms with repeated parts start them by a script within the page. Nowhere else.
_FORMS = re.compile(r"^/admin/.*/(add|copy|create|edit|new)(/|$)|^/admin/.*/multiple/")
# Its widgets set styles on elements, and a preview is a frame of its own site.
ADMIN = {
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF, "data:"],
    "frame-ancestors": [SELF],
}
ADMIN_FORMS = {**ADMIN, "script-src": [SELF, UNSAFE_INLINE]}

# Nothing here asks for a place, a camera, a microphone or a payment, nor may what is embedded.
UNUSED = (
    "accelerometer",
    "bluetooth",
    "browsing-topics",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "hid",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "publickey-credentials-create",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
PERMISSIONS_POLICY = ", ".join(f"{feature}=()" for feature in UNUSED)


class BrowserPolicy(CSPMiddleware):
    """django-csp's middleware, with a wider policy for the CMS and with Permissions-Policy."""

    def get_policy_parts(self, request, response, report_only=False):
        parts = super().get_policy_parts(request, response, report_only)
        if request.path_info.startswith("/admin/") and not report_only:
            forms = _FORMS.search(request.path_info)
            directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
            parts.config = {**directives, **(ADMIN_FORMS if forms else ADMIN)}
        return parts

    def process_response(self, request, response):
        response = super().process_response(request, response)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response
