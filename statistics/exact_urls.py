from django.urls import path, re_path

from . import exact_views

app_name = "exact"
urlpatterns = [
    path("", exact_views.dashboard, name="dashboard"),
    re_path(r"^tabell/(?P<figure>[a-z]+)\.(?P<ending>csv|xlsx)$", exact_views.table, name="table"),
]
