"""What every test may count on."""

import gc
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def collect_in_the_main_thread(request: pytest.FixtureRequest) -> Iterator[None]:
    """Where widgets live, garbage is collected between tests only: in a worker it would crash Qt."""
    if "qapp" not in request.fixturenames:
        yield
        return
    gc.disable()
    yield
    gc.enable()
