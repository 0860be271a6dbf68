"""``python -m fuzz TARGET [libFuzzer options] [CORPUS]``: run one target under atheris until stopped."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from pathlib import Path

import atheris

HERE = Path(__file__).parent
TARGETS = ("reader", "conditions", "commands", "rules", "logs", "versions")
# No input of a few KB may take ten seconds, or a gigabyte.
LIMITS = ("-timeout=10", "-rss_limit_mb=1024")


def main() -> None:
    """Instrument tslint, hand the target to libFuzzer, and never return."""
    program, target, *arguments = sys.argv if len(sys.argv) > 1 else (*sys.argv, "")
    if target not in TARGETS:
        sys.exit(f"usage: python -m fuzz {'|'.join(TARGETS)} [libFuzzer options] [CORPUS]")
    with atheris.instrument_imports(include=["tslint"]):
        _import_everything()  # tslint imports late, but only what is imported here is instrumented
        one_input = importlib.import_module(f"fuzz.{target}").one_input
    dictionary = HERE / "dictionaries" / f"{target}.dict"
    options = (*LIMITS, f"-dict={dictionary}", *arguments)  # of two equal options the last counts
    # libFuzzer writes what it finds to the first folder. Given files only, it runs these and stops.
    reproduces = any(Path(word).is_file() for word in arguments)
    folders = [] if reproduces else [str(HERE / "seeds" / target)]
    atheris.Setup([program, *options, *folders], one_input)
    atheris.Fuzz()


def _import_everything() -> None:
    package = importlib.import_module("tslint")
    for module in pkgutil.walk_packages(package.__path__, "tslint."):
        if module.name != "tslint.__main__":
            importlib.import_module(module.name)


if __name__ == "__main__":
    main()
