"""The library's files; its pages are in the tree."""

from django.urls import path, re_path

from . import library_files

urlpatterns = [
    path("atom.xml", library_files.feed, name="library_feed"),
    re_path(r"^export\.(?P<form>bib|ris|json)$", library_files.export, name="library_export"),
    re_path(
        r"^(?P<kind>forelasningar|litteratur|sammanfattningar)/(?P<slug>[-\w]+)/"
        r"citera\.(?P<form>bib|ris|json)$",
        library_files.cite,
        name="cite",
    ),
]
