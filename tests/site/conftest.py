import html5lib
import pytest
import typst
from django.core.files.base import ContentFile
from wagtail.models import Collection

from pluginnovation.core.models import SiteDocument, User
from pluginnovation.site.models import HomePage, PlainPage


@pytest.fixture
def home(db):
    return HomePage.objects.get()


@pytest.fixture
def publish(home):
    """``publish("Om oss", "Text", summary="Kort")`` makes a text page and publishes it."""

    def make(title, body="", summary="", parent=None, **fields):
        page = PlainPage(
            title=title, summary=summary, body=[("text", f"<p>{body}</p>")], live=False, **fields
        )
        (parent or home).add_child(instance=page)
        page.save_revision().publish()
        page.refresh_from_db()
        return page

    return make


@pytest.fixture
def store(db, django_capture_on_commit_callbacks):
    """``store("plan.txt", b"...")`` saves a document, whose file is then read."""

    def make(name, data, title="Ett dokument", collection=None):
        with django_capture_on_commit_callbacks(execute=True):
            return SiteDocument.objects.create(
                title=title,
                file=ContentFile(data, name=name),
                collection=collection or Collection.get_first_root_node(),
            )

    return make


@pytest.fixture
def pdf():
    """``pdf("Text")`` is a PDF with that text, one page for each argument."""

    def make(*pages):
        source = "\n#pagebreak()\n".join(pages)
        return typst.compile(source.encode(), format="pdf")

    return make


@pytest.fixture
def found(client):
    """``found("avbrott")`` gives the titles that the search page lists."""

    def titles(text, **parameters):
        answer = client.get("/sok/", {"q": text, **parameters}).context["answer"]
        return [result.entry.title for result in answer.results]

    return titles


@pytest.fixture
def valid():
    """Checks that a response is HTML without a parse error and gives its text."""

    def check(response):
        text = response.content.decode()
        html5lib.HTMLParser(strict=True).parse(text)
        return text

    return check


@pytest.fixture
def person(db):
    def make(email="anna@example.se", **fields):
        return User.objects.create_user(email, "ett-langt-losenord-7", **fields)

    return make
