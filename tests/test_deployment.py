"""What is written for those who run the site fits the code: names, commands, files, settings."""

import re
import runpy
import shutil
import subprocess
from statistics.deliveries.uploads import MOST_DRAINED

import pytest
import yaml
from django.core.management import get_commands
from gunicorn.config import Config
from gunicorn.http.parser import RequestParser

from pluginnovation import secret_keys
from pluginnovation.embedded_postgres import ROOT
from pluginnovation.site.editors import upload_forms

DEPLOY = ROOT / "deploy"
UNITS = sorted(DEPLOY.glob("*.service"))
# Read by gunicorn, its configuration, the supervisor, the backup and Prometheus's library.
BESIDE = {"WEB_BIND", "WEB_CONCURRENCY", "FORWARDED_ALLOW_IPS", "BACKUP_KEY"}
# Set by the units and the image, or by gunicorn itself: nobody sets them by hand.
SET_HERE = {"DJANGO_SETTINGS_MODULE", "PYTHONUNBUFFERED", "PATH", "PROMETHEUS_MULTIPROC_DIR"}


def read_by_the_settings():
    code = "".join(path.read_text() for path in (ROOT / "pluginnovation/settings").glob("*.py"))
    names = set(re.findall(r'(?:optional|flag)\(\s*"([A-Z_]+)"', code))
    return names | set(re.findall(r'^    ([A-Z_]+)="', code, re.M))


def told():
    """The variables of the table in docs/drift.md."""
    table = re.search(r"## Environment\n(.*?)\n## ", (ROOT / "docs/drift.md").read_text(), re.S)[1]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    return {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row)}


def compose():
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text())


def image():
    return (ROOT / "Dockerfile").read_text()


def test_the_table_of_the_environment_names_every_variable_and_no_other():
    known = read_by_the_settings() | BESIDE
    assert len(known) > 30
    assert told() == known - SET_HERE


def as_gunicorn_reads(sent):
    """The request that gunicorn makes of the bytes, under the configuration of the house."""
    config, own = Config(), runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    for setting in config.settings.keys() & own.keys():
        config.set(setting, own[setting])
    return next(RequestParser(config, iter([sent.encode()]), ("127.0.0.1", 1)))


@pytest.mark.parametrize("name", ["SCRIPT_NAME", "PATH_INFO", "REMOTE_USER", "X_FORWARDED_FOR"])
def test_no_header_tells_gunicorn_where_a_request_leads_or_whose_it_is(name):
    """Also from a proxy that it trusts: some pass on what a visitor wrote."""
    request = as_gunicorn_reads(f"GET /om/ HTTP/1.1\r\nHost: a.example\r\n{name}: /om\r\n\r\n")
    assert request.headers == [("HOST", "a.example")]


def test_a_question_of_eight_thousand_characters_is_answered_by_a_page(db, client):
    address = f"/sok/?q={'a' * 8_000}"
    request = as_gunicorn_reads(f"GET {address} HTTP/1.1\r\nHost: a.example\r\n\r\n")
    assert request.uri == address
    answer = client.get(address)
    assert answer.status_code == 200 and "<h1" in answer.content.decode()


def test_the_one_list_of_keys_is_what_the_command_makes():
    assert set(secret_keys.KEYS) <= told()


def test_compose_names_only_variables_that_the_site_reads():
    services = compose()["services"]
    own = [services[name] for name in ("web", "worker", "timer", "migrate")]
    for service in own:
        assert set(service["environment"]) <= read_by_the_settings() | BESIDE
        assert service["env_file"] == "/etc/pluginnovation.env"
    assert services["database"]["environment"].keys() >= {"POSTGRES_USER", "POSTGRES_PASSWORD"}
    needed = {"SECRET_KEY", "PSEUDONYM_KEY", "RECORD_KEY_SECRET", "ORIGINALS_KEY", "SITE_URL"}
    assert needed <= told()


def test_nothing_in_compose_is_open_to_the_network_and_no_key_stands_in_it():
    for service in compose()["services"].values():
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))
    text = (DEPLOY / "compose.yaml").read_text()
    assert not re.search(r"(SECRET|KEY|PASSWORD|TOKEN)\w*: *[^$\s]", text)


def test_the_volumes_and_services_that_compose_names_are_there():
    whole = compose()
    for service in whole["services"].values():
        for volume in service.get("volumes", []):
            assert volume.split(":")[0] in whole["volumes"]
        assert set(service.get("depends_on", {})) <= set(whole["services"])
    target = whole["services"]["web"]["volumes"][0].split(":")[1]
    assert f"VAR_DIR={target}" in image() and f"VOLUME {target}" in image()


def test_the_image_copies_what_is_there_and_runs_on_the_locked_python():
    for line in re.findall(r"^COPY (?!--from)(.+)$", image(), re.M):
        *sources, _ = line.split()
        assert all((ROOT / source).exists() for source in sources)
    versions = set(re.findall(r"python:(\d\.\d+)", image()))
    assert versions == set(re.findall(r"--python-version (\S+)", (ROOT / "Makefile").read_text()))
    names = set(re.findall(r"([A-Z_]{3,})=", re.search(r"ENV (.*?)\nUSER", image(), re.S)[1]))
    assert names <= read_by_the_settings() | BESIDE | SET_HERE
    assert re.search(r"^USER pluginnovation$", image(), re.M), "never as root"


def commands_in(text):
    return set(re.findall(r"manage\.py ([a-z_]+)", text))


@pytest.mark.parametrize("file", ["docs/drift.md", "docs/data.md", "README.md"])
def test_every_command_and_target_that_is_told_of_is_there(file):
    text = (ROOT / file).read_text()
    assert commands_in(text) <= set(get_commands())
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))
    assert set(re.findall(r"`make ([a-z-]+)", text)) <= targets
    for path in re.findall(r"`(deploy/[\w./-]+)`", text):
        assert (ROOT / path).exists(), path


def test_the_processes_of_units_and_compose_are_those_of_the_supervisor():
    units = "".join(unit.read_text() for unit in UNITS)
    services = compose()["services"].values()
    composed = [" ".join(service.get("command", [])) for service in services]
    for command in ("db_worker --queue-name * --verbosity 0", "publish_due --every 60"):
        assert command in units and any(command in one for one in composed)
    assert "-m gunicorn" in units and '"-m", "gunicorn"' in image()
    assert commands_in(units) <= set(get_commands())


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_a_unit_is_started_anew_after_an_outage_of_any_length(unit):
    text = unit.read_text()
    for line in ("Restart=always", "RestartSec=5", "StartLimitIntervalSec=0"):
        assert f"\n{line}\n" in text
    for line in ("NoNewPrivileges=true", "ProtectSystem=strict", "User=pluginnovation"):
        assert f"\n{line}\n" in text


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_a_unit_may_do_little_beside_its_work(unit, tmp_path):
    if not shutil.which("systemd-analyze"):
        pytest.skip("no systemd here")
    folder = tmp_path / "etc/systemd/system"
    folder.mkdir(parents=True)
    shutil.copy(unit, folder)
    command = ["systemd-analyze", "security", f"--root={tmp_path}", "--offline=yes"]
    command += ["--threshold=20", "--no-pager", unit.name]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_both_proxies_send_files_from_below_the_prefix_that_nobody_can_ask_for():
    caddy, nginx = ((DEPLOY / name).read_text() for name in ("Caddyfile", "nginx.conf"))
    assert re.search(r"location /-/media/ \{\s+internal;", nginx)
    assert "handle_response @handed" in caddy and "strip_prefix /-/media" in caddy
    for text in (caddy, nginx):
        assert "MEDIA_ACCEL=/-/media" in text and "/srv/pluginnovation/var/media" in text


def test_nginx_lets_pass_what_the_site_itself_allows():
    megabytes = re.search(r"client_max_body_size (\d+)m;", (DEPLOY / "nginx.conf").read_text())[1]
    films = 2 * upload_forms.LARGEST_FILM + upload_forms.LARGEST_STILL
    assert int(megabytes) * 2**20 > max(films, MOST_DRAINED)


def test_what_is_told_to_be_put_into_the_environment_is_what_the_units_and_commands_need():
    text = (ROOT / "docs/drift.md").read_text()
    block = text.split("Add to `/etc/pluginnovation.env`")[1].split("```")[1]
    given = set(re.findall(r"^([A-Z_]+)=", block, re.M)) | set(secret_keys.KEYS)
    settings = (ROOT / "pluginnovation/settings/production.py").read_text()
    needed = set(re.findall(r'^    ([A-Z_]+)="', settings, re.M))
    assert given >= needed | {"DJANGO_SETTINGS_MODULE", "VAR_DIR"}


def test_caddy_reads_its_file():
    if not shutil.which("caddy"):
        pytest.skip("no Caddy here")
    command = ["caddy", "validate", "--adapter", "caddyfile", "--config", DEPLOY / "Caddyfile"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_nginx_reads_its_file(tmp_path):
    if not shutil.which("nginx"):
        pytest.skip("no nginx here")
    text = (DEPLOY / "nginx.conf").read_text()
    # There is no certificate here, and logs go where the test may write.
    text = re.sub(r"^ +ssl_.*\n", "", text, flags=re.M).replace(" ssl http2", "")
    text = text.replace("/var/log/nginx", str(tmp_path))
    whole = f"pid {tmp_path}/pid; events {{}} http {{ {text} }}"
    (tmp_path / "nginx.conf").write_text(whole)
    command = ["nginx", "-t", "-c", tmp_path / "nginx.conf", "-e", tmp_path / "error.log"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_whoever_hosts_the_code_is_told_of_new_versions_of_all_that_is_locked():
    asked = yaml.safe_load((ROOT / ".github/dependabot.yml").read_text())["updates"]
    kinds = {(one["package-ecosystem"], one["directory"]) for one in asked}
    assert kinds == {("pip", "/"), ("docker", "/"), ("npm", "/tests/benchmarks/node")}


def test_an_audit_that_could_not_ask_about_a_package_is_not_clean():
    """Without ``--strict`` what the service does not answer about is left out, and all is well."""
    recipe = (ROOT / "Makefile").read_text().split("\naudit:")[1].split("\n\n")[0]
    assert "pip-audit --strict" in recipe and "exit 1" in recipe
