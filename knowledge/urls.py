from django.urls import path

from . import views

urlpatterns = [
    path("", views.risk_factors, name="risk_factors"),
    path("<slug:slug>/", views.risk_factor, name="risk_factor"),
]
