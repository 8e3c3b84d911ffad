"""What every test may count on."""

import gc
import os
from collections.abc import Iterator

import hypothesis
import pytest
from PySide6.QtWidgets import QApplication

from tests.denied_network import deny_network

# A slow or loaded machine is no failure, and the same examples run everywhere.
hypothesis.settings.register_profile(
    "steady",
    deadline=None,
    derandomize=True,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("steady")


@pytest.fixture(autouse=True, scope="session")
def application(qapp: QApplication) -> QApplication:
    """One QApplication for all: a command would make a QCoreApplication, which no window can use after it."""
    return qapp


@pytest.fixture(autouse=True)
def collect_in_the_main_thread() -> Iterator[None]:
    """Where widgets live, garbage is collected between tests only: in a worker it would crash Qt."""
    gc.disable()
    yield
    gc.enable()


deny_network()
# No window shall pop up in front of who runs the tests.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
