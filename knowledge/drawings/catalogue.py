"""From what a file of the content says of its picture to the drawing.

``{drawing: NAME}`` is one of the scenes below; ``{bars: [..]}``, ``{pairs: [..]}``, ``{hundreds:
[..]}`` and ``{around: [many, few]}`` draw numbers, and say in ``shows`` what they show.
"""

from . import forms, numbers, scenes
from .forms import Drawing

# Name: what it shows in words, and what draws it.
SCENES = {
    "samtal": ("Två personer som talar med varandra och en klocka.", scenes.talk),
    "bredvid": ("Två personer bredvid varandra vid ett bord.", scenes.peers),
    "skala": (
        "En skala med elva steg från noll till tio. Steg fem är markerat, de lägre är fyllda.",
        scenes.scale,
    ),
    "ovning": ("Fyra par som övar, två och två.", scenes.practice),
    "vecka": ("Fem dagar i rad. De tre första är avbockade.", scenes.week),
    "hela-vagen": (
        "En vuxen och en elev sida vid sida, på fyra ställen längs en väg.",
        scenes.long_way,
    ),
    "oppen-dorr": ("En öppen dörr och någon på väg dit.", scenes.open_door),
    "na-fram": ("En telefon, ett brev och en dörr, i den ordningen.", scenes.reach),
    "besok": ("Två personer på väg tillsammans till ett hus.", scenes.visit),
    "sex-pass": ("Sex papper i rad, lite fullare för varje.", scenes.passes),
    "plan": (
        "Ett papper i två spalter: tre korta steg till vänster och ett mål till höger.",
        scenes.plan,
    ),
    "klasslista": ("En klasslista med fyra kolumner. Sex rutor är markerade.", scenes.class_list),
    "trappa": ("En trappa i fem steg. På varje steg står någon.", scenes.stairs),
    "bro": ("En bro mellan två hus. Någon bär ett papper över.", scenes.bridge),
    "bord": (
        "Ett bord från ovan. Eleven sitter vid kortsidan, tre vuxna runt om och en plats är tom.",
        scenes.table,
    ),
    "en-plan": ("Tre papper blir ett.", scenes.one_plan),
    "arbete": ("En väg med tre hållplatser som leder till ett intyg.", scenes.work),
    "halsa": ("En person och ett hjärta.", scenes.heart),
    "sex-omraden": ("Sex fält runt en person.", scenes.six_fields),
    "ingen-skillnad": (
        "Två lika höga staplar med ett likhetstecken emellan.",
        scenes.no_difference,
    ),
    "lasar": (
        "Tolv månader i rad. Två är sommar. Mitt i läsåret går en spricka.",
        scenes.school_year,
    ),
    "atta-mot-en": ("En ruta överst och åtta rutor under.", scenes.eight_to_one),
    "dagen": ("En dag som en linje med fem punkter. I mitten är den bruten.", scenes.day),
}
NUMBERS = ("bars", "pairs", "hundreds", "around")
FIELDS = {
    "positiva-relationer": forms.RELATIONS,
    "flexibilitet": forms.FLEXIBILITY,
    "helhetssyn": forms.HOLISTIC,
    "koll-och-uppfoljning": forms.FOLLOW_UP,
    "samverkan": forms.COLLABORATION,
}


def drawing_of(slug: str, picture: dict, factor: str) -> Drawing:
    """The drawing of a page, on the field of its factor. An unknown name is an error."""
    field = FIELDS.get(factor, forms.FOLLOW_UP)
    if name := picture.get("drawing"):
        words, draw = SCENES[name]
        return Drawing(slug, words, field, draw())
    [kind] = [each for each in NUMBERS if each in picture]
    return Drawing(slug, picture["shows"], field, getattr(numbers, kind)(*picture[kind]))
