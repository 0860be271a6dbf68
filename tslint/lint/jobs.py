"""Exports linted in several processes at once; what comes out is what one process would say.

Each worker gets the list of all exports once, and then only numbers: so no message is ever larger than a pipe
takes in, and neither side waits for the other with both pipes full.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections import deque
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Pipe, wait
from threading import Thread
from typing import TYPE_CHECKING, Self

from tslint.lint.linter import Linter, lost, undecided
from tslint.source.walk import STDIN

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
    from multiprocessing.connection import Connection

    from tslint.lint.deadline import Deadline
    from tslint.lint.linter import Run
    from tslint.lint.result import Result
    from tslint.source.walk import File

    Exports = Sequence[Sequence[File]]

# To fork costs a hundredth of a new interpreter, but only Linux can be trusted with it.
METHOD = "fork" if sys.platform == "linux" else "spawn"

# Windows waits for no more processes at once.
MOST_PROCESSES = 60

# A worker has its next exports at hand while the parent still takes in what it sent.
AHEAD = 2

# Exports that are handed out together, of very many: to take in a message costs a tenth of a small export.
TOGETHER = 8

# Seconds in which a process that is told to end does so, unless the system itself hangs.
GRACE = 5


def in_processes(
    run: Run, exports: Exports, jobs: int, begun: Callable[[Sequence[File]], None], deadline: Deadline
) -> Generator[Result]:
    """Yield the result of each export, in their order. ``begun`` is told of each that is handed out.

    Another worker takes the place of one that dies, and gets its exports one by one: the one that it dies on
    is told as a fault of tslint. What is not done by the ``deadline`` is undecided.
    """
    asked = any(file.path == STDIN for export in exports for file in export)
    piped = _read_by(deadline, run.read_stdin) if asked else b""
    count = min(jobs, MOST_PROCESSES)
    handed_out = _handed_out(len(exports), count, 1 if deadline.seconds else TOGETHER)
    too_late = f"the {deadline.seconds:g} seconds of --timeout were up"
    with _Pool(run._replace(read_stdin=partial(bytes, piped)), exports, handed_out, begun) as pool:
        if not deadline.is_over:
            pool.start(count)
        results: dict[int, Result] = {}
        for number in range(len(exports)):
            while number not in results and not deadline.is_over:
                results.update(pool.some(deadline.left))
            if number not in results:
                results.update(pool.done())
            yield results.pop(number) if number in results else undecided(exports[number], too_late)


def _read_by(deadline: Deadline, read: Callable[[], bytes]) -> bytes:
    """Return what is read; nothing where that takes longer than there is time, as when nobody writes."""
    if not deadline.seconds:
        return read()
    data: list[bytes] = []
    reader = Thread(target=lambda: data.append(read()), daemon=True)
    reader.start()
    reader.join(deadline.left)
    return data[0] if data else b""


class _Worker:
    """A process, the parent's end of the pipe to it, and the exports that it has at hand."""

    def __init__(self, run: Run, exports: Exports, others: Sequence[Connection]) -> None:
        self.channel, theirs = Pipe()
        # a fork has the parent's ends too; while it holds them, no worker notices that the parent is gone
        inherited = (*others, self.channel) if METHOD == "fork" else ()
        given = theirs, inherited, run, exports
        context = get_context("fork") if METHOD == "fork" else get_context("spawn")
        self.process = context.Process(target=_work, args=given, daemon=True)
        with _undisturbed():
            self.process.start()
        theirs.close()
        self.at_hand: deque[range] = deque()


class _Pool:
    """The workers of a run. Leaving it leaves no process behind."""

    def __init__(
        self, run: Run, exports: Exports, waiting: Iterable[range], begun: Callable[[Sequence[File]], None]
    ) -> None:
        self._run, self._exports, self._begun = run, exports, begun
        self._waiting = deque(waiting)
        self._workers: list[_Worker] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.process.terminate()
        for worker in self._workers:
            worker.process.join(GRACE)
            worker.process.kill()
            worker.process.join(GRACE)
            worker.channel.close()

    def start(self, count: int) -> None:
        """Start so many workers, or as many as the system allows."""
        with suppress(OSError):
            for _ in range(count):
                others = [worker.channel for worker in self._workers]
                self._workers.append(_Worker(self._run, self._exports, others))
        for _ in range(AHEAD):
            for worker in self._workers:
                self._hand_out(worker)

    def some(self, seconds: float | None) -> Iterator[tuple[int, Result]]:
        """Wait until a worker is done with an export or dies, and yield what came in, with its number.

        After so many ``seconds`` there may be nothing.
        """
        if not self._workers:  # none could be started: this process does the work
            for number in self._waiting.popleft():
                self._begun(self._exports[number])
                yield number, Linter(self._run).lint(self._exports[number])
            return
        ready = wait([worker.channel for worker in self._workers], seconds)
        for worker in [worker for worker in self._workers if worker.channel in ready]:
            try:
                data = worker.channel.recv_bytes()
            except (EOFError, OSError):
                yield from self._bury(worker)
                continue
            yield from zip(worker.at_hand.popleft(), pickle.loads(data), strict=True)  # noqa: S301 - by _work
            self._hand_out(worker)

    def done(self) -> Iterator[tuple[int, Result]]:
        """Yield what has come in by now, with its number."""
        if self._workers:
            yield from self.some(0)

    def _hand_out(self, worker: _Worker) -> None:
        if not self._waiting or len(worker.at_hand) >= AHEAD:
            return
        numbers = self._waiting.popleft()
        worker.at_hand.append(numbers)
        for number in numbers:
            self._begun(self._exports[number])
        with suppress(OSError):  # it is dead: some() will see that
            worker.channel.send(numbers)

    def _bury(self, worker: _Worker) -> Iterator[tuple[int, Result]]:
        """Tell of the export that a worker died on, if it had only that; let another go on with the rest."""
        self._workers.remove(worker)
        worker.channel.close()
        worker.process.join()
        dead = worker.at_hand.popleft() if worker.at_hand else range(0)
        self._waiting.extendleft(reversed(worker.at_hand))
        if len(dead) == 1:
            yield dead[0], lost(self._exports[dead[0]], _death(worker.process.exitcode))
        else:
            self._waiting.extendleft(range(number, number + 1) for number in reversed(dead))
        if self._waiting:
            self.start(1)


def _handed_out(exports: int, workers: int, most: int) -> Iterator[range]:
    """Yield which exports are handed out together: in the end no worker should wait long for another."""
    size = max(1, min(most, exports // (workers * TOGETHER)))
    for first in range(0, exports, size):
        yield range(first, min(first + size, exports))


def _death(status: int | None) -> str:
    """Say how a process ended. Linux kills with signal 9 where memory runs out."""
    how = f"on signal {-status}" if status is not None and status < 0 else f"with status {status}"
    return f"its process ended {how}; if memory ran out, lint with fewer --jobs"


def _work(channel: Connection, inherited: Sequence[Connection], run: Run, exports: Exports) -> None:
    """Be a worker: take ranges of exports, send back their results, until the parent closes the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches all; the parent ends its workers
    for one in inherited:
        one.close()
    linter = Linter(run)
    try:
        while True:
            results = [linter.lint(exports[number]) for number in channel.recv()]
            channel.send_bytes(pickle.dumps(results, pickle.HIGHEST_PROTOCOL))
    except (EOFError, OSError):
        return  # the parent is gone
    except Exception:  # noqa: BLE001 - no traceback: the parent tells that this process ended
        sys.exit(1)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Keep from a process that starts what it is not ready for: Ctrl+C, and modules in the working directory.

    It would print a traceback at the one, and prefer the other to Python's own.
    """
    safe = os.environ.get("PYTHONSAFEPATH")
    os.environ["PYTHONSAFEPATH"] = "1"
    try:
        with _without_interrupts():
            yield
    finally:
        del os.environ["PYTHONSAFEPATH"]
        if safe is not None:
            os.environ["PYTHONSAFEPATH"] = safe


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Hold Ctrl+C back, from this process and from those that it starts."""
    if sys.platform == "win32":
        import ctypes

        handle = ctypes.windll.kernel32.SetConsoleCtrlHandler
        # no handler: ignored, https://learn.microsoft.com/windows/console/ctrl-c-and-ctrl-break-signals
        handle(None, True)
        try:
            yield
        finally:
            handle(None, False)
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
