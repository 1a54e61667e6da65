"""The index follows what editors do."""

import pytest
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.management import call_command
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    PageViewRestriction,
)

from knowledge.models import RiskFactor, RiskFactorFact
from pluginnovation.site.models import PlainPage, SearchEntry
from pluginnovation.site.search.indexing import rebuild

pytestmark = pytest.mark.django_db


def test_a_draft_is_not_found(home, found):
    home.add_child(instance=PlainPage(title="Mentor", live=False))
    rebuild()
    assert found("mentor") == []


def test_a_changed_draft_of_a_live_page_changes_nothing_until_it_is_published(publish, found):
    page = publish("Mentor")
    page.title = "Coach"
    revision = page.save_revision()
    assert (found("mentor"), found("coach")) == (["Mentor"], [])
    revision.publish()
    assert (found("mentor"), found("coach")) == ([], ["Coach"])


def test_an_unpublished_page_is_gone(publish, found):
    publish("Mentor").unpublish()
    assert found("mentor") == []


def test_a_deleted_page_is_gone_with_all_below_it(publish, found):
    parent = publish("Föräldern")
    publish("Mentor", parent=parent)
    parent.refresh_from_db()
    parent.delete()
    assert found("mentor") == []
    assert not SearchEntry.objects.filter(title="Föräldern").exists()


def test_a_moved_page_is_found_at_its_new_address(publish, found, client):
    page, target = publish("Mentor", slug="mentor"), publish("Arkiv", slug="arkiv")
    child = publish("Coach", slug="coach", parent=page)
    page.refresh_from_db()
    page.move(target, pos="last-child")
    assert SearchEntry.objects.of(page).get().url == "/arkiv/mentor/"
    assert SearchEntry.objects.of(child).get().url == "/arkiv/mentor/coach/"


def test_a_new_slug_changes_the_addresses_below_it(publish, django_capture_on_commit_callbacks):
    page = publish("Mentor", slug="mentor")
    child = publish("Coach", slug="coach", parent=page)
    page.refresh_from_db()
    page.slug = "handledare"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    assert SearchEntry.objects.of(child).get().url == "/handledare/coach/"


def test_a_page_behind_a_password_is_not_found_nor_what_is_below_it(publish, found):
    parent = publish("Mentor ett")
    publish("Mentor två", parent=parent)
    restriction = PageViewRestriction.objects.create(
        page=parent, restriction_type=PageViewRestriction.PASSWORD, password="x"
    )
    assert found("mentor") == []
    publish("Mentor tre", parent=parent)
    assert found("mentor") == []
    rebuild()
    assert found("mentor") == []
    restriction.delete()
    assert len(found("mentor")) == 3


def test_a_document_is_found_by_its_title_and_by_what_its_file_says(store, found):
    store("plan.txt", "Åtgärderna börjar på måndag".encode(), title="Handlingsplan")
    assert found("plan") == []
    assert found("handlingsplaner") == ["Handlingsplan"]
    assert found("måndagen") == ["Handlingsplan"]


def test_a_pdf_is_read(store, pdf, found):
    document = store("rapport.pdf", pdf("Ungdomarna kom tillbaka.", "Andra sidan."), "Rapporten")
    document.refresh_from_db()
    assert "Ungdomarna kom tillbaka." in document.extracted_text
    assert found("ungdom") == ["Rapporten"]
    assert found("sidor") == ["Rapporten"]


def test_a_new_file_replaces_what_the_old_one_said(
    store, found, django_capture_on_commit_callbacks
):
    document = store("a.txt", b"Mentor", title="Plan")
    with django_capture_on_commit_callbacks(execute=True):
        document.file = ContentFile(b"Coach", name="b.txt")
        document.save()
    assert (found("mentor"), found("coach")) == ([], ["Plan"])


def test_a_deleted_document_is_gone(store, found):
    store("a.txt", b"Mentor").delete()
    assert found("mentor") == []


def test_a_document_of_a_private_collection_is_not_found(store, found):
    collection = Collection.get_first_root_node().add_child(name="Intern")
    store("a.txt", b"Mentor", collection=collection)
    assert found("mentor") != []
    restriction = CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=CollectionViewRestriction.LOGIN
    )
    assert found("mentor") == []
    rebuild()
    assert found("mentor") == []
    restriction.delete()
    assert found("mentor") != []


def test_rebuilding_takes_away_what_is_no_longer_there(publish, found):
    page = publish("Mentor")
    SearchEntry.objects.of(page).update(object_id=999_999)
    rebuild()
    assert found("mentor") == ["Mentor"]
    assert not SearchEntry.objects.filter(object_id=999_999).exists()


def test_the_command_reads_files_and_rebuilds_and_says_how_far_it_is(store, publish, capsys, found):
    from pluginnovation.core.models import SiteDocument

    publish("Ena")
    store("a.txt", b"Mentor", title="Plan")
    SiteDocument.objects.update(extracted_text="")
    SearchEntry.objects.all().delete()
    call_command("rebuild_search")
    assert found("mentor") == ["Plan"]
    said = capsys.readouterr().out
    assert "läste a" in said and f"{SearchEntry.objects.count()} poster, klart" in said


def test_the_command_is_silent_where_that_is_asked(publish, capsys):
    call_command("rebuild_search", verbosity=0)
    assert capsys.readouterr().out == ""


def test_a_risk_factor_is_found_by_its_text_and_its_facts_as_long_as_it_is_there(db, found):
    risk = RiskFactor(title="Byten", slug="byten", intro="<p>Om skolbyten.</p>")
    risk.facts.add(RiskFactorFact(text="Var femte elev flyttade."))
    risk.save()
    assert found("skolbytet") == found("flytta") == ["Byten"]
    entry = SearchEntry.objects.of(risk).get()
    assert (entry.kind, entry.url) == ("Riskfaktor", "/riskfaktorer/byten/")
    rebuild()
    assert found("skolbytet") == ["Byten"]
    risk.delete()
    assert found("skolbytet") == []


def test_rows_that_search_knows_nothing_of_are_still_deleted_in_one_query(
    db, django_assert_num_queries
):
    with django_assert_num_queries(1):
        Session.objects.all().delete()


def test_a_page_deep_down_with_long_addresses_can_be_published(publish, home):
    page = home
    for _ in range(3):
        page = publish("Sida", slug="å" * 200, parent=page)
    assert SearchEntry.objects.of(page).get().url.count("%C3%A5") == 600
