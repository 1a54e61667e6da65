import pytest

from pluginnovation.core import second_factor
from pluginnovation.core.models import User

from .two_steps import EMAIL, PASSWORD, SECRET


@pytest.fixture
def reader(db):
    return User.objects.create_user(
        EMAIL, PASSWORD, role=User.Role.MUNICIPAL_READER, municipality_id="1480"
    )


@pytest.fixture
def equipped(reader):
    """A reader whose app is set up."""
    second_factor.set_up(reader, SECRET)
    return reader
