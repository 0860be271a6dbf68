"""The rules as they stand in the checkout are the ones that the tests run."""

import pytest

from tslint.policy.compile import refresh
from tslint.policy.rule_file_error import RuleFileError


def pytest_sessionstart() -> None:
    try:
        refresh()
    except RuleFileError as error:
        pytest.exit(str(error), returncode=2)
