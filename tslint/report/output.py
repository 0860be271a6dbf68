# ruff: noqa: PTH105, PTH108, PTH110, PTH113, PTH123
"""Reports on their way out: a stream never fails on a character, a file is replaced whole or not at all.

No pathlib: it would cost a tenth of the start-up time.
"""

from __future__ import annotations

import errno
import os
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType
    from typing import TextIO


_STREAMS = ("stdin", "stdout", "stderr")


def tell(text: str, stderr: TextIO) -> None:
    """Write to standard error as write_stream does. Where that cannot be done there is nobody to tell."""
    with suppress(OSError):
        write_stream(text, stderr)


def write_stream(text: str, stream: TextIO) -> None:
    """Write UTF-8 to a pipe or file, what it can show to a terminal; lines end in LF everywhere.

    Raises OSError as the stream does. A reader that went away (``tslint ... | head``) is no error.
    """
    encoding = (stream.isatty() and stream.encoding) or "utf-8"
    data = text.encode(encoding, "backslashreplace")
    try:
        raw = getattr(stream, "buffer", None)
        if raw is None:
            stream.write(data.decode(encoding))
        else:
            raw.write(data)
        stream.flush()
    except OSError as error:
        # Windows calls the argument invalid where a pipe is broken: https://github.com/python/cpython/issues/79935
        gone = isinstance(error, BrokenPipeError) or (sys.platform == "win32" and error.errno == errno.EINVAL)
        if not gone:
            raise


def file_descriptor(path: str) -> int | None:
    """Return the number of the open stream that a path stands for, as shells write it for ``>(...)``."""
    folder, _, name = path.rpartition("/")
    if folder == "/dev" and name in _STREAMS:
        return _STREAMS.index(name)
    return int(name) if folder in {"/dev/fd", "/proc/self/fd"} and name.isdecimal() else None


def write_file(text: str, path: str) -> None:
    """Write UTF-8 to ``path``, replacing it only when all is written. Raises OSError.

    What is no regular file (a pipe, a device) is written to directly, and an open stream where it stands.
    """
    data = text.encode("utf-8", "backslashreplace")
    number = file_descriptor(path)
    if number is not None or (os.path.exists(path) and not os.path.isfile(path)):
        # a reader that goes away is no error; to open a stream anew would begin at the front of its file
        with suppress(BrokenPipeError), open(path if number is None else _copy(number, path), "wb") as file:
            file.write(data)
        return
    path = os.path.realpath(path)
    scratch = f"{path}.{os.getpid()}.tmp"
    with _stopped_tidily():
        try:
            with open(scratch, "xb") as file:
                file.write(data)
            os.replace(scratch, path)
        except BaseException:
            if os.path.exists(scratch):
                os.unlink(scratch)
            raise


def _copy(number: int, path: str) -> int:
    try:
        return os.dup(number)
    except OSError as error:
        raise OSError(error.errno, error.strerror, path) from None


@contextmanager
def _stopped_tidily() -> Iterator[None]:
    """Let the signals that end a program raise KeyboardInterrupt and SystemExit."""
    import signal

    def stop(number: int, _: object) -> None:
        raise SystemExit(128 + number)

    before: dict[signal.Signals, Callable[[int, FrameType | None], object] | int | None] = {}
    try:
        for one, handler in ((signal.SIGINT, signal.default_int_handler), (signal.SIGTERM, stop)):
            if signal.getsignal(one) is not signal.SIG_IGN:
                before[one] = signal.signal(one, handler)
    except ValueError:  # only the main thread may
        yield
        return
    try:
        yield
    finally:
        for one, former in before.items():
            signal.signal(one, former or signal.SIG_DFL)
