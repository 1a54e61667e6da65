"""The five success factors, the risk factors, and what leads from them to works."""

from pluginnovation.core.fixtures import read_folder

from .. import models
from .shared import missing, reviewed, some, text

ORDER = ("positiva-relationer", "flexibilitet", "helhetssyn", "koll-och-uppfoljning", "samverkan")


def factors_of(index) -> dict:
    items = {item["slug"]: item for item in missing(index, "factors")}
    for slug in ORDER:
        if slug in items:
            index.add_child(instance=_factor(items[slug]))
    return {page.slug: page for page in models.FactorPage.objects.child_of(index)}


def _factor(item):
    page = models.FactorPage(
        **reviewed(item), tagline=item["tagline"].rstrip("."), why=text(item["why"])
    )
    page.reflection_intro = item["reflection"].get("intro", "").strip()
    page.guidance = [
        models.GuidanceItem(
            level=one["level"],
            slug=one["slug"],
            heading=one["heading"],
            body=text(one["body"]),
            roles=one["roles"],
            prevention=one["prevention"],
            sort_order=number,
        )
        for number, one in enumerate(item["guidance"])
    ]
    page.statements = [
        models.ReflectionStatement(
            text=one["text"], guidance=one.get("guidance", ""), sort_order=number
        )
        for number, one in enumerate(item["reflection"]["statements"])
    ]
    return page


def risk_factors(factors):
    """The five risk factors; their works are set when the works are there."""
    for item in read_folder("risk-factors"):
        if models.RiskFactor.objects.filter(slug=item["slug"]).exists():
            continue
        risk_factor = models.RiskFactor(
            slug=item["slug"],
            title=item["title"],
            summary=item["summary"].strip(),
            intro=text(item["intro"]),
            debate=text(item["debate"]),
            school=text(item["school"]),
        )
        risk_factor.factors = some(factors, item.get("factors"))
        risk_factor.save()


def connect(factors, works):
    """What leads from factors and risk factors to works, once both are there."""
    for item in read_folder("factors"):
        factor = factors[item["slug"]]
        if factor.research.exists():
            continue
        for number, one in enumerate(item["research"]):
            if one["work"] in works:
                factor.research.create(work=works[one["work"]], line=one["line"], sort_order=number)
        advice = {one["slug"]: one for one in item["guidance"]}
        for guidance in factor.guidance.all():
            guidance.works = some(works, advice.get(guidance.slug, {}).get("works"))
            guidance.save()
    for item in read_folder("risk-factors"):
        risk_factor = models.RiskFactor.objects.get(slug=item["slug"])
        if risk_factor.facts.exists():
            continue
        risk_factor.works = some(works, item.get("works"))
        risk_factor.save()
        for number, fact in enumerate(item["facts"]):
            risk_factor.facts.create(
                text=fact["text"],
                country=fact.get("country") or "",
                year=str(fact.get("year") or ""),
                source=fact.get("source") or "",
                url=fact.get("url") or "",
                work=works.get(fact.get("work")),
                sort_order=number,
            )
