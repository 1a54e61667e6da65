"""Role by action by municipality, as one table: what is not in it is refused."""

from statistics import rights
from statistics.models import Source

import pytest
from django.contrib.auth.models import AnonymousUser

from pluginnovation.core.models import User

pytestmark = pytest.mark.django_db

OWN, OTHER, REGION = ("1480",), ("1401",), ()
PEOPLE = {
    "nobody": None,
    "no role": "",
    "reporter": User.Role.REPORTER,
    "municipal": User.Role.MUNICIPAL_READER,
    "regional": User.Role.REGIONAL_READER,
    "manager": User.Role.STATISTICS_MANAGER,
}
# Every question, and who of PEOPLE gets a yes.
TABLE = {
    "send for own source": {"reporter", "manager"},
    "send for another source": {"manager"},
    "open the pages for sending": {"reporter", "manager"},
    "see deliveries of own source": {"reporter", "manager"},
    "see deliveries of another source": {"manager"},
    "approve what another sent": {"manager"},
    "approve what a command sent": {"manager"},
    "approve what oneself sent": set(),
    "withdraw of own source": {"manager"},
    "withdraw of another source": {"manager"},
    "read exact of own municipality": {"municipal", "regional", "manager"},
    "read exact of another municipality": {"regional", "manager"},
    "read exact of own and another municipality": {"regional", "manager"},
    "read exact of the region": {"regional", "manager"},
    "open the exact view": {"municipal", "regional", "manager"},
    "manage": {"manager"},
    "read the audit log": {"manager"},
}


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """The people and the sources, once for the whole table; nothing here changes them."""
    with django_db_blocker.unblock():
        people = {
            name: AnonymousUser() if role is None else _person(name, role)
            for name, role in PEOPLE.items()
        }
        sources = {
            name: Source.objects.create(code=f"rights-{name}", name=name, kind="municipality")
            for name in ("own", "other", "approved")
        }
        sources["approved"].needs_approval = True
        everyone = [person for person in people.values() if person.pk]
        sources["own"].senders.set(everyone)
        sources["approved"].senders.set(everyone)
        yield people, sources
        Source.objects.filter(code__startswith="rights-").delete()
        User.objects.filter(email__startswith="rights-").delete()


def _person(name, role):
    return User.objects.create_user(
        f"rights-{name.replace(' ', '-')}@example.se", role=role, municipality_id="1480"
    )


def answer(question, user, sources):
    """What ``rights`` says to a question of the table."""
    own, other, approved = sources["own"], sources["other"], sources["approved"]
    return {
        "send for own source": lambda: rights.may_send(user, own),
        "send for another source": lambda: rights.may_send(user, other),
        "open the pages for sending": lambda: rights.may_send_something(user),
        "see deliveries of own source": lambda: rights.may_see_deliveries(user, own),
        "see deliveries of another source": lambda: rights.may_see_deliveries(user, other),
        "approve what another sent": lambda: rights.may_approve(user, approved, User(pk=0)),
        "approve what a command sent": lambda: rights.may_approve(user, approved, None),
        "approve what oneself sent": lambda: rights.may_approve(user, approved, user),
        "withdraw of own source": lambda: rights.may_withdraw(user, own),
        "withdraw of another source": lambda: rights.may_withdraw(user, other),
        "read exact of own municipality": lambda: rights.may_read_exact(user, OWN),
        "read exact of another municipality": lambda: rights.may_read_exact(user, OTHER),
        "read exact of own and another municipality": lambda: rights.may_read_exact(
            user, OWN + OTHER
        ),
        "read exact of the region": lambda: rights.may_read_exact(user, REGION),
        "open the exact view": lambda: rights.may_read_something_exact(user),
        "manage": lambda: rights.may_manage(user),
        "read the audit log": lambda: rights.may_read_audit_log(user),
    }[question]()


@pytest.mark.parametrize("question", TABLE)
def test_each_role_gets_what_the_table_says(made, question):
    people, sources = made
    yes = {name for name, user in people.items() if answer(question, user, sources)}
    assert yes == TABLE[question]


@pytest.mark.parametrize("name", [name for name, role in PEOPLE.items() if role])
def test_a_closed_account_may_nothing(made, name):
    people, sources = made
    user = User.objects.get(pk=people[name].pk)
    user.is_active = False
    assert [question for question in TABLE if answer(question, user, sources)] == []


def test_a_reader_without_a_municipality_reads_nothing():
    user = User.objects.create_user("utan@example.se", role=User.Role.MUNICIPAL_READER)
    assert not rights.may_read_something_exact(user)
    assert not rights.may_read_exact(user, OWN) and not rights.may_read_exact(user, ())
    with pytest.raises(PermissionError):
        rights.exact_municipalities(user)


def test_rows_behind_an_exact_view_are_cut_to_the_municipality(made):
    people, _ = made
    assert rights.exact_municipalities(people["municipal"]) == OWN
    assert rights.exact_municipalities(people["regional"]) == REGION
    for name in ("nobody", "no role", "reporter"):
        with pytest.raises(PermissionError):
            rights.exact_municipalities(people[name])


def test_the_sources_one_may_send_for_are_those_that_may_send_says(made):
    people, sources = made
    for user in people.values():
        listed = set(rights.sources_of(user).values_list("code", flat=True))
        for source in sources.values():
            assert (source.code in listed) is rights.may_send(user, source)
