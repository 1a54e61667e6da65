"""What PlugInnovation is described to hold under each factor, and where it is in the content.

The descriptions are those of Cedefop's page on PlugInnovation, with what the mission adds.
``#name`` is advice on the factor's page, a name alone is a tool below it.
"""

UNDER_EACH_FACTOR = {
    "positiva-relationer": {
        "why positive relations matter": "why",
        "development of mentorships": "#utveckla-mentorskapet mentorssamtal",
        "other students or resource persons": "#kamrater-och-resurspersoner kamratstod",
        "coaching and motivation meetings": (
            "#coachning-och-motivationssamtal elevcoachning motiverande-samtal"
        ),
        "clear procedures and systematic approaches": (
            "#rutiner-for-goda-relationer riktlinje-for-goda-relationer"
        ),
        "competency development among teachers": (
            "#kompetensutveckling-for-larare ova-bemotande-pa-fyra-traffar"
        ),
    },
    "flexibilitet": {
        "why flexibility matters": "why",
        "individual needs: studying, teaching, time and space": (
            "#anpassa-studierna #anpassa-tid-och-plats #fler-satt-att-lara-och-visa "
            "anpassa-tid-plats-och-upplagg"
        ),
        "support outside of school for the structure of the day": "#stod-utanfor-skolan",
        "a resource centre": "#resurscentrum resurscentrum-steg-for-steg",
        "a health talk in the first year": "#halsosamtal-i-ettan halsosamtal-i-arskurs-1",
        "longer mentorship": "#langre-mentorskap langre-mentorskap",
        "networks for early leavers: visits, social media, SMS": (
            "#natverk-for-unga-som-lamnat uppsokande-kontakt"
        ),
        "study visits and motivation talks": "#studiebesok-och-motivationssamtal studiebesok",
        "study technique": "#studieteknik-och-vardagsstod studieteknikpass",
        "practical support in everyday life": (
            "#studieteknik-och-vardagsstod praktiskt-stod-i-vardagen"
        ),
        "the questionnaire about taking part in Plug In": "enkat-om-deltagande-i-plug-in",
    },
    "helhetssyn": {
        "why the whole of the individual matters": "why",
        "results, attendance, learning, mind and feelings": (
            "#folja-upp-helheten klassgenomgang-pa-en-timme elevens-bild-av-helheten "
            "halsa-och-studieavbrott"
        ),
        "extra student support": "#extra-elevstod extra-stod-som-hinner-hjalpa",
        "motivation and self-confidence": "#motivation-och-sjalvfortroende",
        "coaching and guidance": "#coachning-och-vagledning",
        "relations through mentorships": "#relation-forst-genom-mentorskap",
        "follow-up work": "#folja-upp-helheten",
        "study and career counselling": "#utveckla-vagledningen vagledning-hela-vagen",
        "relational work": "#utveckla-det-relationella-arbetet",
        "multidisciplinary teaching": ("#amnesovergripande-undervisning amnesovergripande-projekt"),
        "employment solutions with the municipality": (
            "#vagar-till-arbete vagar-till-arbete-i-kommunen"
        ),
    },
    "koll-och-uppfoljning": {
        "why systematic follow-up matters": "why",
        "systematisation of follow-up work": (
            "#systematisera-uppfoljningen franvarotrappa riktlinje-uppfoljning-av-franvaro"
        ),
        "structured plans, short and long": "#strukturerade-planer individuell-plan",
        "documentation": "#dokumentera-arbetet dokumentera-sa-att-nasta-kan-ta-vid",
        "mapping of risk factors": "#kartlagg-riskfaktorer kartlagg-risk-och-skyddsfaktorer",
        "the transition from lower to upper secondary": (
            "#overgang-grundskola-gymnasium overgangen-till-gymnasiet"
        ),
        "interviews with students, teachers, managers and other staff": (
            "#intervjuer-som-kartlagger-behov intervjuguide-behov"
        ),
        "the checklist for when a student changes school": (
            "#overlamning-vid-skolbyte overlamning-nar-en-elev-byter-skola"
        ),
    },
    "samverkan": {
        "why collaboration matters": "why",
        "fewer adults around the student": (
            "#farre-vuxna-runt-eleven rita-kartan-over-vuxna samordnad-plan"
        ),
        "structures and routines for continuous collaboration": (
            "#strukturer-for-lopande-samverkan mote-runt-eleven sa-fungerar-samverkan"
        ),
        "actors at and outside the school": "#en-vag-in kaa-kontakt",
    },
}

# Who is interviewed, as the seed says it: students, teachers, managers, other staff.
INTERVIEWED = {"elev", "larare", "skolledare", "ovrig-personal"}
# Who answers the questionnaire about taking part in Plug In.
ANSWER = {"skolledare", "projektledare", "larare", "syv", "elev"}


def promises():
    """(factor, promise, place) for each place that the content is to have."""
    for factor, promised in UNDER_EACH_FACTOR.items():
        for promise, places in promised.items():
            for place in places.split():
                yield factor, promise, place
