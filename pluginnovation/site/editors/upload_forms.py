"""The forms by which editors upload: what does not fit is told at its field, in Swedish."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from PIL import Image
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm
from wagtailmedia.forms import BaseMediaForm
from wagtailmedia.settings import wagtailmedia_settings

from pluginnovation.core.uploads import MB, check_captions, check_file, clean_svg, extension_of

LARGEST_FILM = 500 * MB
LARGEST_STILL = 5 * MB
STILLS = {"jpg", "jpeg", "png", "webp"}


class CheckedImageField(WagtailImageField):
    """A picture whose size is read before it is unpacked, and which may be broken in any way."""

    default_error_messages = {
        "invalid_image": (
            "Filen går inte att läsa som bild. Den kan vara trasig eller ha fel ändelse. "
            "Spara om den som JPG, PNG, WebP eller SVG."
        )
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.error_messages["invalid_image_known_format"] = (
            "Filen heter .%(extension)s men innehållet är %(image_format)s. "
            "Spara om den i rätt format och ladda upp den igen."
        )

    def to_python(self, data):
        if data:
            self._check_header(data)
        try:
            return super().to_python(data)
        except (OSError, SyntaxError, EOFError, ArithmeticError) as broken:
            raise ValidationError(self.error_messages["invalid_image"]) from broken

    def _check_header(self, data) -> None:
        try:
            with Image.open(data) as image:
                pixels = image.width * image.height
        except Image.DecompressionBombError:
            pixels = self.max_image_pixels + 1
        except (OSError, SyntaxError, ValueError):
            pixels = 0  # a drawing, or nothing at all; what follows tells
        finally:
            data.seek(0)
        if pixels > self.max_image_pixels:
            raise ValidationError(
                "Bilden har för hög upplösning. Högst "
                f"{self.max_image_pixels // 1_000_000} miljoner bildpunkter går att ladda upp. "
                "Minska den, till exempel till 4000 bildpunkter på den längsta sidan."
            )


class ImageForm(BaseImageForm):
    """Pictures; the alternative text is what editors forget, so its field says what it is for."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if plain := self.fields.get("file"):
            self.fields["file"] = CheckedImageField(
                label=plain.label, required=plain.required, widget=plain.widget
            )
        if "description" in self.fields:
            self.fields["description"].label = "Alternativtext"
            self.fields[
                "description"
            ].help_text = "Det bilden säger, för den som inte ser den. Högst 255 tecken."

    def clean_file(self):
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile) and extension_of(file.name) == "svg":
            file.seek(0)
            cleaned = clean_svg(file.read())
            file.seek(0)
            file.truncate()
            file.write(cleaned)
            file.seek(0)
            file.size = len(cleaned)
        return file


class DocumentForm(BaseDocumentForm):
    def _post_clean(self):
        super()._post_clean()
        # A file that was refused has no name, about which the model complains once more.
        if self._errors.get("file"):
            self._errors["file"] = self.error_class(self._errors["file"][:1])

    def clean_file(self):
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            check_file(file, settings.WAGTAILDOCS_EXTENSIONS, settings.WAGTAILDOCS_MAX_UPLOAD_SIZE)
        return file


class MediaForm(BaseMediaForm):
    """Films and sound, in two formats, with captions and a still picture."""

    HELP = {
        "file": "Film: WebM eller MP4. Ljud: MP3, M4A eller OGG. Högst 500 MB.",
        "second_file": "För läsare vars webbläsare inte visar WebM. Samma film, högst 500 MB.",
        "captions": "Textning i WebVTT. Utan den går en föreläsning inte att publicera.",
        "duration": "I sekunder.",
        "thumbnail": "Stillbild som visas innan filmen spelas: JPG, PNG eller WebP, högst 5 MB.",
    }
    LABELS = {
        "title": "Titel",
        "file": "Fil",
        "duration": "Längd",
        "width": "Bredd",
        "height": "Höjd",
        "thumbnail": "Stillbild",
        "tags": "Taggar",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, text in self.HELP.items():
            if name in self.fields:
                self.fields[name].help_text = text
        for name, text in self.LABELS.items():
            if name in self.fields:
                self.fields[name].label = text
        if "captions" in self.fields:
            self.fields["captions"].widget.attrs["accept"] = ".vtt"
            self.fields["second_file"].widget.attrs["accept"] = ".mp4"
            self.fields["thumbnail"].widget.attrs["accept"] = ".jpg,.jpeg,.png,.webp"

    def clean_file(self):
        is_sound = self.instance.type == "audio"
        names = "AUDIO_EXTENSIONS" if is_sound else "VIDEO_EXTENSIONS"
        return self._checked("file", getattr(wagtailmedia_settings, names), LARGEST_FILM)

    def clean_second_file(self):
        return self._checked("second_file", {"mp4"}, LARGEST_FILM)

    def clean_thumbnail(self):
        return self._checked("thumbnail", STILLS, LARGEST_STILL)

    def clean_captions(self):
        file = self.cleaned_data["captions"]
        if isinstance(file, UploadedFile):
            check_captions(file)
        elif not file and (titles := self._live_lectures()):
            raise ValidationError(
                f"Filmen visas i ”{titles[0]}”, som är publicerad och behöver sin textning. "
                "Byt till en ny fil, eller avpublicera föreläsningen först."
            )
        return file

    def _checked(self, name: str, extensions, most: int):
        file = self.cleaned_data[name]
        if isinstance(file, UploadedFile):
            check_file(file, extensions, most)
        return file

    def _live_lectures(self) -> list[str]:
        if not self.instance.pk:
            return []
        return list(self.instance.lectures.filter(live=True).values_list("title", flat=True))
