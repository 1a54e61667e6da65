"""What may be uploaded: the name, the size and the content of a file must agree.

Each check raises ``ValidationError`` with a sentence that says what would be right.
"""

import re
import zipfile
from pathlib import PurePath

import filetype
import py_svg_hush
import webvtt
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.template.defaultfilters import filesizeformat

MB = 1024 * 1024

# What a file of that name must hold: the types by which its first bytes are known.
TYPES = {
    "pdf": {"application/pdf"},
    "webm": {"video/webm", "video/x-matroska"},
    "mp4": {"video/mp4", "video/x-m4v"},
    "m4a": {"audio/mp4", "audio/x-m4a", "video/mp4"},
    "mp3": {"audio/mpeg"},
    "ogg": {"audio/ogg"},
    "jpg": {"image/jpeg"},
    "jpeg": {"image/jpeg"},
    "png": {"image/png"},
    "webp": {"image/webp"},
}
# Office files are archives; the part that makes them what they say they are.
ARCHIVES = {
    "docx": "word/document.xml",
    "xlsx": "xl/workbook.xml",
    "pptx": "ppt/presentation.xml",
    "odt": "content.xml",
}
TEXTS = {"csv", "txt"}
MACROS = re.compile(r"vbaProject|^Basic/|^Scripts/")
TIMING = re.compile(
    r"^(\d+:)?[0-5]?\d:[0-5]\d\.\d{3}[ \t]+-->[ \t]+(\d+:)?[0-5]?\d:[0-5]\d\.\d{3}([ \t].*)?$"
)


def check_file(file, extensions, most: int) -> None:
    """That a file has one of the extensions, is at most so many bytes, and is what it says."""
    extension = extension_of(file.name)
    if extension not in extensions:
        allowed = ", ".join(sorted(extensions))
        raise ValidationError(f"Filer av slaget ”.{extension}” tas inte emot. Välj: {allowed}.")
    check_size(file, most)
    if not file.size:
        raise ValidationError("Filen är tom. Spara den på nytt och ladda upp igen.")
    file.seek(0)
    try:
        _check_content(file, extension)
    finally:
        file.seek(0)


def extension_of(name: str) -> str:
    return PurePath(name).suffix.lower().lstrip(".")[:20]


def check_size(file, most: int) -> None:
    if file.size > most:
        raise ValidationError(
            f"Filen är {filesizeformat(file.size)}. Högst {filesizeformat(most)} går att ladda "
            "upp. Gör filen mindre och försök igen."
        )


def _check_content(file, extension: str) -> None:
    if extension in ARCHIVES:
        _check_archive(file, extension)
    elif extension in TEXTS:
        _check_text(file)
    elif extension in TYPES:
        found = filetype.guess(file.read(8192))
        if not found or found.mime not in TYPES[extension]:
            raise _mismatch(extension, found.extension if found else "")


def _mismatch(extension: str, found: str = "") -> ValidationError:
    is_this = f"en .{found}-fil" if found else "något annat"
    return ValidationError(
        f"Filen heter .{extension} men innehållet är {is_this}. "
        f"Spara om den som {extension.upper()} och ladda upp den igen."
    )


def _check_archive(file, extension: str) -> None:
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError):
        raise _mismatch(extension) from None
    if ARCHIVES[extension] not in names:
        raise _mismatch(extension)
    if any(MACROS.search(name) for name in names):
        raise ValidationError("Filen innehåller makron. Spara den utan makron, eller som PDF.")


def _check_text(file) -> None:
    data = file.read()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValidationError(
            "Filen är inte text i UTF-8. Spara den med teckenkodningen UTF-8 och försök igen."
        ) from None
    if "\0" in text:
        raise ValidationError("Filen är inte en textfil. Spara den som text, eller som PDF.")


def check_captions(file) -> None:
    """That a file is WebVTT in UTF-8 with at least one caption and times that go forward."""
    check_file(file, {"vtt"}, 2 * MB)
    _check_text(file)
    file.seek(0)
    text = file.read().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    file.seek(0)
    for number, line in enumerate(text.split("\n"), start=1):
        if "->" in line and not TIMING.match(line.strip()):
            raise ValidationError(
                f"Rad {number} i textningen har en tid som inte går att läsa: ”{line[:60]}”. "
                "Så här ska den se ut: 00:01:23.000 --> 00:01:27.500"
            )
    try:
        captions = webvtt.from_string(text).captions
    except webvtt.errors.MalformedFileError:
        raise ValidationError(
            "Filen är inte WebVTT. Den första raden ska vara WEBVTT. Har du en SRT-fil går den "
            "att spara om som WebVTT i de flesta program för textning."
        ) from None
    if not any(caption.text.strip() for caption in captions):
        raise ValidationError("Textningen har inga repliker. Filen behöver minst en tid med text.")
    for caption in captions:
        if caption.start_in_seconds > caption.end_in_seconds or caption.start == caption.end:
            raise ValidationError(
                f"Repliken som börjar {caption.start} slutar redan {caption.end}. Rätta tiderna."
            )


def clean_svg(data: bytes) -> bytes:
    """A drawing without scripts, event handlers and links to other places."""
    try:
        return py_svg_hush.filter_svg(data, keep_data_url_mime_types={"image": ["png", "jpeg"]})
    except ValueError:
        raise ValidationError(
            "SVG-filen går inte att läsa. Spara om den som ”vanlig SVG”, eller som PNG."
        ) from None


def cleaned_drawing(file) -> ContentFile:
    """The file with its drawing cleaned, under its name."""
    file.seek(0)
    return ContentFile(clean_svg(file.read()), name=file.name)
