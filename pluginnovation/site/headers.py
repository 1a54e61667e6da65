"""What browsers are told to refuse: the content-security-policy, and what no page here uses."""

from csp.constants import SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware
from django.conf import settings

# The CMS: its forms and choosers start themselves by scripts within the page and set styles on
# elements; a preview is a frame of its own site. Still nothing foreign and no `eval`.
ADMIN = {
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF, "data:"],
    "frame-ancestors": [SELF],
}

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
        if report_only:
            return parts
        public = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
        if request.path_info.startswith("/admin/"):
            parts.config = {**public, **ADMIN}
        elif getattr(request, "is_preview", False):
            # The page's own policy, but the editor's panel is a frame around it.
            parts.config = {**public, "frame-ancestors": [SELF]}
        return parts

    def process_response(self, request, response):
        response = super().process_response(request, response)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response
