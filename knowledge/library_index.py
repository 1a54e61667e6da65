"""What the entries of the library can be filtered by, in one query that is put together once.

Each line of the answer is an option of a filter with the keys of the entries that have it; so a
label is read once and not once for every entry, and what is read of an entry is a few numbers.
"""

from functools import lru_cache

from django.db import connection
from django.db.models import Case, CharField, Q, Value, When, Window
from django.db.models.functions import RowNumber

from pluginnovation.core.generation import kept_in_process

from .choices import LANGUAGES, Effect, Grade, LibraryKind
from .facets import Index, Indexed
from .models import FactorPage, LibraryItem, RiskFactor, Subject
from .visible import published

# Filters by a column of the entry: parameter, column, names of the codes (or the code itself).
COLUMNS = {
    "typ": ("item_kind", dict(LibraryKind.choices)),
    "sprak": ("language", LANGUAGES),
    "land": ("country", None),
    "styrka": ("grade", dict(Grade.choices)),
    "effekt": ("effect", dict(Effect.choices)),
}
# Null and mixed results: of a work what its editor ticked, of a summary its grade or its work.
EFFECT = Case(
    When(
        Q(literaturepage__null_result=True)
        | Q(summarypage__work__null_result=True)
        | Q(grade=Grade.MIXED),
        then=Value(Effect.NONE_OR_MIXED.value),
    ),
    default=Value(""),
    output_field=CharField(),
)
# Filters by what the entry belongs to: parameter, model, relation.
RELATIONS = {
    "faktor": (FactorPage, "factors"),
    "riskfaktor": (RiskFactor, "risk_factors"),
    "amne": (Subject, "subjects"),
}
ENTRY = ("id", "item_kind", "year", "language", "country", "grade", "effect", "place")


def library_index(question, order: tuple, kind: str = "") -> Index:
    """The index of the published entries. ``question`` is a Q of what is searched for, or None."""
    if not question:
        return _whole_index(order, kind)
    sql, params = _statement(order, kind)
    found = LibraryItem.objects.filter(question).order_by().values("pk").query
    found_sql, found_params = found.sql_with_params()
    sql += f" UNION ALL SELECT 'q', '', '', array_agg(id) FROM entry WHERE id IN ({found_sql})"
    return _index(_lines(sql, params + found_params))


@kept_in_process(8)
def _whole_index(order: tuple, kind: str) -> Index:
    return _index(_lines(*_statement(order, kind)))


def _lines(sql: str, params: tuple) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


@lru_cache(maxsize=32)
def _statement(order: tuple, kind: str) -> tuple[str, tuple]:
    """The statement without a question, from the querysets that say what is published."""
    entries = published(LibraryItem.objects.all())
    if kind:
        entries = entries.filter(item_kind=kind)
    place = Window(RowNumber(), order_by=list(order))
    rows = entries.order_by().values_list(
        "pk", "item_kind", "year", "language", "country", "grade", EFFECT, place
    )
    entry, params = rows.query.sql_with_params()
    parts = [
        "SELECT '' AS facet, '' AS code, '' AS label, array_agg(id ORDER BY place) FROM entry",
        "SELECT 'year', year::text, '', array_agg(id) FROM entry GROUP BY year",
        *(
            f"SELECT '{name}', {column}, '', array_agg(id) FROM entry GROUP BY {column}"
            for name, (column, _) in COLUMNS.items()
        ),
        *(_related(name, *relation) for name, relation in RELATIONS.items()),
    ]
    columns = ", ".join(ENTRY)
    return f"WITH entry ({columns}) AS MATERIALIZED ({entry}) {' UNION ALL '.join(parts)}", params


def _related(name, model, relation) -> str:
    """The options of a relation; of pages, the live ones alone."""
    field = LibraryItem._meta.get_field(relation)
    through, other = field.m2m_db_table(), field.m2m_reverse_name()
    table, live = model._meta.db_table, ""
    if model is FactorPage:
        table, live = "wagtailcore_page", "WHERE named.live"
    return (
        f"SELECT '{name}', named.slug, named.title, array_agg(entry.id) FROM entry "
        f"JOIN {through} AS belongs ON belongs.{field.m2m_column_name()} = entry.id "
        f"JOIN {table} AS named ON named.id = belongs.{other} {live} "
        "GROUP BY named.slug, named.title"
    )


def _index(lines) -> Index:
    options = {name: {} for name in (*COLUMNS, *RELATIONS, "ar")}
    order, found, numbers = [], None, {}
    for facet, code, label, keys in lines:
        if not facet:
            order = keys or []
        elif facet == "q":
            found = set(keys or ())
        elif facet == "year":
            numbers |= {int(code): set(keys)} if code else {}
        elif facet in RELATIONS:
            options[facet][code] = Indexed(label, set(keys))
        else:
            names = COLUMNS[facet][1]
            if code and (names is None or code in names):
                options[facet][code] = Indexed(names[code] if names else code, set(keys))
    for year, keys in numbers.items():
        decade = str(year // 10 * 10)
        known = options["ar"].setdefault(decade, Indexed(f"{decade}-talet", set()))
        known.entries.update(keys)
    found = set(order) if found is None else found
    return Index(order=order, found=found, options=options, numbers=numbers)
