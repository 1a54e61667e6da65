"""The block of the CMS. It loads nothing of the figures: pages know it before any model is."""

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

# The fields that make up the selection, in the names of the dashboard's addresses.
SELECTION = ("lasar", "kommun", "perspektiv", "kon", "programtyp", "publicering")


def _figures():
    from .shown import TITLES

    return list(TITLES.items())


def _places():
    from ..tables import PLACES

    return list(PLACES.items())


def _of(name):
    def choices():
        from .. import codes

        return list(getattr(codes, name).items())

    return choices


class FigureBlock(blocks.StructBlock):
    """A figure of the statistics with a chosen selection; its numbers are always published ones."""

    address = blocks.CharBlock(
        label="Adress från statistiken",
        required=False,
        max_length=600,
        help_text=(
            "Snabbast: gör ditt urval på /statistik/, kopiera adressen och klistra in den här."
            " Fälten nedan fylls i när du sparar."
        ),
    )
    figure = blocks.ChoiceBlock(label="Figur", choices=_figures)
    lasar = blocks.CharBlock(
        label="Läsår",
        required=False,
        max_length=60,
        help_text=(
            "Till exempel 2024/25; flera skiljs med komma. Tomt betyder det senaste läsår som är"
            " slut, och följer med när ett nytt kommer."
        ),
    )
    kommun = blocks.MultipleChoiceBlock(
        label="Kommuner",
        required=False,
        choices=_places,
        help_text="Ingen vald är hela regionen. Håll Ctrl (Cmd på Mac) nere för att välja flera.",
    )
    perspektiv = blocks.ChoiceBlock(
        label="Kommunen är",
        choices=[("hem", "där eleven bor (hemkommun)"), ("skola", "där skolan ligger")],
        default="hem",
        help_text="Efter skolkommun finns bara figurerna per kommun och per skola.",
    )
    kon = blocks.ChoiceBlock(label="Kön", required=False, choices=_of("SEXES"))
    programtyp = blocks.ChoiceBlock(
        label="Programtyp", required=False, choices=_of("PROGRAMME_TYPES")
    )
    publicering = blocks.IntegerBlock(
        label="Fast publicering",
        required=False,
        min_value=1,
        max_value=999_999,
        help_text=(
            "Tomt: talen uppdateras vid varje publicering. Ett nummer: talen är de i den"
            " publiceringen och ändras aldrig."
        ),
    )
    caption = blocks.CharBlock(
        label="Bildtext",
        required=False,
        max_length=300,
        help_text="En mening om varför figuren står här. Siffran läser figuren själv upp.",
    )

    class Meta:
        label = "Siffra ur statistiken"
        icon = "table"
        template = "blocks/statistics_figure.html"

    def clean(self, value):
        value = self._with_address(value)
        cleaned = super().clean(value)
        from .shown import Unusable, shown_figure

        try:
            shown_figure(cleaned)
        except Unusable as error:
            field = error.field if error.field in self.child_blocks else "figure"
            raise StructBlockValidationError({field: ValidationError(error.text)}) from error
        return cleaned

    def _with_address(self, value):
        """The value with the fields that a pasted address names, and without the address."""
        address = (value.get("address") or "").strip()
        if not address:
            return value
        from .address import NotAnAddress, fields_of

        try:
            fields = fields_of(address)
        except NotAnAddress as error:
            raise StructBlockValidationError({"address": ValidationError(str(error))}) from error
        given = {**value, **dict.fromkeys(SELECTION), "perspektiv": "hem", "kommun": []}
        return self._to_struct_value({**given, **fields, "address": ""})

    def get_context(self, value, parent_context=None):
        from .shown import Unusable, shown_figure

        context = super().get_context(value, parent_context=parent_context)
        try:
            return context | shown_figure(value)
        except Unusable as error:
            request = context.get("request")
            # A reader sees nothing; whoever looks at a draft sees why.
            is_preview = bool(getattr(request, "is_preview", False))
            return context | {"unusable": error.text if is_preview else ""}

    def problem(self, value) -> str:
        """Why the figure cannot be shown, for the editors; empty where it can."""
        from .shown import Unusable, shown_figure

        try:
            shown_figure(value, draw=False)
        except Unusable as error:
            return error.text
        return ""
