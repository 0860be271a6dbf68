"""The fuzz targets hold on their seeds, without the fuzzer."""

import importlib
from pathlib import Path

import pytest

SEEDS = Path(__file__).parents[1] / "fuzz" / "seeds"


@pytest.mark.parametrize(
    "seed", sorted(SEEDS.glob("*/*")), ids=lambda seed: f"{seed.parent.name}-{seed.name}"
)
def test_a_target_holds_on_each_of_its_seeds(seed):
    importlib.import_module(f"fuzz.{seed.parent.name}").one_input(seed.read_bytes())


@pytest.mark.parametrize("target", ["commands", "conditions", "logs", "reader", "rules", "versions"])
def test_every_target_has_seeds_and_a_dictionary(target):
    assert len(list((SEEDS / target).iterdir())) >= 5
    assert (SEEDS.parent / "dictionaries" / f"{target}.dict").is_file()
