"""The ground floor: what every room stands on."""

from .media import SiteDocument, SiteImage, SiteMedia, SiteRendition
from .pages import BasePage
from .places import County, Municipality
from .users import User

__all__ = [
    "BasePage",
    "County",
    "Municipality",
    "SiteDocument",
    "SiteImage",
    "SiteMedia",
    "SiteRendition",
    "User",
]
