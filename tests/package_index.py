"""Whether there is a package index, for tests that install something."""

import os
import subprocess
import sys

import pytest


def skip_without_an_index(folder):
    """Skip a test that could not install what it needs, if that is why; not in CI, which has an index."""
    pip = [sys.executable, "-m", "pip", "download", "--no-deps", "--dest", str(folder), "hatchling"]
    if not os.environ.get("CI") and subprocess.run(pip, capture_output=True, check=False).returncode:
        pytest.skip("pip cannot reach a package index")
