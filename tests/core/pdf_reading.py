"""Reading a PDF back: its tags, title, language and text."""

from io import BytesIO
from itertools import pairwise

import pikepdf
from pypdf import PdfReader


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(data))


def text_of(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)


def tags_of(pdf: pikepdf.Pdf) -> list:
    """Every element of the structure in reading order."""
    return list(_below(pdf.Root.StructTreeRoot.K))


def names_of(pdf: pikepdf.Pdf) -> list[str]:
    return [str(tag.S) for tag in tags_of(pdf)]


def _below(node):
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _below(child)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        if "/K" in node:
            yield from _below(node.K)


def assert_accessible(data: bytes, title: str) -> pikepdf.Pdf:
    """What PDF/UA-1 asks and a machine can see: tags, title, language, embedded fonts."""
    pdf = opened(data)
    assert bool(pdf.Root.MarkInfo.Marked)
    assert str(pdf.Root.Lang).startswith("sv")
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == title
    names = names_of(pdf)
    assert names.count("/H1") == 1
    levels = [int(name[2]) for name in names if name[1:] in {f"H{n}" for n in range(1, 7)}]
    steps = pairwise(levels)
    assert all(after - before <= 1 for before, after in steps), levels
    assert all(tag.get("/Alt") for tag in tags_of(pdf) if tag.S == "/Figure")
    fonts = [obj for obj in pdf.objects if _is(obj, "/FontDescriptor")]
    assert fonts and all({"/FontFile2", "/FontFile3"} & set(font.keys()) for font in fonts)
    assert all("Atkinson" in str(font.FontName) for font in fonts)
    return pdf


def _is(obj, kind: str) -> bool:
    return isinstance(obj, pikepdf.Dictionary) and obj.get("/Type") == kind
