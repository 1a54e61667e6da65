"""The pages of the open data, the catalogue for portals, and what each publication changed."""

from datetime import date
from statistics import data_pages, publication, tables
from statistics.models import Publication

import html5lib
import pytest
from django.db import transaction
from rdflib import Graph, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF

from .figures_factory import published_region

pytestmark = pytest.mark.django_db
# The fields that DCAT-AP-SE 3.0.1 makes mandatory, by kind of thing.
MANDATORY = {
    DCAT.Catalog: (DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCTERMS.license),
    DCAT.Dataset: (DCTERMS.title, DCTERMS.description, DCTERMS.publisher),
    DCAT.Distribution: (DCAT.accessURL,),
    DCAT.DataService: (DCTERMS.title, DCAT.endpointURL),
    FOAF.Agent: (FOAF.name, DCTERMS.type),
}


figures = published_region(600, autouse=True)


@pytest.fixture
def catalogue(client):
    answer = client.get("/dcat.rdf")
    assert answer["Content-Type"] == "application/rdf+xml"
    return Graph().parse(data=answer.content, format="xml")


def test_the_catalogue_has_what_is_mandatory(catalogue):
    for kind, fields in MANDATORY.items():
        things = list(catalogue.subjects(RDF.type, kind))
        assert things, kind
        for thing in things:
            for field in fields:
                assert list(catalogue.objects(thing, field)), (thing, field)


def test_every_table_is_a_dataset_with_a_file_for_each_format(catalogue):
    datasets = list(catalogue.subjects(RDF.type, DCAT.Dataset))
    assert len(datasets) == len(tables.TABLES)
    for dataset in datasets:
        assert len(list(catalogue.objects(dataset, DCAT.distribution))) == 4
        assert (None, DCAT.dataset, dataset) in catalogue


def test_every_address_of_the_catalogue_answers(catalogue, client):
    own = {
        str(thing).partition("#")[0]
        for thing in catalogue.all_nodes()
        if isinstance(thing, URIRef) and str(thing).startswith("http://testserver/statistik/")
    }
    own.discard("http://testserver/statistik/api/v2")
    assert len(own) > 40
    for address in own:
        assert client.get(address.removeprefix("http://testserver")).status_code == 200, address


def test_before_the_first_publication_the_catalogue_is_empty_but_whole(client):
    with transaction.atomic():
        Publication.objects.all().delete()
        catalogue = Graph().parse(data=client.get("/dcat.rdf").content, format="xml")
        assert not list(catalogue.subjects(RDF.type, DCAT.Dataset))
        assert client.get("/statistik/data/").status_code == 200
        assert client.get("/statistik/data/avbrott/").status_code == 404
        transaction.set_rollback(True)


@pytest.mark.parametrize("table", tables.TABLES)
def test_a_table_tells_its_variables_its_files_and_how_to_cite_it(client, table, figures):
    answer = client.get(f"/statistik/data/{table}/")
    text = answer.content.decode()
    html5lib.HTMLParser(strict=True).parse(text)
    for variable in tables.TABLES[table]:
        assert f"<code>{variable.code}</code>" in text
    assert "application/ld+json" in text and f"Publicering {figures.number}" in text
    assert "Så anger du källan" in text and "Det här är den första publiceringen." in text


def test_every_table_is_told_about():
    assert set(data_pages.ABOUT) == set(tables.TABLES)


def test_what_changed_is_told_for_codes_and_never_for_cells(client):
    with transaction.atomic():
        publication.publish(date(2026, 11, 30))
        text = client.get("/statistik/data/avbrott-manad/").content.decode()
        assert "månad har fått 2026M11" in text
        assert "nya tal, samma värden" in client.get("/statistik/data/avbrott/").content.decode()
        transaction.set_rollback(True)


def test_a_page_of_a_table_costs_few_queries(client, django_assert_num_queries):
    client.get("/statistik/data/avbrott/")
    # 1 the newest publication, 2 what the last ones changed
    with django_assert_num_queries(2):
        client.get("/statistik/data/avbrott/")
