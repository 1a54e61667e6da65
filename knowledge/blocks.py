"""What checklists and questionnaires are put together from."""

from wagtail import blocks

from .choices import QuestionType, Respondent


class ChecklistItemBlock(blocks.StructBlock):
    text = blocks.CharBlock(label="Punkt", max_length=300)
    help = blocks.TextBlock(label="Förklaring", required=False)

    class Meta:
        label = "Punkt"


class ChecklistGroupBlock(blocks.StructBlock):
    """Points that one person does at one time."""

    heading = blocks.CharBlock(label="Rubrik", max_length=120)
    intro = blocks.TextBlock(label="Inledning", required=False)
    items = blocks.ListBlock(ChecklistItemBlock(), label="Punkter")

    class Meta:
        label = "Grupp"
        icon = "list-ul"


class ScaleBlock(blocks.StructBlock):
    """An answer scale that questions refer to by its code."""

    code = blocks.RegexBlock(r"^[a-z0-9-]+$", label="Kod", error_messages={"invalid": "a–z, 0–9"})
    label = blocks.CharBlock(label="Namn", max_length=120)
    steps = blocks.ListBlock(blocks.CharBlock(max_length=120), label="Steg")

    class Meta:
        label = "Svarsskala"
        icon = "order"


class QuestionBlock(blocks.StructBlock):
    text = blocks.TextBlock(label="Fråga")
    type = blocks.ChoiceBlock(choices=QuestionType.choices, label="Svar", default="scale")
    scale = blocks.CharBlock(label="Skalans kod", required=False)
    options = blocks.ListBlock(blocks.CharBlock(max_length=200), label="Alternativ", default=[])
    help = blocks.TextBlock(label="Förklaring", required=False)

    class Meta:
        label = "Fråga"


class SectionBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label="Rubrik", max_length=120)
    questions = blocks.ListBlock(QuestionBlock(), label="Frågor")

    class Meta:
        label = "Avsnitt"


class RespondentBlock(blocks.StructBlock):
    """The questions to one group of people."""

    code = blocks.ChoiceBlock(choices=Respondent.choices, label="Vem som svarar")
    title = blocks.CharBlock(label="Rubrik", max_length=120)
    intro = blocks.TextBlock(label="Inledning", required=False)
    sections = blocks.ListBlock(SectionBlock(), label="Avsnitt")

    class Meta:
        label = "Svarande"
        icon = "group"
