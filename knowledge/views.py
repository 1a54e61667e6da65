"""The pages of the risk factors, which are a vocabulary and no pages of the tree."""

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, render

from .models import LiteraturePage, RiskFactor, RiskFactorFact
from .visible import published

HOME = {"title": "Start", "url": "/", "depth": 2}
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
