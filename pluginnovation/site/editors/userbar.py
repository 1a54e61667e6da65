"""The accessibility checker in the bar that editors see on public pages and in previews."""

from wagtail.admin.userbar import AccessibilityItem, ContentCheckerItem


class SiteChecker(ContentCheckerItem):
    """Asks for all of WCAG 2.2 A and AA, where the CMS's own asks for ten rules."""

    axe_run_only = [
        "wcag2a",
        "wcag2aa",
        "wcag21a",
        "wcag21aa",
        "wcag22aa",
        "best-practice",
        "seo",
    ]
    # The bar itself and landmarks of the frame around the text are not the editor's to mend.
    axe_rules = {"region": {"enabled": False}}
    axe_messages = {
        "button-name": ("En knapp saknar text", "Skriv vad knappen gör."),
        "empty-heading": ("En rubrik är tom", "Skriv en rubrik eller ta bort den."),
        "empty-table-header": ("En tabellrubrik är tom", "Skriv vad kolumnen visar."),
        "frame-title": ("En inbäddad ruta saknar titel", "Skriv vad rutan visar."),
        "heading-order": ("En rubriknivå hoppas över", "Gå från nivå 2 till 3, inte till 4."),
        "image-alt": ("En bild saknar alternativtext", "Skriv det bilden säger."),
        "input-button-name": ("En knapp saknar text", "Skriv vad knappen gör."),
        "link-name": ("En länk saknar text", "Skriv vart länken leder."),
        "p-as-heading": ("Ett stycke ser ut som en rubrik", "Välj rubrik i stället för fetstil."),
        "alt-text-quality": (
            "Alternativtexten ser ut som ett filnamn",
            "Skriv det bilden säger, med vanliga ord.",
        ),
        "empty-meta-description": (
            "Sidan saknar sammanfattning",
            "Skriv en eller två meningar i fältet Sammanfattning.",
        ),
        "color-contrast": ("Kontrasten är för låg", "Säg till den som sköter webbplatsen."),
    }

    def get_axe_messages(self, request):
        return {
            rule: {"error_name": name, "help_text": help_text}
            for rule, (name, help_text) in self.axe_messages.items()
        }


def use_own_checker(request, items, page):
    for number, item in enumerate(items):
        if isinstance(item, AccessibilityItem):
            items[number] = SiteChecker(in_editor=item.in_editor)
