"""The description of the API is true: a machine made questions from it, good and bad ones."""

from statistics import database_role, publication

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode

from .figures_factory import UNTIL, population

pytestmark = pytest.mark.django_db
QUIET = (HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.function_scoped_fixture)


@pytest.fixture(scope="module")
def description(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        population(300)
        publication.publish(UNTIL)
        content = Client().get("/statistik/api/v2/openapi.json").json()
        content["servers"] = [{"url": "http://localhost/statistik/api/v2"}]
        schema = schemathesis.openapi.from_dict(content)
        schema.app = get_wsgi_application()
        # The test's transaction lives in the connection: a request must not end it.
        for signal in (request_started, request_finished):
            signal.disconnect(close_old_connections)
        yield schema
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)
        transaction.set_rollback(True)


def _asked(description, mode, examples):
    """Questions of every operation, drawn from the description; how many operations there are."""
    operations = [result.ok() for result in description.get_all_operations()]
    for operation in operations:

        @settings(
            max_examples=examples,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=QUIET,
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def ask(case):
            case.call_and_validate(headers={"Accept-Encoding": "identity"})
            # Nobody closes the response here, which is when the suite takes its rights back.
            database_role.give_back()

        ask()
    return len(operations)


def test_what_the_description_allows_is_answered_as_it_says(description):
    assert _asked(description, GenerationMode.POSITIVE, 4) > 40


def test_what_the_description_forbids_is_refused_as_it_says(description):
    assert _asked(description, GenerationMode.NEGATIVE, 4) > 40


@pytest.mark.full
@pytest.mark.parametrize("mode", list(GenerationMode))
def test_it_stays_true_for_many_questions(description, mode):
    assert _asked(description, mode, 100) > 40
