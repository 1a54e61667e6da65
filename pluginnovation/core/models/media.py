from django.db import models
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtailmedia.models import AbstractMedia

from pluginnovation.core.uploads import cleaned_drawing, extension_of


class SiteImage(AbstractImage):
    """A picture that knows its maker. ``description`` is the alternative text."""

    credit = models.CharField("upphov", max_length=200, blank=True)

    admin_form_fields = (*Image.admin_form_fields, "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = "bild"
        verbose_name_plural = "bilder"

    def save(self, *args, **kwargs):
        """A drawing is cleaned before it is stored, on whatever way it comes."""
        is_new = self.file and not getattr(self.file, "_committed", True)
        if is_new and extension_of(self.file.name) == "svg":
            self.file = cleaned_drawing(self.file)
        super().save(*args, **kwargs)


class SiteRendition(AbstractRendition):
    image = models.ForeignKey(SiteImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)


class SiteDocument(AbstractDocument):
    """A file to fetch. ``extracted_text`` is what the search knows of it."""

    extracted_text = models.TextField("text ur filen", blank=True, editable=False)

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = "dokument"
        verbose_name_plural = "dokument"

    def save(self, *args, **kwargs):
        """With the hash of its file, the ETag under which browsers keep it: never another's."""
        if self.file and not self.file._committed:
            self._set_document_file_metadata()
        super().save(*args, **kwargs)


class SiteMedia(AbstractMedia):
    """A film or sound file in its first format, with the second one and its captions."""

    second_file = models.FileField("samma film i MP4", upload_to="media", blank=True)
    captions = models.FileField("textning (WebVTT)", upload_to="media", blank=True)

    admin_form_fields = (
        "title",
        "file",
        "second_file",
        "captions",
        "collection",
        "duration",
        "width",
        "height",
        "thumbnail",
        "tags",
    )

    class Meta:
        verbose_name = "film"
        verbose_name_plural = "filmer"
