"""The PDF room: tags, title, language, and text that people write."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pluginnovation.core.pdf import (
    Choices,
    Document,
    Facts,
    Heading,
    Items,
    Lines,
    PdfError,
    Picture,
    Rich,
    Table,
    Text,
    Ticks,
    render,
)
from pluginnovation.core.pdf.glyphs import printable_text
from pluginnovation.core.pdf.rich_text import nodes_of

from .pdf_reading import assert_accessible, names_of, tags_of, text_of

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'
RICH = (
    "<h3>Mer</h3><p>Läs <b>fet</b> och <a href='/om/'>om oss</a>.</p>"
    "<ul><li>ett<ol><li>inre</li></ol></li><li>två</li></ul>"
)


def document(*blocks, title="Överlämning", **fields):
    return Document(title=title, blocks=blocks, **fields)


def everything():
    return document(
        Heading("Innan"),
        Text("Rad ett\nrad två"),
        Rich(RICH),
        Items(("a", "b"), numbered=True),
        Facts((("Tid", "Tio minuter"),)),
        Ticks((("Fråga eleven", "Tio minuter."), ("Ring", ""))),
        Table("Antal", ("Kommun", "Antal"), (("Ale", "12"), ("Lerum", "9")), numeric=(1,)),
        Picture(SVG, "En svart ruta", "Rutan"),
        Choices(1, "Hur går det?", "Tänk på i går.", "Välj ett.", ("Lite", "Mycket")),
        Choices(2, "Vad hjälpte?"),
        Lines("Skola"),
        kicker="Checklista",
        summary="En mening.",
        date="Granskad i dag",
        address="https://exempel.se/verktyg/x/",
    )


def test_every_block_is_tagged_as_what_it_is():
    pdf = assert_accessible(render(everything()), "Överlämning")
    names = names_of(pdf)
    assert {"/H2", "/H3", "/P", "/L", "/LI", "/Table", "/THead", "/TH", "/Link", "/Figure"} <= set(
        names
    )
    heads = [tag for tag in tags_of(pdf) if tag.S == "/TH"]
    assert [str(tag.A[0].Scope) for tag in heads] == ["/Column", "/Column"]
    assert [str(tag.Alt) for tag in tags_of(pdf) if tag.S == "/Figure"] == ["En svart ruta"]


def test_all_that_was_given_is_read_in_order_with_page_numbers_and_address():
    text = text_of(render(everything()))
    words = ["Checklista", "Överlämning", "Innan", "rad två", "inre", "Tio minuter", "Ale", "Lite"]
    places = [text.find(word) for word in words]
    assert places == sorted(places) and -1 not in places
    assert "Sida 1 av" in text and "https://exempel.se/verktyg/x/" in text


def test_a_relative_link_leads_to_the_site_and_a_script_link_nowhere():
    html = "<p><a href='/om/'>om</a> <a href='javascript:alert(1)'>ond</a></p>"
    pdf = assert_accessible(
        render(document(Rich(html), address="https://exempel.se/a/")), "Överlämning"
    )
    links = [note.A.URI for page in pdf.pages for note in page.get("/Annots", [])]
    assert [str(link) for link in links] == ["https://exempel.se/om/"]


def test_markup_in_a_text_is_printed_as_it_was_written():
    written = '#panic("x") *inte fet* $x$ @ref <b> \\ [ ] // kommentar'
    text = text_of(render(document(Text(written), Heading(written), title=written)))
    assert text.count('#panic("x") *inte fet* $x$ @ref <b> \\ [ ] // kommentar') >= 2


def test_characters_without_a_glyph_are_replaced_and_stop_nothing():
    assert printable_text("Zoë → 🙂\u200b\x00 ½ ﬁn\r\nNy") == "Zoë > ? ½ fin\nNy"
    made = render(document(Text("🙂 مرحبا"), title="Hej 🙂"))
    assert_accessible(made, "Hej ?")


def test_long_tables_repeat_their_header_row_on_every_page():
    rows = tuple((f"Kommun {number}", str(number)) for number in range(150))
    text = text_of(render(document(Table("Alla", ("Namnet", "Antal"), rows))))
    assert text.count("Namnet") > 2


def test_long_texts_share_the_width_of_a_table_with_what_the_row_is_of():
    source = "Skolverket, Betyg och studieresultat i gymnasieskolan, läsåret 2024/25"
    rows = (("Examen inom tre år, nationella program", "2025", "79,7 %", source),)
    text = text_of(render(document(Table("Riket", ("Mått", "År", "Andel", "Källa"), rows))))
    assert "Examen inom" in text and "Betyg och" in text  # not one word to a line


def test_the_same_document_is_the_same_bytes():
    assert render(everything()) == render(everything())


def test_a_picture_without_words_is_refused():
    with pytest.raises(ValueError, match="words"):
        render(document(Picture(SVG, " ")))


def test_a_fault_of_a_template_says_which_document_it_was():
    with pytest.raises(PdfError, match="Överlämning"):
        render(document(Heading("x")), template="finns-inte.typ")


def test_rich_text_becomes_paragraphs_lists_and_headings_without_a_gap():
    kinds = [node["kind"] for node in nodes_of("lös text<p></p><h4>R</h4><ul></ul><ol><li>a</ol>")]
    assert kinds == ["paragraph", "heading", "enum"]
    assert nodes_of("<h2>a</h2><h3>b</h3>", top_heading=3)[1]["level"] == 4
    assert nodes_of("<script>x</script><!-- y -->") == []


def test_headings_skip_no_level_and_empty_ones_are_left_out():
    blocks = Heading("a", level=5), Heading(" "), Rich("<h2><br></h2><h6>b</h6>", top_heading=5)
    pdf = assert_accessible(render(document(*blocks)), "Överlämning")
    assert [name for name in names_of(pdf) if name[1] == "H"] == ["/H1", "/H2", "/H3"]


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200))
def test_no_text_stops_a_document(text):
    render(document(Text(text), Rich(text), Heading(text), Ticks(((text, text),)), title=text))


def test_lists_deeper_than_anyone_needs_do_not_break_it():
    render(document(Rich("<ul><li>" * 300 + "x")))
    render(document(Rich("<b>" * 300 + "x")))
