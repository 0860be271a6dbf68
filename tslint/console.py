# ruff: noqa: PTH109, PTH120
# Before console() is at work an import may find a stranger's file, and Ctrl+C prints a traceback. So at first
# only what the interpreter has loaded itself is imported, and not even __future__.
"""What ``tslint`` and ``python -m tslint`` start: the command line as a program of its own."""

import os
import sys

INTERRUPTED = 130


def console() -> None:
    """Run the command line and end the process with its exit status, or with INTERRUPTED after Ctrl+C."""
    try:
        _leave_the_working_directory()
        _end_at_interrupts()
        status = _status()
    except KeyboardInterrupt:  # before Ctrl+C ends the process by itself
        status = INTERRUPTED
    # to take everything apart that was made would take a fifth of a small run
    os._exit(status)


def _leave_the_working_directory() -> None:
    """Import nothing from the working directory, which ``python -m`` puts first.

    It holds what is linted, and a ``gzip.py`` beside that must not run. A checkout that is not installed is
    where tslint itself comes from: it is asked last.
    """
    try:
        here = os.getcwd()
    except OSError:  # it is gone
        return
    if not sys.flags.safe_path and sys.path[0] in {"", here}:
        del sys.path[0]
        if here == os.path.dirname(os.path.dirname(__file__)):
            sys.path.append(here)


def _end_at_interrupts() -> None:
    """Let Ctrl+C end the process where it stands.

    As an exception it can get lost in a library that catches all, or come out of it as another.
    """
    import signal

    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # not where it is ignored (nohup, &)
        signal.signal(signal.SIGINT, _end)


def _end(*_: object) -> None:
    workers = getattr(sys.modules.get("multiprocessing"), "active_children", list)
    for worker in workers():
        worker.terminate()
    if os.isatty(2):
        os.write(2, b"\n")  # the prompt gets a line of its own, behind one that tells of progress
    os._exit(INTERRUPTED)


def _status() -> int:
    import gc
    from contextlib import suppress

    gc.set_threshold(100_000)  # a run makes many small values and hardly a cycle: looking for them is in vain

    from tslint.cli.main import main

    streams = sys.stdout, sys.stderr
    try:
        status = main()
    except SystemExit as ended:  # --help, wrong usage, a signal to end
        status = int(ended.code or 0)
    for stream in filter(None, streams):
        with suppress(OSError, ValueError):  # nobody reads any more, or it is closed
            stream.flush()
    return status
