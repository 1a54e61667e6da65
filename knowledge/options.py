"""What entries can be filtered by, read together with them in one query."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject


def related(model, relation: str, **conditions) -> ArraySubquery:
    """The entries of ``model`` that belong to the row by ``relation``, as code and label."""
    rows = model.objects.filter(**{relation: OuterRef("pk")}, **conditions).order_by("pk")
    return ArraySubquery(rows.values(option=JSONObject(code=F("slug"), label=F("title"))))


def of_choices(codes, names: dict) -> list[dict]:
    """Codes with the labels of their list, empty and unknown ones left out."""
    return [{"code": code, "label": names[code]} for code in codes if code in names]
