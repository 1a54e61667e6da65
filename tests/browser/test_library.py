"""The library as one who looks for research uses it, without JavaScript."""

import json

import bibtexparser
import feedparser

from .fetching import fetch


def test_she_narrows_the_library_and_takes_it_with_her(visit, site):
    page = visit("/forskning/", script=False)
    form = page.locator(".filters form")
    form.locator("[name=typ]").select_option("litteratur")
    form.locator("[name=fran]").fill("2015")
    form.locator("[name=land]").select_option("Norge")
    form.get_by_role("button", name="Visa").click()
    page.wait_for_url("**fran=2015**")
    shown = page.locator(".contents-list h3").all_inner_texts()
    assert shown
    address = page.get_by_role("link", name="BibTeX").get_attribute("href")
    entries = bibtexparser.loads(fetch(site + address).body.decode()).entries
    assert [entry["title"].strip("{}") for entry in entries] == shown
    assert all(int(entry["year"]) >= 2015 for entry in entries)


def test_she_follows_a_subject_by_its_feed(visit, site):
    page = visit("/forskning/litteratur/allensworth2007/", script=False)
    page.locator(".tags").get_by_role("link", name="Närvaro och frånvaro").click()
    assert page.locator("h1").inner_text() == "Närvaro och frånvaro"
    address = page.get_by_role("link", name="Följ som Atom-flöde").get_attribute("href")
    feed = feedparser.parse(fetch(site + address).body)
    assert not feed.bozo and feed.entries
    assert feed.entries[0].link.startswith("http")


def test_a_reference_manager_finds_the_work_on_its_page(visit, site):
    page = visit("/forskning/litteratur/wilson2011/", script=False)
    assert page.locator("meta[name=citation_doi]").get_attribute("content") == "10.4073/csr.2011.8"
    assert "rft_id=info%3Adoi%2F10.4073" in page.locator(".Z3988").get_attribute("title")
    for style in ("APA", "Harvard"):
        assert page.locator(f"dt:text-is('{style}') + dd").inner_text().startswith("Wilson, S.")
    address = page.locator("link[type='application/vnd.citationstyles.csl+json']")
    base = "/forskning/litteratur/wilson2011/"
    (csl,) = json.loads(fetch(site + base + address.get_attribute("href")).body)
    assert csl["DOI"] == "10.4073/csr.2011.8" and len(csl["author"]) == 5


def test_the_filters_are_folded_on_a_phone_and_open_beside_the_list(visit):
    phone = visit("/forskning/", width=360, script=False)
    assert not phone.locator("[name=faktor]").is_visible()
    phone.locator(".filters summary").click()
    assert phone.locator("[name=faktor]").is_visible()
    assert visit("/forskning/", script=False).locator("[name=faktor]").is_visible()
