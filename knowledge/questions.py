"""A questionnaire as it is shown: every question with its answers and how to give them."""

HOW = {"scale": "Välj ett steg.", "choice": "Välj ett.", "multi": "Välj alla som stämmer."}


def as_shown(page) -> list[dict]:
    """The respondents with sections and questions, answer scales filled in."""
    steps = page.steps_by_scale()
    return [
        {
            "code": respondent.value["code"],
            "title": respondent.value["title"],
            "intro": respondent.value["intro"],
            "sections": [_section(section, steps) for section in respondent.value["sections"]],
        }
        for respondent in page.respondents
    ]


def _section(section, steps) -> dict:
    questions = [_question(question, steps) for question in section["questions"]]
    return {"heading": section["heading"], "questions": questions}


def _question(question, steps) -> dict:
    kind = question["type"]
    options = steps.get(question.get("scale"), []) if kind == "scale" else question.get("options")
    return {
        "text": question["text"],
        "help": question.get("help") or "",
        "options": list(options or ()) if kind != "text" else [],
        "how": HOW.get(kind, ""),
    }
