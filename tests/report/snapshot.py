"""Reports as they were looked at and found right. ``UPDATE_SNAPSHOTS=1 pytest`` writes them anew."""

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "snapshots"


def assert_snapshot(name: str, text: str) -> None:
    file = FOLDER / name
    if os.environ.get("UPDATE_SNAPSHOTS"):
        file.write_bytes(text.encode())
    assert text == file.read_bytes().decode()
