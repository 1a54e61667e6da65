"""Demo content: the picture of a page, drawn once."""

from django.core.files.base import ContentFile

from pluginnovation.core.models import SiteImage

from .drawings import Drawing, drawing_of


def illustration_of(item: dict, factor: str = "") -> dict:
    """The fields of ``Illustrated`` by what the file of a page says; none where it says nothing."""
    picture = item.get("picture")
    if not picture:
        return {}
    drawing = drawing_of(item["slug"], picture, factor)
    return {
        "illustration": ensure_image(drawing, f"Bild: {drawing.name}", f"bild-{drawing.name}.svg"),
        "illustration_caption": picture.get("caption", ""),
    }


def ensure_image(drawing: Drawing, title: str, name: str) -> SiteImage:
    """The picture of that title, made where it is not there yet."""
    found = SiteImage.objects.filter(title=title).first()
    return found or SiteImage.objects.create(
        title=title,
        description=drawing.description,
        credit="PlugInnovation",
        file=ContentFile(drawing.svg.encode(), name),
    )
