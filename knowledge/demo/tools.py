"""Methods, guidelines, checklists and questionnaires, each below its factor."""

from pluginnovation.core.fixtures import read_folder

from .. import models
from .shared import reviewed, some, text

TOOL_CLASSES = {
    "method": models.MethodPage,
    "guideline": models.GuidelinePage,
    "information": models.GuidelinePage,
    "checklist": models.ChecklistPage,
    "questionnaire": models.QuestionnairePage,
}


def tools_of(factors, works) -> int:
    items = read_folder("tools")
    there = set(models.ToolPage.objects.values_list("slug", flat=True))
    for item in items:
        if item["slug"] not in there:
            factors[item["factor"]].add_child(instance=_tool(item, factors, works))
    return len(items)


def _tool(item, factors, works):
    page = TOOL_CLASSES[item["kind"]](**reviewed(item), **_tool_fields(item))
    for name in ("levels", "roles", "prevention"):
        setattr(page, name, item.get(name) or [])
    page.factors = some(factors, [item["factor"], *(item.get("factors") or [])])
    page.works = some(works, item.get("works"))
    if item["kind"] in {"method", "guideline", "information"}:
        page.steps = [
            type(page).steps.rel.related_model(
                heading=step["heading"], body=text(step["body"]), sort_order=number
            )
            for number, step in enumerate(item.get("steps") or [])
        ]
    return page


def _tool_fields(item) -> dict:
    if item["kind"] == "checklist":
        groups = [("group", _group(group)) for group in item["groups"]]
        return {"intro": text(item["intro"]), "groups": groups, "notes": text(item.get("notes"))}
    if item["kind"] == "questionnaire":
        scales = [("scale", {"code": code, **scale}) for code, scale in item["scales"].items()]
        respondents = [("respondent", _respondent(one)) for one in item["respondents"]]
        return {"intro": text(item["intro"]), "scales": scales, "respondents": respondents}
    fields = {name: text(item.get(name)) for name in ("when", "for_whom", "pitfalls", "body")}
    fields |= {name: (item.get(name) or "").strip() for name in ("time", "cost")}
    if item["kind"] == "information":
        fields["is_information"] = True
    return fields


def _group(group) -> dict:
    items = [{"text": one["text"], "help": one.get("help", "")} for one in group["items"]]
    return {"heading": group["heading"], "intro": group.get("intro", ""), "items": items}


def _respondent(respondent) -> dict:
    sections = [
        {
            "heading": section["heading"],
            "questions": [
                {
                    "text": question["text"],
                    "type": question["type"],
                    "scale": question.get("scale", ""),
                    "options": [str(option) for option in question.get("options", [])],
                    "help": question.get("help", ""),
                }
                for question in section["questions"]
            ],
        }
        for section in respondent["sections"]
    ]
    return {
        "code": respondent["code"],
        "title": respondent["title"],
        "intro": respondent.get("intro", "").strip(),
        "sections": sections,
    }
