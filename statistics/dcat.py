"""The catalogue for data portals: DCAT-AP-SE 3.0.1, as RDF/XML at one address (``/dcat.rdf``).

One dataset for each table, one distribution for each format of it, and the API as a data
service. Addresses of the things described are stable; fragments name what has no page.
"""

from django.conf import settings
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, XSD

from . import tables
from .api import dataset
from .api.addresses import LICENSE, href
from .data_pages import ABOUT
from .publication import Figures

VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
_AUTHORITY = "http://publications.europa.eu/resource/authority/"
_LANGUAGE = URIRef(f"{_AUTHORITY}language/SWE")
_PUBLIC = URIRef(f"{_AUTHORITY}access-right/PUBLIC")
_MONTHLY = URIRef(f"{_AUTHORITY}frequency/MONTHLY")
_TWICE_A_YEAR = URIRef(f"{_AUTHORITY}frequency/ANNUAL_2")
_THEMES = [URIRef(f"{_AUTHORITY}data-theme/{code}") for code in ("EDUC", "SOCI")]
_TAXONOMY = URIRef(f"{_AUTHORITY}data-theme")
_PUBLISHER_TYPE = URIRef("http://purl.org/adms/publishertype/NonProfitOrganisation")
_REGION = URIRef("https://www.geonames.org/2694759/")
_PXWEB = URIRef("https://github.com/PxTools/PxApiSpecs")
_FORMATS = {
    "json-stat2": ("JSON-stat 2.0", "application/json", "JSON"),
    "csv": ("CSV", "text/csv", "CSV"),
    "xlsx": (
        "Excel",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "XLSX",
    ),
    "px": ("PX", "application/octet-stream", "OCTET"),
}


def graph(figures: Figures | None) -> Graph:
    made = Graph()
    for prefix, namespace in (("dcat", DCAT), ("dcterms", DCTERMS), ("vcard", VCARD)):
        made.bind(prefix, namespace)
    site = URIRef(f"{settings.SITE_URL}/dcat.rdf#katalog")
    publisher, contact = _people(made)
    _add(
        made,
        site,
        DCAT.Catalog,
        {
            DCTERMS.title: _sv("PlugInnovations öppna data"),
            DCTERMS.description: _sv(
                "Statistik över studieavbrott i gymnasieskolan i Göteborgsregionen."
            ),
            DCTERMS.publisher: publisher,
            DCTERMS.license: URIRef(LICENSE),
            DCTERMS.language: _LANGUAGE,
            DCTERMS.spatial: _REGION,
            DCAT.themeTaxonomy: _TAXONOMY,
            FOAF.homepage: URIRef(f"{settings.SITE_URL}/"),
        },
    )
    if figures is None:
        return made
    service = _service(made, publisher, contact)
    made.add((site, DCAT.service, service))
    made.add((site, DCTERMS.issued, _time(figures)))
    made.add((site, DCTERMS.modified, _time(figures)))
    for table in tables.TABLES.values():
        one = _dataset(made, figures, table, publisher, contact, service)
        made.add((site, DCAT.dataset, one))
        made.add((service, DCAT.servesDataset, one))
    return made


def _sv(text: str) -> Literal:
    return Literal(text, lang="sv")


def _time(figures) -> Literal:
    return Literal(figures.published_at)


def _add(made, subject, kind, properties) -> None:
    made.add((subject, RDF.type, kind))
    for predicate, values in properties.items():
        for value in values if isinstance(values, list) else [values]:
            made.add((subject, predicate, value))


def _people(made):
    publisher = URIRef(f"{settings.SITE_URL}/dcat.rdf#utgivare")
    contact = URIRef(f"{settings.SITE_URL}/dcat.rdf#kontakt")
    _add(
        made,
        publisher,
        FOAF.Agent,
        {
            FOAF.name: _sv("PlugInnovation"),
            DCTERMS.type: _PUBLISHER_TYPE,
            FOAF.homepage: URIRef(f"{settings.SITE_URL}/om/"),
        },
    )
    _add(
        made,
        contact,
        VCARD.Organization,
        {
            VCARD.fn: Literal("PlugInnovation, statistik"),
            VCARD.hasEmail: URIRef(f"mailto:{settings.DEFAULT_FROM_EMAIL}"),
            VCARD.hasURL: URIRef(f"{settings.SITE_URL}/kontakt/"),
        },
    )
    return publisher, contact


def _service(made, publisher, contact):
    service = URIRef(f"{settings.SITE_URL}/dcat.rdf#api")
    _add(
        made,
        service,
        DCAT.DataService,
        {
            DCTERMS.title: _sv("API för studieavbrott"),
            DCTERMS.description: _sv("En delmängd av PxWebApi 2, utan nyckel."),
            DCAT.endpointURL: URIRef(href("api-config").removesuffix("/config")),
            DCAT.endpointDescription: URIRef(href("api-description")),
            DCTERMS.publisher: publisher,
            DCAT.contactPoint: contact,
            DCTERMS.license: URIRef(LICENSE),
            DCTERMS.accessRights: _PUBLIC,
            DCTERMS.conformsTo: _PXWEB,
        },
    )
    return service


def _dataset(made, figures, table, publisher, contact, service):
    one = URIRef(href("data-table", table.id))
    period = URIRef(f"{one}#tid")
    synthetic = f" {dataset.described(figures, table)}" if figures.synthetic else ""
    _add(
        made,
        period,
        DCTERMS.PeriodOfTime,
        {
            DCAT.startDate: Literal(f"{figures.codes['lasar'][0][:4]}-07-01", datatype=XSD.date),
            DCAT.endDate: Literal(figures.date_of(table.id)),
        },
    )
    _add(
        made,
        one,
        DCAT.Dataset,
        {
            DCTERMS.title: _sv(dataset.title(table)),
            DCTERMS.description: _sv(ABOUT[table.id][0] + synthetic),
            DCTERMS.identifier: Literal(table.id),
            DCTERMS.publisher: publisher,
            DCAT.contactPoint: contact,
            DCAT.theme: _THEMES,
            DCAT.keyword: [_sv(word) for word in ("studieavbrott", "gymnasieskola", "ungdomar")],
            DCTERMS.language: _LANGUAGE,
            DCTERMS.spatial: _REGION,
            DCTERMS.temporal: period,
            DCTERMS.accrualPeriodicity: _MONTHLY
            if table.rhythm == tables.MONTHLY
            else _TWICE_A_YEAR,
            DCTERMS.accessRights: _PUBLIC,
            DCTERMS.modified: _time(figures),
            DCAT.landingPage: one,
            DCAT.distribution: [_distribution(made, table, code, service) for code in _FORMATS],
        },
    )
    return one


def _distribution(made, table, code, service):
    name, media_type, file_type = _FORMATS[code]
    address = URIRef(f"{href('api-data', table.id)}?outputFormat={code}")
    one = URIRef(f"{href('data-table', table.id)}#{code}")
    _add(
        made,
        one,
        DCAT.Distribution,
        {
            DCTERMS.title: _sv(f"{table.label} som {name}"),
            DCAT.accessURL: address,
            DCAT.downloadURL: address,
            DCTERMS["format"]: URIRef(f"{_AUTHORITY}file-type/{file_type}"),
            DCAT.mediaType: URIRef(f"https://www.iana.org/assignments/media-types/{media_type}"),
            DCTERMS.license: URIRef(LICENSE),
            DCAT.accessService: service,
        },
    )
    return one
