"""What a page of figures shows, read as a reader would."""

import re

import html5lib


def text_of(response):
    return response.content.decode()


def parsed(response):
    return html5lib.HTMLParser(strict=True).parse(text_of(response))


def table_shown(page, name):
    """The rows of a figure's table on the page, as texts."""
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    figure = tree.find(f".//figure[@id='{name}']")
    return [
        ["".join(cell.itertext()).strip() for cell in row] for row in figure.findall(".//table//tr")
    ]


def bare(text):
    """A number without grouping, as files have it."""
    return re.sub(r"[\s\u00a0]", "", text) if re.fullmatch(r"[\d\s\u00a0,]+", text) else text
