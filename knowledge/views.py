"""The pages of the risk factors, which are a vocabulary and no pages of the tree."""

from django.db.models import Count, OuterRef, Prefetch, Subquery
from django.http import QueryDict
from django.shortcuts import get_object_or_404, render

from pluginnovation.core.ordering import swedish

from .library_list import browse_library
from .models import LibraryItem, LiteraturePage, RiskFactor, RiskFactorFact, Subject
from .visible import published

HOME = {"title": "Start", "url": "/", "depth": 2}
LIBRARY = {"title": "Forskning", "url": "/forskning/", "depth": 3}
SUBJECTS = {"title": "Ämnen", "url": "/amnen/", "depth": 4}
RISK_FACTORS = {"title": "Riskfaktorer", "url": "/riskfaktorer/", "depth": 3}


def risk_factors(request):
    context = {
        "risk_factors": RiskFactor.objects.all(),
        "breadcrumbs": [HOME],
        "breadcrumb_title": RISK_FACTORS["title"],
    }
    return render(request, "knowledge/risk_factors.html", context)


def risk_factor(request, slug):
    facts = RiskFactorFact.objects.select_related("work")
    found = get_object_or_404(
        RiskFactor.objects.prefetch_related(Prefetch("facts", facts)), slug=slug
    )
    context = {
        "risk_factor": found,
        "facts": found.facts.all(),
        "works": published(LiteraturePage.objects.filter(on_risk_factors=found)).order_by("title"),
        "factors": published(found.factors.all()).order_by("path"),
        "library_items": published(found.library_items.all())
        .exclude(item_kind="litteratur")
        .defer("words")
        .order_by("item_kind", "title"),
        "breadcrumbs": [HOME, RISK_FACTORS],
        "breadcrumb_title": found.title,
    }
    return render(request, "knowledge/risk_factor.html", context)


def subjects(request):
    """The subjects, each with how many entries of the library a visitor finds under it."""
    entries = published(LibraryItem.objects.filter(subjects=OuterRef("pk"))).order_by()
    counted = entries.values("subjects").annotate(number=Count("pk")).values("number")
    context = {
        "subjects": Subject.objects.annotate(number=Subquery(counted)).order_by(swedish("title")),
        "breadcrumbs": [HOME, LIBRARY],
        "breadcrumb_title": SUBJECTS["title"],
    }
    return render(request, "knowledge/subjects.html", context)


def subject(request, slug):
    """A subject with the newest of its entries, and the way to all of them."""
    found = get_object_or_404(Subject, slug=slug)
    browse = browse_library(QueryDict(f"amne={found.slug}"))
    context = {
        "subject": found,
        # A subject that no entry has is not known to the list, which then shows everything.
        "browse": browse if browse.is_filtered else None,
        "files_query": f"?{browse.query}",
        "kinds": [option for option in browse.filters[0]["options"] if option.count],
        "breadcrumbs": [HOME, LIBRARY, SUBJECTS],
        "breadcrumb_title": found.title,
    }
    return render(request, "knowledge/subject.html", context)
