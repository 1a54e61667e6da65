from django.urls import include, path, re_path

from . import data_files, data_pages, feeds, views
from .api import views as api
from .data_files import CSV_ENDINGS
from .municipal_report import views as report
from .national import views as national
from .sheets import ENDING
from .subscriptions import views as subscriptions

app_name = "statistics"
urlpatterns = [
    path("", views.dashboard, name="dashboard"),
    path("api/v2/", include("statistics.api.urls")),
    path("api/v2", api.start),
    re_path("^api/(?P<rest>.*)$", api.elsewhere),
    path("atom.xml", feeds.publications, name="feed"),
    path("data/", data_pages.index, name="data"),
    re_path(
        rf"^data/(?P<table_id>[a-z-]+)\.(?P<ending>{CSV_ENDINGS})$",
        data_files.file,
        name="data-file",
    ),
    path("data/<str:table_id>/", data_pages.table, name="data-table"),
    path("kommun/", report.index, name="reports"),
    path("kommun/rapport/", report.chosen, name="report-chosen"),
    path("kommun/<str:place>/rapport/", report.page, name="report"),
    path("kommun/<str:place>/rapport.pdf", report.file, name="report-pdf"),
    path("jamfor/", views.comparison, name="comparison"),
    path("metod/", views.method, name="method"),
    path("prenumerera/", subscriptions.ask, name="subscribe"),
    path("prenumerera/tack/", subscriptions.asked, name="subscription-asked"),
    path("prenumerera/bekrafta/", subscriptions.confirm, name="subscription-confirm"),
    path("prenumerera/avsluta/", subscriptions.leave, name="subscription-leave"),
    path("nationellt/", national.page, name="national"),
    re_path(
        rf"^tabell/(?P<figure>riket-[a-z0-9]+)\.(?P<ending>{ENDING})$",
        national.table,
        name="national-table",
    ),
    re_path(
        r"^diagram/(?P<figure>riket-[a-z0-9]+)\.(?P<ending>svg|png)$",
        national.diagram,
        name="national-diagram",
    ),
    re_path(rf"^tabell/(?P<figure>[a-z]+)\.(?P<ending>{ENDING})$", views.table, name="table"),
    re_path(r"^diagram/(?P<figure>[a-z]+)\.(?P<ending>svg|png)$", views.diagram, name="diagram"),
]
