"""Films: elsewhere, in several qualities, with slides, and gone."""

import json

import html5lib
import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from knowledge.embeds import embed_of
from knowledge.models import LectureQuality
from pluginnovation.core.models import SiteDocument

from . import factories as make

YOUTUBE = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
VIMEO = "https://vimeo.com/123456789"


@pytest.mark.parametrize(
    ("address", "player"),
    [
        (YOUTUBE, "youtube-nocookie.com/embed/dQw4w9WgXcQ?"),
        ("https://youtu.be/dQw4w9WgXcQ?si=abc", "youtube-nocookie.com/embed/dQw4w9WgXcQ?"),
        ("https://m.youtube.com/shorts/dQw4w9WgXcQ", "youtube-nocookie.com/embed/dQw4w9WgXcQ?"),
        (VIMEO, "player.vimeo.com/video/123456789?dnt=1"),
        ("https://vimeo.com/123456789/abcdef0123", "/video/123456789?dnt=1&h=abcdef0123"),
        ("https://player.vimeo.com/video/123456789?h=abcdef0123", "?dnt=1&h=abcdef0123"),
        ("https://vimeo.com/channels/skola/123456789", "player.vimeo.com/video/123456789?dnt=1"),
    ],
)
def test_a_film_elsewhere_is_known_by_its_address(address, player):
    assert player in embed_of(address).player


@pytest.mark.parametrize(
    "address",
    [
        "",
        "https://exempel.se/watch?v=dQw4w9WgXcQ",
        "https://youtube.com.exempel.se/watch?v=dQw4w9WgXcQ",
        "https://notvimeo.com/123456789",
        "javascript:alert(1)//youtube.com/watch?v=dQw4w9WgXcQ",
        'https://youtu.be/"><script>',
        "https://www.youtube.com/watch",
        "https://www.youtube.com/embed/",
        "https://vimeo.com/skola",
        "http://[::1",
    ],
)
def test_what_is_no_film_of_theirs_is_none(address):
    assert embed_of(address) is None


@pytest.fixture
def lecture(db):
    return make.LectureFactory(
        media=None, embed_url=YOUTUBE, embed_captions=make.CAPTIONS, slug="film"
    )


def test_nothing_is_loaded_from_elsewhere_before_the_visitor_asks(lecture, client):
    answer = client.get(lecture.url)
    text = answer.content.decode()
    html5lib.HTMLParser(strict=True).parse(text)
    assert "<iframe" not in text and "nocookie" not in text.partition("ld+json")[0]
    assert "frame-src" not in answer["Content-Security-Policy"]
    assert not answer.cookies
    assert 'href="?visa=film#film"' in text and "Det som sägs" in text


def test_the_film_is_shown_when_asked_for_from_the_second_asked_for(lecture, client):
    answer = client.get(f"{lecture.url}?visa=film&t=83")
    text = answer.content.decode()
    html5lib.HTMLParser(strict=True).parse(text)
    assert 'src="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?' in text
    assert "&amp;start=83" in text
    assert 'href="?visa=film&amp;t=83#film"' in text
    policy = answer["Content-Security-Policy"]
    assert "frame-src https://www.youtube-nocookie.com" in policy
    assert not answer.cookies
    # Where it does not load there is a way to it, and the text.
    assert f'href="{YOUTUBE}"' in text and "Syns ingen film?" in text


def test_no_other_page_may_load_a_frame(client, db):
    own = make.LectureFactory(embed_url=YOUTUBE)
    answer = client.get(f"{own.url}?visa=film")
    assert "frame-src" not in answer["Content-Security-Policy"]
    assert "<iframe" not in answer.content.decode()


def test_a_film_elsewhere_is_found_by_what_is_said_in_it(lecture):
    assert "grannskapet" in lecture.words


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"embed_url": "https://exempel.se/film"}, "embed_url"),
        ({"embed_captions": "inte webvtt"}, "embed_captions"),
        ({"embed_captions": " "}, "embed_captions"),
        ({"embed_url": ""}, "media"),
    ],
)
def test_a_lecture_that_is_not_whole_says_what_is_missing(lecture, fields, field):
    for name, value in fields.items():
        setattr(lecture, name, value)
    with pytest.raises(ValidationError) as caught:
        lecture.save()
    assert list(caught.value.message_dict) == [field]


@pytest.mark.django_db
def test_the_data_for_machines_say_where_a_film_elsewhere_is(lecture, client):
    text = client.get(lecture.url).content.decode()
    start = text.index('<script type="application/ld+json">') + 35
    data = json.loads(text[start : text.index("</script>", start)])
    assert data["@type"] == "VideoObject" and "contentUrl" not in data
    assert data["embedUrl"].startswith("https://www.youtube-nocookie.com/")


@pytest.mark.django_db
def test_one_chooses_the_quality(client):
    lecture = make.LectureFactory()
    small = make.MediaFactory(file=ContentFile(b"liten", "liten.mp4"), second_file="")
    LectureQuality.objects.create(page=lecture, name="360p", media=small)
    text = client.get(f"{lecture.url}?t=5").content.decode()
    html5lib.HTMLParser(strict=True).parse(text)
    assert 'href="?kvalitet=360p&amp;t=5#film"' in text and "liten" not in text
    text = client.get(f"{lecture.url}?kvalitet=360p&t=5").content.decode()
    assert f'<source src="{small.file.url}#t=5" type="video/mp4">' in text
    assert 'href="?kvalitet=360p&amp;t=83#film"' in text
    for strange in ("9000p", "<script>", "\x00"):
        answer = client.get(lecture.url, {"kvalitet": strange})
        assert "finns inte. Här är den vanliga" in answer.content.decode()


@pytest.mark.django_db
def test_a_film_whose_file_is_gone_leaves_the_text(client):
    lecture = make.LectureFactory()
    for file in (lecture.media.file, lecture.media.second_file):
        file.storage.delete(file.name)
    text = client.get(lecture.url).content.decode()
    assert "<video" not in text and "Filmen går inte att visa just nu" in text
    assert "grannskapet" in text


@pytest.mark.django_db
def test_the_slides_are_fetched_beside_the_film(client):
    slides = SiteDocument.objects.create(
        title="Bilder om frånvaro", file=ContentFile(b"%PDF-1.7", "bilder.pdf")
    )
    text = client.get(make.LectureFactory(slides=slides).url).content.decode()
    assert "Bilder om frånvaro (PDF, 8" in text and slides.url in text


@pytest.mark.django_db
def test_the_whole_text_of_a_work_is_a_link_or_a_file(client):
    work = make.WorkFactory(open_link="https://arkiv.exempel.se/text")
    assert "Hela texten hos arkiv.exempel.se" in client.get(work.url).content.decode()
    file = SiteDocument.objects.create(title="Rapporten", file=ContentFile(b"%PDF", "r.pdf"))
    work = make.WorkFactory(open_file=file)
    assert f'href="{file.url}">Rapporten (PDF' in client.get(work.url).content.decode()
