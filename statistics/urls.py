from django.urls import path, re_path

from . import views

app_name = "statistics"
urlpatterns = [
    path("", views.dashboard, name="dashboard"),
    path("metod/", views.method, name="method"),
    path("nationellt/", views.national_figures, name="national"),
    re_path(r"^tabell/(?P<figure>[a-z]+)\.(?P<ending>csv|xlsx|json)$", views.table, name="table"),
    re_path(r"^diagram/(?P<figure>[a-z]+)\.(?P<ending>svg|png)$", views.diagram, name="diagram"),
]
