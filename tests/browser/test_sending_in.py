"""Sending in a file in a browser without script, and one that is too large."""

import pytest

SENDER, SEND = "kungalv@demo.example", "/personal/skicka-in/"
HEADER = "avbrott_id;elev;kon;fodelsear;hemkommun;skolenhet;program;avbrottsdatum;Kommentar"


def a_file(prefix, right=60, wrong=3, encoding="utf-8"):
    """Rows of Kungälv on the newest day of the demo; the wrong ones name no municipality."""
    rows = [
        f"{prefix}{n};prov-{prefix}-{n};K;2008;{'9999' if n >= right else '1482'};99000001;NA;"
        f"2026-10-30;=cmd()|å"
        for n in range(right + wrong)
    ]
    return "\r\n".join([HEADER, *rows, ""]).encode(encoding)


def choose(page, data, name="avbrott <b>.csv"):
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": data}
    )


def test_without_script_the_same_way_is_open(log_in):
    page = log_in(SENDER, SEND, script=False)
    choose(page, a_file("B", right=2, wrong=0, encoding="cp1252"), "utan-skript.csv")
    page.get_by_role("button", name="Skicka in").click()
    page.get_by_role("heading", name="Alla rader är rätt").wait_for(timeout=60_000)
    assert page.get_by_text("Windows-1252").is_visible()
    page.get_by_label("Ta inte in något").check()
    page.get_by_role("button", name="Genomför").click()
    page.get_by_role("heading", name="Filen togs inte in").wait_for()


@pytest.mark.full
@pytest.mark.parametrize("script", [True, False])
def test_a_file_that_is_too_large_gets_an_answer_in_words(log_in, script, tmp_path):
    path = tmp_path / "stor.csv"
    with path.open("wb") as file:
        file.truncate(201 * 2**20)
    page = log_in(SENDER, SEND, script=script)
    page.locator("input[type=file]").set_input_files(path)
    if script:
        assert "större än 200 megabyte" in page.locator("[data-chosen]").inner_text()
        return
    page.get_by_role("button", name="Skicka in").click()
    page.get_by_role("alert").wait_for(timeout=120_000)
    assert "större än 200 megabyte" in page.get_by_role("alert").inner_text()
