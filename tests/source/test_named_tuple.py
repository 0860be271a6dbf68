"""Named tuples as typing makes them, for less."""

from __future__ import annotations

import pickle

import pytest

from tslint.source.named_tuple import NamedTuple


class Point(NamedTuple):
    x: int
    y: int = 2
    z: int = 3

    @property
    def total(self) -> int:
        return sum(self)


@pytest.mark.parametrize("made", [Point(1), Point(1, 2), Point(1, z=3), Point(y=2, x=1), Point(1, 2, 3)])
def test_values_are_given_in_order_by_name_or_by_default(made: Point) -> None:
    assert made == (1, 2, 3)
    assert (made.x, made.y, made.z, made.total) == (1, 2, 3, 6)


@pytest.mark.parametrize(
    ("values", "named"), [((), {}), ((1, 2, 3, 4), {}), ((1,), {"x": 1}), ((1,), {"a": 1})]
)
def test_what_does_not_fit_the_fields_is_refused(values: tuple[int, ...], named: dict[str, int]) -> None:
    with pytest.raises(TypeError):
        Point(*values, **named)


def test_a_field_is_replaced_in_a_copy() -> None:
    point = Point(1)
    assert (point._replace(y=5), point) == ((1, 5, 3), (1, 2, 3))
    assert isinstance(point._replace(y=5), Point)
    with pytest.raises(TypeError):
        point._replace(a=1)  # type: ignore[call-arg]


def test_values_go_to_other_processes_show_themselves_and_take_no_more_than_a_tuple() -> None:
    point = Point(1)
    copy = pickle.loads(pickle.dumps(point))  # noqa: S301 - our own
    assert (copy, type(copy)) == (point, Point)
    assert repr(point) == "Point(x=1, y=2, z=3)"
    assert not hasattr(point, "__dict__")
