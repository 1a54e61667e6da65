from django.urls import path

from . import accounts, log, publications, sources

app_name = "manage"
urlpatterns = [
    path("kallor/", sources.sources, name="sources"),
    path("kallor/ny/", sources.new_source, name="new_source"),
    path("kallor/<slug:code>/", sources.source, name="source"),
    path("konton/", accounts.accounts, name="accounts"),
    path("konton/nytt/", accounts.new_account, name="new_account"),
    path("konton/<int:pk>/", accounts.account, name="account"),
    path("konton/<int:pk>/nollstall/", accounts.reset_second_factor, name="reset_second_factor"),
    path("publiceringar/", publications.publications, name="publications"),
    path("logg/", log.log, name="log"),
]
