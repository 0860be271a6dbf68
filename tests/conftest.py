"""What all tests have in common: the rules of the checkout, dice that fall alike, an end."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tslint.data_files.data_file_error import DataFileError
from tslint.rules.compile import refresh

if TYPE_CHECKING:
    from collections.abc import Iterator

# Of processor time, which a busy machine does not lengthen: many times what any test takes.
SECONDS = 60

# The same examples in every run, however long one takes: a test fails for what is wrong, not for the weather.
settings.register_profile(
    "tslint", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("tslint")


def pytest_sessionstart() -> None:
    """Compile the rules as they stand in the checkout: they are the ones that are tested."""
    try:
        refresh()
    except DataFileError as error:
        pytest.exit(str(error), returncode=2)


@pytest.fixture(autouse=True)
def in_time(request: pytest.FixtureRequest) -> Iterator[None]:
    """End a test that computes without end; what takes long but ends is for ``seconds`` to mark."""
    if not hasattr(signal, "setitimer"):  # Windows
        yield
        return
    marker = request.node.get_closest_marker("seconds")
    seconds = marker.args[0] if marker else SECONDS

    def end(*_: object) -> None:
        pytest.fail(f"has computed for {seconds} seconds")

    signal.signal(signal.SIGVTALRM, end)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
