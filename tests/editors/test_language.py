"""What editors read in the CMS is Swedish, where Wagtail's own translation has nothing."""

import pytest
from django.utils.translation import gettext, ngettext


@pytest.mark.parametrize(
    ("english", "swedish"),
    [
        ("Empty heading found", "En rubrik är tom"),
        ("Sort item order", "Ordna"),
        ("API tokens", "API-nycklar"),
        ("Editing %(title)s", "Redigerar %(title)s"),
    ],
)
def test_our_own_translations_are_compiled(english, swedish):
    assert gettext(english) == swedish


def test_numbers_choose_their_form():
    of = "%(num_child_objects)d child page", "%(num_child_objects)d child pages"
    assert ngettext(*of, 1) == "%(num_child_objects)d undersida"
    assert ngettext(*of, 2) == "%(num_child_objects)d undersidor"
