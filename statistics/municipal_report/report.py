"""One municipality, one school year -> the report. Reads the figures that it is given, no more."""

from .. import codes
from ..disclosure import BASE_MINIMUM, LARGEST_CHANGE, SHARE_MINIMUM
from ..figures.words import INTERRUPTION, NOT_COUNTED
from ..publication import Figures
from ..selection import Selection, joined
from . import beside, sections, sentences
from .model import Report


def build(found: Figures, selection: Selection, region_of: Figures | None = None) -> Report:
    """The report of the one municipality and the one school year of ``selection``.

    ``region_of`` are the figures to compare with: the same, unless those are of the one
    municipality alone; None where there are none to compare with.
    """
    # It is of a whole municipality, by home: whatever else is chosen does not apply.
    kept = ("lasar", "kommun", "publicering", "problems")
    selection = Selection(**{name: getattr(selection, name) for name in kept})
    place = selection.kommun[0]
    own = sentences.key_numbers(found, selection)
    region = _region(region_of, selection, own)
    return Report(
        place=place,
        name=codes.REGION[place],
        figures=found,
        selection=selection,
        in_short=tuple(sentences.in_short(found, selection, own, region)),
        questions=tuple(sentences.questions(found, selection, own, region)),
        sections=_with_content(
            *sections.of_numbers(found, selection, own),
            beside.section(selection, own, region),
        ),
        protection=_protection(found, own),
        definitions=_DEFINITIONS,
        too_little=_too_little(found, selection, own),
    )


def _with_content(*found):
    """Without the sections that would say nothing but that they are empty."""
    return tuple(section for section in found if section.figure or section.grids)


def _region(figures, selection, own):
    if figures is None or selection.lasar[0] not in figures.codes["lasar"]:
        return None
    year = own.followed_year if own.followed_year in figures.codes["lasar"] else None
    return sentences.key_numbers(figures, selection.region, year)


def _too_little(found, selection, own):
    """Why a small municipality has few numbers, and how it gets more that hold."""
    count = own.count.value or 0
    if count >= SHARE_MINIMUM:
        return ()
    enough = [
        year
        for year in found.codes["lasar"]
        if (found.total("avbrott", lasar=year, **selection.chosen("hemkommun")).value or 0)
        >= SHARE_MINIMUM
    ]
    limit = BASE_MINIMUM if count < BASE_MINIMUM else SHARE_MINIMUM
    kept = (
        "Därför visas varken vad de unga gör nu, hur länge avbrotten varar eller examen."
        if count < BASE_MINIMUM
        else "Därför visas antal men inga andelar."
    )
    advice = (
        f"Läsår med fler avbrott: {joined(enough)}. Välj ett av dem."
        if enough
        else "Inget läsår har så många. Regionens tal står bredvid, och i statistiken går det att"
        " lägga ihop flera läsår eller jämföra med grannkommuner."
    )
    year = selection.lasar[0]
    if own.count.value is None:
        return (
            f"Talen för {selection.place_words} läsåret {year} väntar: för få uppgifter har ändrats"
            " för att visas än. Det betyder inte att avbrotten är noll.",
            advice,
        )
    return (
        f"{selection.place_words} har för få avbrott läsåret {year} för en hel rapport: det"
        f" publicerade antalet är lägre än {limit}. {kept}",
        "Med så få avbrott kan ett enda beslut i en familj ändra talen, och enskilda elever skulle"
        " kunna kännas igen.",
        advice,
    )


def _protection(found, own):
    if found.exact:
        return (
            "Talen är exakta och får inte publiceras. Små tal kan peka ut enskilda elever. Det som"
            " får lämnas ut står i den öppna rapporten.",
            "Tal från regionen kan vara skyddade: de avviker i så fall med högst 5.",
        )
    told = [
        "Varje antal har ändrats lite på ett slumpmässigt men bestämt sätt, så att ingen enskild"
        f" elev går att peka ut. Ett tal kan avvika med högst {LARGEST_CHANGE} från det verkliga,"
        " oftast mindre. 1 och 2 visas aldrig: en nolla kan betyda att det finns några få.",
        "Delarna summerar därför inte alltid till helheten. Två punkter (..) betyder att talet"
        f" bygger på för få avbrott: vad som hände sedan visas där det publicerade antalet är minst"
        f" {BASE_MINIMUM}, andelar där det är minst {SHARE_MINIMUM}.",
    ]
    if (whole := own.count.value or 0) >= SHARE_MINIMUM:
        told.append(
            f"En andel av {whole} avbrott kan avvika med som mest {_points(whole)} procentenheter."
            " Dra inga slutsatser av skillnader som är mindre."
        )
    return tuple(told)


def _points(whole: int) -> int:
    """How many percentage points a share of one half can be off, both its counts being off."""
    half = whole / 2
    most = (half + LARGEST_CHANGE) / max(whole - LARGEST_CHANGE, 1) - 0.5
    return max(1, round(100 * min(most, 0.5)))


_DEFINITIONS = (
    ("Studieavbrott", f"En{INTERRUPTION.removeprefix('Studieavbrott: en')}"),
    ("Räknas inte", NOT_COUNTED),
    ("Kommun", "Hemkommunen: där eleven är folkbokförd, vilken skola hen än går i."),
    ("Läsår", "Från 1 juli till 30 juni. Avbrottet hör till den dag då det började."),
    ("Ålder", "Avbrottets år minus elevens födelseår."),
    (
        "Längd",
        "Dagar från avbrottet till återstarten, eller till examen om den kom först. Pågående"
        " avbrott är en egen klass.",
    ),
    (
        "Vad de gör nu",
        "Det senaste som hemkommunen eller skolan vet på datadagen. Utan känd aktivitet betyder"
        " att ingen har uppgiften, eller att den unga saknar sysselsättning.",
    ),
    (
        "Läget efter 3, 6, 12 och 24 månader",
        "Examen om den har kommit, annars tillbaka i gymnasieskolan, annars det som var känt under"
        " de sex månaderna före. Varje tidpunkt räknas för sig.",
    ),
    (
        "Examen inom 24 månader",
        "Gymnasieexamen inom 24 månader från avbrottet, av de avbrott vars 24 månader har gått.",
    ),
    (
        "Aktivitetsansvaret",
        "Kommunens aktivitetsansvar gäller fler: också den som aldrig började eller slutade med"
        " studiebevis. Antalen går inte att jämföra.",
    ),
)
