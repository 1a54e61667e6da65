"""What else senders call the columns, by kind of file.

Only words that cannot mean something else in such a file: a person's name, or the day a row
was exported, would be worse than a column that is asked for.
"""

_STUDENT = ("personnummer", "personnr", "pnr", "pnummer", "person_id", "elev_id", "elevens id",
            "civicNo", "samordningsnummer", "elev personnummer")  # fmt: skip
_SCHOOL = ("skolenhetskod", "skolenhets kod", "skolenhetsid", "skol kod", "schoolUnitCode",
           "skolenhetens kod")  # fmt: skip
_HOME = ("hemkommunkod", "hemkommun kod", "folkbokföringskommun", "folkbokförd kommun",
         "kommun", "kommunkod")  # fmt: skip
_PROGRAMME = ("programkod", "studieväg", "studievägskod", "studievägs kod", "utbildningskod",
              "educationCode")  # fmt: skip
_SEX = ("juridiskt kön", "kön (K/M)", "sex")
_ACTIVITY = ("aktivitetskod", "sysselsättning", "sysselsättningskod", "aktivitet kod")

SYNONYMS = {
    "interruptions": {
        "avbrott_id": ("avbrottsid", "avbrottets id", "avbrottsnummer", "avbrott nr",
                       "ärendenummer", "ärende id", "ärendenr"),
        "elev": _STUDENT,
        "kon": _SEX,
        "fodelsear": ("född", "född år", "år född", "birth year"),
        "hemkommun": _HOME,
        "skolenhet": _SCHOOL,
        "program": _PROGRAMME,
        "arskurs": ("åk", "årskurs (1-4)", "klass årskurs", "schoolYear"),
        "avbrottsdatum": ("datum för avbrott", "avbrott datum", "avbrott från",
                          "avbrottsdag", "avbröt datum", "avbrott startdatum"),
        "aterstart": ("återstartsdatum", "datum för återstart", "åter datum", "återupptog datum",
                      "återgång", "återgångsdatum", "åter i studier"),
        "examensdatum": ("examen", "examensdag", "datum för examen", "examen datum"),
        "aktivitet": _ACTIVITY,
        "aktivitet_datum": ("aktivitetsdatum", "datum för aktivitet", "datum aktivitet"),
        "orsak": ("orsakskod", "avbrottsorsak", "orsak till avbrott", "avbrottskod"),
    },
    "activities": {
        "elev": _STUDENT,
        "avbrott_id": ("avbrottsid", "avbrottets id"),
        "kalla": ("källans kod", "källkod"),
        # Not the day's names in a file of interruptions, which would be taken for this one.
        "datum": ("observationsdatum", "kontaktdatum"),
        "aktivitet": _ACTIVITY,
    },
    "students": {
        "lasar": ("skolår",),
        "skolenhet": _SCHOOL,
        "hemkommun": _HOME,
        "program": _PROGRAMME,
        "kon": _SEX,
        "elever": ("antal elever", "elevantal", "antal"),
    },
    "school_units": {
        "skolenhet": _SCHOOL,
        "namn": ("skolenhetens namn", "skolenhetsnamn", "skolans namn", "skola", "displayName"),
        "kommun": ("kommunkod", "lägeskommun", "skolkommun", "municipalityCode"),
        "huvudman": ("huvudmannens namn", "huvudmannanamn"),
        "program": ("programkoder", *_PROGRAMME),
        "fran": ("från datum", "startdatum", "giltig från", "från och med"),
        "till": ("till datum", "slutdatum", "giltig till", "till och med"),
    },
}  # fmt: skip
