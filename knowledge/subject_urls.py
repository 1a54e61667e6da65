from django.urls import path

from . import views

urlpatterns = [
    path("", views.subjects, name="subjects"),
    path("<slug:slug>/", views.subject, name="subject"),
]
