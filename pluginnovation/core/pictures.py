"""Pictures as pages show them: AVIF and WebP in several widths, cut around the focal point."""

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from django_tasks import task
from wagtail.images.models import Filter, Picture, ResponsiveImage

from .models import SiteImage

FORMATS = ("avif", "webp")
SIZES = ((480, 270), (960, 540), (1440, 810))
CUT = [f"fill-{width}x{height}|format-{kind}" for kind in FORMATS for width, height in SIZES]
DRAWING = "width-960|preserve-svg"


def picture(image: SiteImage, alt: str, sizes: str, decorates: bool = False) -> ResponsiveImage:
    """The markup of a picture 16 wide and 9 high; a drawing keeps its form.

    A picture that only decorates says so, and is left out by what reads pages aloud. None is
    lazy: what lies below the fold would be missing on paper, and a page has one or two.
    Costs one query where the sizes are not in the cache but have been made before.
    """
    attributes = {"alt": alt, "sizes": sizes}
    if decorates:
        attributes |= {"alt": "", "role": "presentation"}
    if image.is_svg():
        del attributes["sizes"]
        return ResponsiveImage(image.get_renditions(DRAWING), attributes)
    return Picture(image.get_renditions(*(Filter(spec) for spec in CUT)), attributes)


@task()
def make_sizes(image_id: int) -> None:
    """Make the sizes before the first reader waits for them."""
    image = SiteImage.objects.filter(pk=image_id).first()
    if image and not image.is_svg():
        image.get_renditions(*(Filter(spec) for spec in CUT))


@receiver(post_save, sender=SiteImage)
def image_saved(instance, raw=False, **kwargs):
    if not raw:
        transaction.on_commit(lambda: make_sizes.enqueue(instance.pk))
