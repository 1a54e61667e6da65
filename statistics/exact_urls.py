from django.urls import path, re_path

from . import exact_views
from .municipal_report import exact_views as report

app_name = "exact"
urlpatterns = [
    path("", exact_views.dashboard, name="dashboard"),
    path("kommun/<str:place>/rapport/", report.page, name="report"),
    path("kommun/<str:place>/rapport.pdf", report.file, name="report-pdf"),
    re_path(r"^tabell/(?P<figure>[a-z]+)\.(?P<ending>csv|xlsx)$", exact_views.table, name="table"),
]
