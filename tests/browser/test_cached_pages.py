"""The page cache over real processes: what one changes, all of them show."""

import re

from .fetching import fetch

ROUNDS = 8  # every request is a connection of its own; eight of them meet both web processes

PUBLISH = """
from pluginnovation.site.models import PlainPage
page = PlainPage.objects.get(slug="kontakt")
page.title = {title!r}
page.save_revision().publish()
"""


def answers(site, path):
    return [fetch(f"{site}{path}") for _ in range(ROUNDS)]


def test_what_another_process_publishes_is_in_the_next_answer_of_every_process(site):
    before = {answer.headers["ETag"] for answer in answers(site, "/kontakt/")}
    assert len(before) == 1 and None not in before
    try:
        site.manage("shell", "-c", PUBLISH.format(title="Kontakta redaktionen"))
        assert all("Kontakta redaktionen" in a.text for a in answers(site, "/kontakt/"))
    finally:
        site.manage("shell", "-c", PUBLISH.format(title="Kontakt"))
    assert {answer.headers["ETag"] for answer in answers(site, "/kontakt/")} == before


def test_a_publication_of_figures_is_in_the_next_answer_of_every_process(site):
    def number(answer):
        return int(re.search(r"publicering (\d+)</a>", answer.text)[1])

    before = {number(answer) for answer in answers(site, "/statistik/")}
    site.manage("publish_figures", "--now")
    assert {number(answer) for answer in answers(site, "/statistik/")} == {max(before) + 1}
