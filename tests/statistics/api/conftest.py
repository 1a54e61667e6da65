"""A publication to ask the API for."""

from statistics import publication

import pytest
from django.db import transaction

from ..figures_factory import UNTIL, population


@pytest.fixture(scope="module", autouse=True)
def figures(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        population(900)
        publication.publish(UNTIL)
        yield publication.newest()
        transaction.set_rollback(True)


@pytest.fixture
def ask(client):
    def get(address, **headers):
        return client.get(address, headers=headers)

    return get
