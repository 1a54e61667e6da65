"""What every template knows beside its own."""

from django.conf import settings

# The addresses are promises (docs/architecture.md); a menu of fixed text costs no query.
MAIN_MENU = (
    ("/framgangsfaktorer/", "Framgångsfaktorer"),
    ("/verktyg/", "Verktyg"),
    ("/fallstudier/", "Fallstudier"),
    ("/forskning/", "Forskning"),
    ("/statistik/", "Statistik"),
    ("/om/", "Om"),
    ("/sok/", "Sök"),
)


def navigation(request):
    path = request.path
    return {
        "main_menu": [
            {"url": url, "title": title, "current": path.startswith(url)}
            for url, title in MAIN_MENU
        ],
        "canonical_url": f"{settings.SITE_URL}{path}",
        "site_url": settings.SITE_URL,
    }
