"""Demo content: factors and tools."""

from pluginnovation.core.fixtures import read_folder

from .demo_files import attachments_of
from .demo_pages import Links, by_slug, ensure_page, reviewed, slug_of_work, works_of
from .demo_pictures import illustration_of
from .models import (
    ChecklistPage,
    FactorPage,
    FactorResearch,
    GuidanceItem,
    GuidelinePage,
    GuidelineStep,
    LiteraturePage,
    MethodPage,
    MethodStep,
    QuestionnairePage,
    ReflectionStatement,
)

MODELS = {
    "method": (MethodPage, MethodStep),
    "guideline": (GuidelinePage, GuidelineStep),
    "information": (GuidelinePage, GuidelineStep),
}


def ensure_factors(index, order) -> int:
    """The bare factors, in their order: what the library hangs on. Texts come in a second step."""
    items = {item["slug"]: item for item in read_folder("factors")}
    for slug in sorted(items, key=lambda slug: order.index(slug)):
        ensure_page(index, FactorPage, slug, lambda item=items[slug]: _factor(item))
    return len(items)


def _factor(item: dict) -> dict:
    return {
        "title": item["title"],
        "tagline": item["tagline"].rstrip("."),
        "summary": item["summary"].strip(),
    } | reviewed(item.get("last_reviewed"))


def ensure_tools(index, factors, links: Links) -> int:
    """The texts of factors that have none yet, and the tools."""
    found = {factor.slug: factor for factor in factors}
    for item in read_folder("factors"):
        if not _has_text(found[item["slug"]]):
            _fill_factor(found[item["slug"]], item, links)
    tools = read_folder("tools")
    for item in tools:
        _ensure_tool(found.get(item.get("factor"), index), item, links)
    return len(tools)


def _has_text(factor) -> bool:
    return bool(factor.why) or factor.guidance.exists()


def _fill_factor(page, item: dict, links: Links) -> None:
    reflection = item.get("reflection") or {}
    page.why = links.rich(item["why"])
    for name, value in illustration_of(item, item["slug"]).items():
        setattr(page, name, value)
    page.reflection_intro = (reflection.get("intro") or "").strip()
    for line in item["research"]:
        work = LiteraturePage.objects.get(slug=slug_of_work(line["work"]))
        page.research.add(FactorResearch(work=work, line=line["line"]))
    for number, advice in enumerate(item["guidance"]):
        page.guidance.add(_guidance(advice, number, links))
    for statement in reflection.get("statements", ()):
        page.statements.add(ReflectionStatement(**statement))
    page.save()


def _guidance(item: dict, number: int, links: Links) -> GuidanceItem:
    made = GuidanceItem(
        sort_order=number,
        level=item["level"],
        slug=item["slug"],
        heading=item["heading"],
        body=links.rich(item["body"]),
        roles=item.get("roles") or [],
        prevention=item.get("prevention") or [],
    )
    made.works = works_of(LiteraturePage, item.get("works"))
    return made


def _ensure_tool(parent, item: dict, links: Links) -> None:
    model, fields = _tool(item, links)

    def all_fields():
        return (
            fields
            | reviewed(item.get("last_reviewed"))
            | {
                "title": item["title"],
                "summary": item["summary"].strip(),
                "levels": item.get("levels") or [],
                "roles": item.get("roles") or [],
                "prevention": item.get("prevention") or [],
                "factors": _factors(item),
                "works": works_of(LiteraturePage, item.get("works")),
                "attachments": attachments_of(item),
            }
            | illustration_of(item, item.get("factor", ""))
        )

    page = ensure_page(parent, model, item["slug"], all_fields)
    _add_steps(page, item, links)


def _factors(item: dict) -> list:
    """The main factor first, then the others, none twice."""
    named = [item.get("factor"), *(item.get("factors") or ())]
    return by_slug(FactorPage, dict.fromkeys(filter(None, named)))


def _add_steps(page, item: dict, links: Links) -> None:
    if not item.get("steps") or page.steps.exists():
        return
    model = MODELS[item["kind"]][1]
    for number, step in enumerate(item["steps"]):
        body = links.rich(step.get("body"))
        page.steps.add(model(sort_order=number, heading=step["heading"], body=body))
    page.save()


def _tool(item: dict, links: Links) -> tuple[type, dict]:
    """The model of a tool and the fields that only its kind has."""
    if item["kind"] == "checklist":
        return ChecklistPage, {
            "intro": links.rich(item.get("intro")),
            "notes": links.rich(item.get("notes")),
            "groups": [("group", _group(group)) for group in item["groups"]],
        }
    if item["kind"] == "questionnaire":
        return QuestionnairePage, {
            "intro": links.rich(item.get("intro")),
            "scales": [("scale", {"code": code} | scale) for code, scale in item["scales"].items()],
            "respondents": [("respondent", _respondent(one)) for one in item["respondents"]],
            "is_open": item.get("open", False),
            "thank_you": links.rich(item.get("thank_you")),
        }
    texts = ("when", "for_whom", "pitfalls", "body")
    fields = {name: links.rich(item.get(name)) for name in texts}
    fields |= {name: (item.get(name) or "").strip() for name in ("time", "cost")}
    if item["kind"] == "information":
        fields["is_information"] = True
    return MODELS[item["kind"]][0], fields


def _group(group: dict) -> dict:
    items = [{"text": one["text"], "help": one.get("help") or ""} for one in group["items"]]
    return {"heading": group["heading"], "intro": group.get("intro") or "", "items": items}


def _respondent(item: dict) -> dict:
    sections = [
        {
            "heading": section["heading"],
            "questions": [
                {
                    "text": question["text"],
                    "type": question["type"],
                    "scale": question.get("scale") or "",
                    "options": question.get("options") or [],
                    "help": question.get("help") or "",
                }
                for question in section["questions"]
            ],
        }
        for section in item["sections"]
    ]
    intro = (item.get("intro") or "").strip()
    return {"code": item["code"], "title": item["title"], "intro": intro, "sections": sections}
