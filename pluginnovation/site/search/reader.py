"""``python -m pluginnovation.site.search.reader KIND``: a file on stdin, its text on stdout.

Run by ``files`` in a process of its own. It bounds its memory itself, writes page by page, and
needs neither Django nor the database.
"""

import io
import logging
import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from html import unescape

LARGEST_FILE = 50 * 1024 * 1024
MOST_CHARACTERS = 500_000
MOST_PAGES = 500
MOST_MEMORY = 1024**3
LARGEST_MEMBER = 30 * 1024 * 1024

# Where the files of office programs keep their text.
OFFICE_TEXT = {
    "docx": re.compile(r"word/(document|footnotes)\.xml"),
    "odt": re.compile(r"content\.xml"),
    "pptx": re.compile(r"ppt/slides/slide\d+\.xml"),
}
_PARAGRAPH_END = re.compile(r"</(?:w|a|text):(?:p|h)>|<(?:w|a):(?:br|tab)[ /]")
_TAG = re.compile(r"<[^>]*>")
_DIVIDED_WORD = re.compile(r"([^\W\d_])-\n([a-zåäö])")


def pdf(data: bytes) -> Iterator[str]:
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    for page in PdfReader(io.BytesIO(data)).pages[:MOST_PAGES]:
        yield _DIVIDED_WORD.sub(r"\1\2", page.extract_text())


def txt(data: bytes) -> Iterator[str]:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            yield data.decode(encoding)
            return
        except UnicodeDecodeError:
            continue


def office(data: bytes, members: re.Pattern) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for member in archive.infolist():
            if members.fullmatch(member.filename) and member.file_size <= LARGEST_MEMBER:
                marked_up = archive.read(member).decode("utf-8", "replace")
                yield unescape(_TAG.sub("", _PARAGRAPH_END.sub(r"\n\g<0>", marked_up)))


READERS = {
    "pdf": pdf,
    "txt": txt,
    **{
        kind: lambda data, members=members: office(data, members)
        for kind, members in OFFICE_TEXT.items()
    },
}


def main(kind: str) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    left = MOST_CHARACTERS
    try:
        for text in READERS[kind](sys.stdin.buffer.read(LARGEST_FILE)):
            sys.stdout.buffer.write(text[:left].encode("utf-8", "replace") + b"\n")
            sys.stdout.buffer.flush()
            left -= len(text)
            if left <= 0:
                break
    except Exception as error:
        # Any fault of a file ends its reading; what was read before is the result.
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
