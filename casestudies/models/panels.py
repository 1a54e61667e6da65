"""The editor's form of a case study, in the order in which one writes it."""

from django import forms
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel, MultiFieldPanel

from pluginnovation.core.models import BasePage

CHECKBOXES = forms.CheckboxSelectMultiple
SOURCES_HELP = (
    "Skriv källans nyckel inom hakparentes efter varje påstående: ”Närvaron ökade. [S3]”. "
    "Lägg till källan längst ner. På sidan blir nyckeln en siffra som leder till källan."
)

CONTENT_PANELS = [
    *BasePage.content_panels,
    FieldPanel("programme"),
    MultiFieldPanel(
        [
            FieldPanel("municipalities"),
            FieldPanel("place_note"),
            FieldPanel("region"),
            FieldPanel("unit"),
        ],
        "Var",
    ),
    MultiFieldPanel(
        [
            FieldPanel("factors", widget=CHECKBOXES),
            FieldPanel("levels", widget=CHECKBOXES),
            FieldPanel("prevention", widget=CHECKBOXES),
            FieldPanel("target_groups", widget=CHECKBOXES),
        ],
        "Sortering",
        help_text="Styr var fallstudien syns och hur det går att filtrera fram den.",
    ),
    HelpPanel(SOURCES_HELP),
    FieldPanel("target_group"),
    MultiFieldPanel([FieldPanel("period"), FieldPanel("started"), FieldPanel("ended")], "När"),
    FieldPanel("image"),
    FieldPanel("background"),
    FieldPanel("goal"),
    FieldPanel("steps"),
    FieldPanel("participants"),
    MultiFieldPanel([FieldPanel("cost_time"), FieldPanel("cost_money")], "Tid och kostnad"),
    FieldPanel("result"),
    FieldPanel("measured", widget=CHECKBOXES),
    FieldPanel("challenges"),
    FieldPanel("advice"),
    MultiFieldPanel(
        [
            FieldPanel("still_running"),
            FieldPanel("still_running_note"),
            FieldPanel("contact_role"),
        ],
        "Lever det kvar?",
    ),
    InlinePanel("sources", heading="Källor", label="Källa"),
    FieldPanel("status_note"),
    MultiFieldPanel(
        [FieldPanel("guidance"), FieldPanel("tools"), FieldPanel("works")],
        "Hör ihop med",
        help_text="Fallstudien syns också på de sidor som du väljer här.",
    ),
]
