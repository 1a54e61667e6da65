"""What a delivery's state is called, and what can be chosen, in the words of the pages."""

from dataclasses import dataclass

from ..models import Delivery

Status, Decision = Delivery.Status, Delivery.Decision
ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 med märke (BOM)",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "cp1252": "Windows-1252",
}
DELIMITERS = {";": "semikolon", ",": "komma", "\t": "tabb"}


@dataclass(frozen=True, slots=True)
class Words:
    """``word`` for lists, ``sentence`` for the page, ``more`` what to do; ``tone`` for looks."""

    word: str
    sentence: str
    tone: str
    more: str = ""


def status_of(delivery: Delivery) -> Words:
    if delivery.status == Status.TAKEN_IN and delivery.batch.withdrawn_at:
        return _WITHDRAWN
    if delivery.status == Status.REPORTED:
        return _reported(delivery)
    return _WORDS[delivery.status]


_WITHDRAWN = Words(
    "Återtagen", "Leveransen är återtagen", "left", "Det som gällde före den gäller igen."
)
_WORDS = {
    Status.UPLOADED: Words("Väntar på att läsas", "Filen väntar på att läsas", "wait"),
    Status.READING: Words("Läses", "Filen läses", "wait"),
    Status.APPROVING: Words(
        "Väntar på godkännande",
        "Beslutet väntar på en andra person",
        "ask",
        "Inget är ändrat än. En statistikansvarig som inte själv har skickat filen godkänner.",
    ),
    Status.DECIDING: Words("Tas in", "Raderna tas in", "wait"),
    Status.TAKEN_IN: Words(
        "Intagen",
        "Filen är intagen",
        "done",
        "De publicerade siffrorna ändras vid nästa publicering.",
    ),
    Status.LEFT: Words("Inte intagen", "Filen togs inte in", "left", "Inget är ändrat."),
    Status.FAILED: Words(
        "Gick inte att läsa", "Filen går inte att använda", "wrong", "Inget är ändrat."
    ),
}


def _reported(delivery: Delivery) -> Words:
    counts = delivery.report["counts"]
    if not counts["wrong"]:
        sentence = "Filen är läst. Alla rader är rätt."
    elif counts["wrong"] == 1:
        sentence = "Filen är läst. En rad har fel."
    else:
        sentence = f"Filen är läst. {counts['wrong']} rader har fel."
    return Words(
        "Väntar på beslut", sentence, "ask", "Inget är ändrat än. Läs rapporten och bestäm."
    )


def choices_of(delivery: Delivery) -> list[dict[str, str]]:
    """What may be chosen for a delivery as it stands: never to take in what is wrong."""
    if delivery.status == Status.FAILED:
        return [_LEAVE]
    if delivery.status != Status.REPORTED:
        return []
    counts = delivery.report["counts"]
    right = counts["rows"] - counts["wrong"]
    if not counts["wrong"]:
        help_ = f"{_rows(right)}: {counts['new']} nya, {counts['changed']} ändrade."
        return [_choice(Decision.ALL, "Ta in alla rader", help_), _LEAVE]
    held = "Den väntar" if counts["wrong"] == 1 else "De väntar"
    help_ = (
        f"{_rows(right)} tas in. {_rows(counts['wrong'])} med fel hålls i karantän. {held} där, "
        "utan elev, tills en senare fil har dem i ordning."
    )
    label = "Ta in de rätta raderna och håll de andra i karantän"
    taken = [_choice(Decision.VALID, label, help_)] if right else []
    return [*taken, _LEAVE]


def _rows(count: int) -> str:
    return "1 rad" if count == 1 else f"{count} rader"


def _choice(value, label, help_) -> dict[str, str]:
    return {"value": str(value), "label": label, "help": help_}


_LEAVE = _choice(
    Decision.LEAVE, "Ta inte in något", "Inget ändras. Rätta filen och skicka in den på nytt."
)


def file_facts(delivery: Delivery) -> list[tuple[str, str]]:
    """What the file turned out to be, as label and value."""
    told = (delivery.report or {}).get("file")
    if not told:
        return []
    facts = [("Format", told["format"])]
    if told["encoding"]:
        facts.append(("Teckenkodning", ENCODINGS.get(told["encoding"], told["encoding"])))
    if told["delimiter"]:
        facts.append(("Skiljetecken", DELIMITERS.get(told["delimiter"], told["delimiter"])))
    if told["sheet"]:
        facts.append(("Blad", told["sheet"]))
    if told["other_sheets"]:
        facts.append(("Blad som inte läses", ", ".join(told["other_sheets"])))
    if told["macros"]:
        facts.append(("Makron", "Filen har makron. De körs inte."))
    return facts
