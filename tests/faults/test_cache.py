"""The shared cache is gone: slower, and nothing else."""

import shutil
import subprocess
import time

import pytest
from django.core.cache import cache, caches
from django.core.cache.backends.redis import RedisCache
from django.urls import reverse

from knowledge.models import QuestionnaireAnswer
from pluginnovation.core import generation
from pluginnovation.core.models import User
from pluginnovation.settings.stores import SIZES, shared_caches
from tests.knowledge import factories as make
from tests.knowledge.answering import send, sheet

pytestmark = pytest.mark.django_db
# A port at which nobody listens.
NOWHERE = "redis://127.0.0.1:1/0"


@pytest.fixture
def gone(settings, tmp_path, request):
    """The stores as production has them, and none of them to be had."""
    settings.PAGE_CACHE = settings.RATE_LIMITS = True
    if request.param == "redis":
        settings.CACHES = shared_caches(NOWHERE, tmp_path)
    else:
        settings.CACHES = shared_caches("", tmp_path / "cache")
        for name in SIZES:
            caches[name].set("a", 1)
        shutil.rmtree(tmp_path / "cache")
        (tmp_path / "cache").write_text("no folder")


everywhere = pytest.mark.parametrize("gone", ["redis", "files"], indirect=True)


def test_where_an_address_is_given_all_stores_are_in_redis_apart_from_each_other(tmp_path):
    stores = shared_caches("redis://:hemligt@cache.example:6379/3", tmp_path)
    assert set(stores) == set(SIZES)
    assert len({one["KEY_PREFIX"] for one in stores.values()}) == len(SIZES)
    for one in stores.values():
        assert one["BACKEND"].endswith("SharedRedisCache")
        assert one["LOCATION"] == "redis://:hemligt@cache.example:6379/3"
        assert one["OPTIONS"]["socket_connect_timeout"] <= 1
    assert not list(tmp_path.iterdir())


@everywhere
def test_pages_limits_and_login_go_on(gone, client):
    for _ in range(3):
        for address in ("/", "/sok/?q=a", "/statistik/", "/konto/logga-in/"):
            assert client.get(address).status_code == 200, address
    user = User.objects.create_user("anna@example.se", "ett-langt-losenord-7")
    posted = {"login": user.email, "password": "ett-langt-losenord-7"}
    assert client.post("/konto/logga-in/", posted).status_code == 302
    assert client.get("/halsa/redo").json()["delar"]["cache"] != "ok"


@everywhere
def test_an_answer_to_a_questionnaire_is_kept(gone, client, monkeypatch):
    monkeypatch.setattr("knowledge.online.guards.FASTEST", -1)
    page = make.QuestionnaireFactory(is_open=True)
    assert send(client, page, sheet(page)).status_code == 302
    assert QuestionnaireAnswer.objects.count() == 1


@everywhere
def test_an_editor_publishes(gone, admin_client):
    from pluginnovation.site.models import HomePage

    page = HomePage.objects.get()
    response = admin_client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert response.status_code == 200
    page.save_revision().publish()
    assert generation.current() is None


@everywhere
def test_every_method_says_that_there_is_nothing(gone):
    assert cache.get("a") is None and cache.get("a", 7) == 7
    assert cache.set("a", 1) is not True
    assert cache.add("b", 1) is True, "nobody has it, as far as can be known"
    assert cache.get_or_set("c", lambda: 5) == 5
    assert not cache.delete("a") and "a" not in cache
    with pytest.raises(ValueError):
        cache.incr("a")


def test_with_a_redis_that_answers_again_the_site_remembers_again(settings, tmp_path, monkeypatch):
    settings.CACHES = shared_caches(NOWHERE, tmp_path)
    assert cache.get("a") is None
    monkeypatch.setattr(RedisCache, "get", lambda self, key, default=None, version=None: "kvar")
    assert cache.get("a") == "kvar"


@pytest.fixture
def redis(settings, tmp_path):
    """A Redis of this test's own, where one is installed, as docs/drift.md says to set it up."""
    program = shutil.which("redis-server")
    if not program:
        pytest.skip("no redis-server here")
    address = tmp_path / "redis.sock"
    own = ["--port", "0", "--unixsocket", str(address), "--save", "", "--appendonly", "no"]
    process = subprocess.Popen([program, *own], cwd=tmp_path, stdout=subprocess.DEVNULL)
    until = time.monotonic() + 20
    while not address.exists() and time.monotonic() < until:
        time.sleep(0.02)
    settings.CACHES = shared_caches(f"unix://{address}", tmp_path)
    yield process
    process.kill()
    process.wait()


def test_a_real_redis_keeps_counts_and_is_missed_by_nobody(redis, client, settings):
    settings.PAGE_CACHE = True
    limits = caches["limits"]
    assert limits.add("a", 0, 100) and not limits.add("a", 0, 100)
    assert [limits.incr("a") for _ in range(3)] == [1, 2, 3]
    assert caches["pages"].get("a") is None, "each store has a prefix of its own"
    first = client.get("/sok/")
    name = generation.current()
    assert client.get("/sok/")["ETag"] == first["ETag"] and generation.current() == name
    redis.kill()
    redis.wait()
    assert client.get("/sok/").text == first.text
    assert generation.current() is None
