"""All addresses. Those that others rely on are listed in docs/architecture.md."""

from statistics.data_pages import catalogue

from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from knowledge.online import views as answering
from pluginnovation.core import serving
from pluginnovation.site import machines, media, staff
from pluginnovation.site.search.views import search
from pluginnovation.watching import metrics

urlpatterns = [
    path("halsa", machines.alive, name="alive"),
    path("halsa/redo", machines.ready, name="ready"),
    path("metrics", metrics.page, name="metrics"),
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("dcat.rdf", catalogue, name="dcat"),
    path(".well-known/security.txt", machines.security, name="security"),
    path("admin/login/", staff.cms_login),
    path("admin/", include(wagtailadmin_urls)),
    path("konto/", include("pluginnovation.core.account_urls")),
    path("personal/", staff.start, name="staff"),
    path("personal/statistik/", include("statistics.exact_urls")),
    path("personal/", include("statistics.manage.urls")),
    path("personal/", include("statistics.deliveries.urls")),
    path("sok/", search, name="search"),
    path("riskfaktorer/", include("knowledge.urls")),
    path("amnen/", include("knowledge.subject_urls")),
    path("forskning/", include("knowledge.library_urls")),
    path("dokument/", include(wagtaildocs_urls)),
    path("media/<path:path>", media.serve, name="media"),
    path("statistik/", include("statistics.urls")),
    path("<path:way>/svara/<slug:respondent>/", answering.answer, name="answer"),
    path("<path:way>/svara/<slug:respondent>/tack/", answering.thanks, name="answer_thanks"),
    # Not Wagtail's own way in, either: nobody would count the wrong passwords there.
    path("_util/login/", staff.cms_login, name="wagtailcore_login"),
    # Wagtail's other addresses first: its pattern for pages matches them too.
    path("", include([one for one in wagtail_urls.urlpatterns if one.name != "wagtail_serve"])),
    re_path(wagtail_urls.serve_pattern, serving.serve, name="wagtail_serve"),
]

handler404 = "pluginnovation.site.errors.not_found"
handler500 = "pluginnovation.site.errors.failed"
