"""The code lists of the statistics, and the rules that derive one value from another.

Plain data and functions without a database: ingestion, figures and the generator rely on the
same lists. Programme codes follow Skolverket (GY11 and GY25); municipalities, activities,
reasons and length classes are this project's own (see ``docs/`` for their sources).
"""

from dataclasses import dataclass
from datetime import date

TOTAL = "T"
OTHER = "OVR"  # municipalities outside the region; programmes of no other type

SEXES = {"K": "Kvinnor", "M": "Män"}

# The thirteen members of Göteborgsregionen, in Swedish alphabetical order.
REGION = {
    "1440": "Ale",
    "1489": "Alingsås",
    "1480": "Göteborg",
    "1401": "Härryda",
    "1384": "Kungsbacka",
    "1482": "Kungälv",
    "1441": "Lerum",
    "1462": "Lilla Edet",
    "1481": "Mölndal",
    "1402": "Partille",
    "1415": "Stenungsund",
    "1419": "Tjörn",
    "1407": "Öckerö",
}

AGES = {
    "16": "16 år eller yngre",
    "17": "17 år",
    "18": "18 år",
    "19": "19 år",
    "20": "20 år eller äldre",
}

PROGRAMME_TYPES = {
    "YP": "Yrkesprogram",
    "HF": "Högskoleförberedande program",
    "IM": "Introduktionsprogram",
    "OVR": "Övriga utbildningar",
}


@dataclass(frozen=True)
class Programme:
    code: str
    name: str
    type: str


# One entry for each programme that the statistics count; older codes are in SUCCESSORS.
PROGRAMMES = {
    code: Programme(code, name, type_)
    for code, type_, name in (
        ("BF", "YP", "Barn- och fritidsprogrammet"),
        ("BA", "YP", "Bygg- och anläggningsprogrammet"),
        ("EE", "YP", "El- och energiprogrammet"),
        ("FT", "YP", "Fordons- och transportprogrammet"),
        ("FR", "YP", "Frisör- och stylistprogrammet"),
        ("FS", "YP", "Försäljnings- och serviceprogrammet"),
        ("HT", "YP", "Hotell- och turismprogrammet"),
        ("IN", "YP", "Industritekniska programmet"),
        ("NB", "YP", "Naturbruksprogrammet"),
        ("RL", "YP", "Restaurang- och livsmedelsprogrammet"),
        ("VF", "YP", "VVS- och fastighetsprogrammet"),
        ("VO", "YP", "Vård- och omsorgsprogrammet"),
        ("FL", "YP", "Flygteknikutbildningen"),
        ("MA", "YP", "Marinteknikutbildningen"),
        ("SJ", "YP", "Sjöfartsutbildningen"),
        ("TA", "YP", "Tågteknikutbildningen"),
        ("YR", "YP", "Yrkesdansarutbildningen"),
        ("EK", "HF", "Ekonomiprogrammet"),
        ("ES", "HF", "Estetiska programmet"),
        ("HU", "HF", "Humanistiska programmet"),
        ("NA", "HF", "Naturvetenskapsprogrammet"),
        ("SA", "HF", "Samhällsvetenskapsprogrammet"),
        ("TE", "HF", "Teknikprogrammet"),
        ("IM", "IM", "Introduktionsprogram, utan närmare uppgift"),
        ("IMV", "IM", "Programinriktat val"),
        ("IMY", "IM", "Yrkesintroduktion"),
        ("IMA", "IM", "Individuellt alternativ"),
        ("IMS", "IM", "Språkintroduktion"),
        ("IB", "OVR", "International Baccalaureate"),
        ("VI", "OVR", "Fjärde tekniskt år"),
        ("AN", "OVR", "Anpassad gymnasieskola"),
    )
}

# Codes that count with another programme, so that a series does not break where a name did.
SUCCESSORS = {
    "HV": "FR",
    "HA": "FS",
    "FX": "FL",
    "MX": "MA",
    "SX": "SJ",
    "TX": "TA",
    "YX": "YR",
    "IMPRO": "IMV",
    "IMPRE": "IMV",
    "IMYRK": "IMY",
    "IMIND": "IMA",
    "IMSPR": "IMS",
}
_PREFIXES = {**{code: code for code in PROGRAMMES}, **SUCCESSORS}
_LONGEST = max(map(len, _PREFIXES))
STUDY_PATH_LENGTH = 10


def programme_of(study_path: str) -> Programme | None:
    """The programme that a study path counts with: that of its longest known prefix.

    ``NANAT`` and ``NA25`` are NA, ``IMVBA`` and ``IMPRO`` are IMV, ``HV`` is FR. None where
    no prefix is known.
    """
    for length in range(min(_LONGEST, len(study_path)), 1, -1):
        code = _PREFIXES.get(study_path[:length])
        if code:
            return PROGRAMMES[code]
    return None


@dataclass(frozen=True)
class ActivityGroup:
    code: str
    name: str
    activities: dict[str, str]


ACTIVITY_GROUPS = {
    group.code: group
    for group in (
        ActivityGroup(
            "UTB",
            "Utbildning",
            {
                "GYN": "Gymnasieskolan, nationellt program",
                "GYI": "Gymnasieskolan, introduktionsprogram",
                "GYA": "Anpassad gymnasieskola",
                "VUX": "Komvux",
                "SFI": "Svenska för invandrare (sfi)",
                "FHA": "Folkhögskola, allmän kurs",
                "FHS": "Folkhögskola, studiemotiverande kurs (SMF)",
                "UTU": "Studier utomlands",
                "UTA": "Annan utbildning",
            },
        ),
        ActivityGroup(
            "ARBG",
            "Arbete",
            {"ARB": "Arbete", "EGF": "Eget företag", "LAR": "Lärling eller trainee"},
        ),
        ActivityGroup(
            "AKT",
            "Annan aktivitet",
            {
                "PRA": "Praktik",
                "AMP": "Arbetsmarknadspolitisk åtgärd",
                "KAA": "Individuell åtgärd inom aktivitetsansvaret",
                "SOK": "Arbetssökande",
                "VPL": "Värnplikt",
                "IDE": "Ideellt arbete",
            },
        ),
        ActivityGroup(
            "SKAL",
            "Annat skäl",
            {
                "FOR": "Föräldraledig",
                "SJK": "Sjukskriven eller vård",
                "AKE": "Aktivitetsersättning",
                "FLY": "Flyttat till annan kommun",
                "UTL": "Flyttat eller vistas utomlands",
            },
        ),
        ActivityGroup(
            "UTAN",
            "Utan känd aktivitet",
            {
                "SAK": "Saknar sysselsättning",
                "NEJ": "Har tackat nej till kontakt",
                "EJN": "Har inte nåtts",
                "OKD": "Okänt",
            },
        ),
    )
}
ACTIVITIES = {
    code: name for group in ACTIVITY_GROUPS.values() for code, name in group.activities.items()
}
GROUP_OF_ACTIVITY = {
    code: group.code for group in ACTIVITY_GROUPS.values() for code in group.activities
}
UNKNOWN_ACTIVITY = "OKD"

REASONS = {
    "FEL": "Felval",
    "TRI": "Skoltrötthet eller bristande motivation",
    "FRA": "Hög frånvaro",
    "PSY": "Sjukdom eller personliga skäl",
    "SVA": "Svårigheter i studierna",
    "ARB": "Fått arbete",
    "FLY": "Flytt",
    "UTL": "Utlandsvistelse",
    "GRA": "Graviditet eller barn",
    "RES": "Lång resväg",
    "UPP": "Upphört uppehållstillstånd",
    "ANN": "Annat",
    "OKD": "Okänd orsak",
}

ONGOING = "PAG"
LENGTH_CLASSES = {
    "L0": "Kortare än 1 månad",
    "L1": "1–3 månader",
    "L2": "3–6 månader",
    "L3": "6–12 månader",
    "L4": "1–2 år",
    "L5": "Längre än 2 år",
    ONGOING: "Pågående",
}
# The last day of each class but the longest.
LENGTH_BOUNDS = {"L0": 30, "L1": 91, "L2": 182, "L3": 365, "L4": 730}


def school_year(day: date) -> str:
    """The läsår that a day falls in: 1 July to 30 June, ``2024/25``."""
    start = day.year if day.month >= 7 else day.year - 1
    return f"{start}/{(start + 1) % 100:02d}"


def region_code(municipality: str) -> str:
    """The code that a home or school municipality is shown by: its own, or OVR outside."""
    return municipality if municipality in REGION else OTHER
