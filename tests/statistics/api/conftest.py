"""A publication to ask the API for."""

import pytest

from ..figures_factory import published_region

figures = published_region(900, autouse=True)


@pytest.fixture
def ask(client):
    def get(address, **headers):
        return client.get(address, headers=headers)

    return get
