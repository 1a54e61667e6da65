"""Thousands of entries in a second: rows copied in the database, as no factory could."""

from uuid import uuid4

from django.db import connection
from wagtail.models import Page


def copies(page, number: int) -> None:
    """``number`` more pages like ``page``, beside it, each with an address and title of its own."""
    parent = page.get_parent()
    width, start = Page.steplen, parent.numchild
    base = {field.attname: getattr(page, field.attname) for field in Page._meta.local_fields}
    made = Page.objects.bulk_create(
        Page(
            **base
            | {
                "id": None,
                "path": parent.path + Page._int2str(start + n).rjust(width, "0"),
                "slug": f"{page.slug}-{n}",
                "url_path": f"{parent.url_path}{page.slug}-{n}/",
                "title": f"{page.title} {n:05}",
                "translation_key": uuid4(),
            }
        )
        for n in range(1, number + 1)
    )
    Page.objects.filter(pk=parent.pk).update(numchild=start + number)
    for model in [*reversed(type(page)._meta.get_parent_list()), type(page)]:
        if model is not Page:
            _copy_rows(model, page, [new.pk for new in made])


def _copy_rows(model, page, keys) -> None:
    """The rows of ``model``, and of its relations to many, for the new keys."""
    columns = [field.column for field in model._meta.local_fields if not field.primary_key]
    listed = "".join(f', "{column}"' for column in columns)
    key = model._meta.pk.column
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO {table} ("{key}"{listed}) SELECT new{listed} FROM {table}, '
            f'unnest(%s::int[]) AS new WHERE "{key}" = %s',
            [keys, page.pk],
        )
        for field in model._meta.local_many_to_many:
            through, mine, other = (
                field.m2m_db_table(),
                field.m2m_column_name(),
                field.m2m_reverse_name(),
            )
            cursor.execute(
                f"INSERT INTO {through} ({mine}, {other}) SELECT new, {other} FROM {through}, "
                f"unnest(%s::int[]) AS new WHERE {mine} = %s",
                [keys, page.pk],
            )
