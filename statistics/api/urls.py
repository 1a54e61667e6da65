from django.urls import path

from . import views

urlpatterns = [
    path("", views.start, name="api"),
    path("config", views.config, name="api-config"),
    path("openapi.json", views.description, name="api-description"),
    path("tables", views.table_list, name="api-tables"),
    path("tables/<str:table_id>", views.table, name="api-table"),
    path("tables/<str:table_id>/metadata", views.metadata, name="api-metadata"),
    path("tables/<str:table_id>/defaultselection", views.default_selection, name="api-selection"),
    path("tables/<str:table_id>/data", views.data, name="api-data"),
    path("codelists/<str:codelist_id>", views.codelist, name="api-codelist"),
    path("<path:rest>", views.unknown),
]
