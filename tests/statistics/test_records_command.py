import json
import logging
from statistics.ingestion import held_files, reader
from statistics.management.commands import import_interruptions as command
from statistics.models import ImportBatch, QuarantinedRow

import pytest
from django.core.management import call_command

from . import records
from .records import csv_bytes, interruption

pytestmark = pytest.mark.django_db

NUMBER = records.personal_number()
WRONG = NUMBER[:-1] + str((int(NUMBER[-1]) + 1) % 10)


@pytest.fixture
def source():
    records.make_school()
    return records.make_source()


@pytest.fixture
def run(tmp_path, capsys):
    """Run the command on a file with these rows; its status, output and error output."""

    def run_it(*rows, data=None, name="avbrott.csv", source="gr-demo", **options):
        path = tmp_path / name
        path.write_bytes(csv_bytes(rows) if data is None else data)
        status = 0
        try:
            call_command("import_interruptions", str(path), source=source, **options)
        except SystemExit as end:
            status = end.code
        out, err = capsys.readouterr()
        return status, out, err

    return run_it


def test_a_right_file_is_taken_in_with_status_0(source, run):
    status, out, err = run(interruption())
    assert (status, err) == (0, "")
    assert "1 rader i en fil med avbrott: 1 nya, 0 ändrade, 0 oförändrade." in out
    assert f"leverans {ImportBatch.objects.get().pk}" in out


def test_the_same_file_again_is_status_0_with_nothing_new(source, run):
    run(interruption())
    status, out, _ = run(interruption())
    assert (status, "0 nya, 0 ändrade, 1 oförändrade" in out) == (0, True)


def test_wrong_rows_are_all_listed_with_status_1_and_nothing_changes(source, run):
    status, out, _ = run(interruption(hemkommun="9999"), interruption(avbrott_id="B", arskurs="7"))
    assert status == 1
    assert 'Rad 2, hemkommun: "9999" är ingen kommunkod.' in out
    assert 'Rad 3, arskurs: "7"' in out
    assert "Inget är ändrat." in out
    assert not ImportBatch.objects.exists()


def test_an_unusable_file_is_status_2_with_one_sentence(source, run):
    status, out, err = run(data=b"")
    assert (status, out, err.strip()) == (2, "", "Filen är tom.")


def test_a_file_that_is_not_there_is_status_2(source, run, tmp_path, capsys):
    with pytest.raises(SystemExit) as end:
        call_command("import_interruptions", str(tmp_path / "nej.csv"), source="gr-demo")
    assert end.value.code == 2
    assert capsys.readouterr().err.strip() == "Filen finns inte."


def test_an_unknown_source_is_status_2_and_the_known_ones_are_named(source, run):
    status, _, err = run(interruption(), source="okand")
    assert status == 2
    assert "Källan är okänd. Kända källor: gr-demo." in err


def test_a_dry_run_says_so_and_keeps_nothing(source, run):
    status, out, _ = run(interruption(), dry_run=True)
    assert status == 0
    assert "provkörning" in out
    assert not ImportBatch.objects.exists()


def test_a_dry_run_of_wrong_rows_is_status_1(source, run):
    assert run(interruption(program="?"), dry_run=True)[0] == 1


def test_unknown_columns_and_warnings_are_told_and_do_no_harm(source, run):
    status, out, _ = run(interruption(elev=NUMBER, kon="K", Klass="1A"))
    assert status == 0
    assert "Kolumnen Klass är okänd" in out
    assert "Varning. Rad 2, kon:" in out


@pytest.mark.parametrize(
    ("row", "status"), [(interruption(), 0), (interruption(hemkommun="9999"), 1)]
)
def test_the_report_as_json_says_the_same(source, run, tmp_path, row, status):
    path = tmp_path / "rapport.json"
    assert run(row, report=path)[0] == status
    report = json.loads(path.read_text(encoding="utf-8"))
    assert (report["status"], report["rows"], report["wrong"]) == (status, 1, status)
    assert [error["column"] for error in report["errors"]] == ["hemkommun"] * status


def test_the_report_of_an_unusable_file_has_its_sentence(source, run, tmp_path):
    path = tmp_path / "rapport.json"
    run(data=b"", report=path)
    assert json.loads(path.read_text()) == {"status": 2, "message": "Filen är tom."}


@pytest.mark.parametrize("place", ["finns-inte/rapport.json", "."])
def test_a_report_that_cannot_be_written_is_status_2_and_nothing_is_taken_in(
    source, run, tmp_path, place
):
    status, _, err = run(interruption(), report=tmp_path / place)
    assert (status, err.count("\n"), ImportBatch.objects.count()) == (2, 1, 0)
    assert "Ingenting är inläst" in err


def test_a_name_that_is_no_utf8_does_no_harm(source, run):
    assert run(interruption(), name="avbrott\udcff\n.csv")[0] == 0
    assert ImportBatch.objects.get().file_name == "avbrott??.csv"
    assert run(interruption(), source="gr\udcff")[0] == 2


def test_no_progress_bar_is_drawn_away_from_a_terminal(source, run):
    assert run(interruption())[2] == ""


def test_the_progress_bar_stands_where_the_import_is(monkeypatch):
    with command.Bar() as bar:
        bar("reading", 2000, 5000)
        assert (bar._bar.n, bar._bar.total, bar._bar.desc) == (2000, 5000, "Läser rader: ")


@pytest.mark.parametrize("accept_valid", [False, True])
def test_no_personal_number_is_left_in_database_log_or_output_after_errors(
    source, run, caplog, tmp_path, settings, accept_valid
):
    """The database holds the task queue, the quarantine and the audit log, too."""
    settings.ORIGINALS_DIR = tmp_path / "originals"
    caplog.set_level(logging.DEBUG)
    report = tmp_path / "rapport.json"
    spread = f"{NUMBER[:4]} {NUMBER[4:6]} {NUMBER[6:8]} - {NUMBER[8:]}"
    status, out, err = run(
        interruption(elev=NUMBER, kon="K") | {"Anteckning": ""},
        interruption(avbrott_id="B", elev=WRONG),
        interruption(avbrott_id=NUMBER, elev=NUMBER),
        interruption(avbrott_id="C", elev=NUMBER, program=f"NA {NUMBER}"),
        interruption(avbrott_id="D", elev=NUMBER, orsak=f"{NUMBER[:8]}-{NUMBER[8:]}"),
        interruption(avbrott_id=f"E {spread}", elev="e", hemkommun=spread),
        interruption(avbrott_id=f"F{WRONG}", elev=WRONG, arskurs=WRONG[2:]),
        interruption(avbrott_id="G", elev=f"pnr {NUMBER}", avbrottsdatum=NUMBER[:8]),
        interruption(avbrott_id="H", elev=NUMBER) | {"Anteckning": f"{NUMBER}"},
        interruption(avbrott_id="A1", elev=NUMBER),
        name=f"{NUMBER}.csv",
        report=report,
        accept_valid=accept_valid,
    )
    assert status == (0 if accept_valid else 1)
    told = out + err + caplog.text + report.read_text(encoding="utf-8") + records.whole_database()
    for kind in (held_files.as_csv, held_files.as_xlsx):
        table = reader.read(kind("interruptions", QuarantinedRow.objects.waiting()))
        told += repr([(row.values, row.others) for row in table])
    for path in settings.ORIGINALS_DIR.glob("*"):
        told += path.name + path.read_bytes().decode("latin-1")
    for secret in (NUMBER, WRONG):
        spellings = (secret, secret[2:], f"{secret[2:8]}-{secret[8:]}")
        for part in (*spellings, spread if secret == NUMBER else secret):
            assert part not in told
