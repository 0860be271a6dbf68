"""Strategies for small random sequences in the compact notation, to hold against the interpreter."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

Nodes = list[dict[str, Any]]


def conditions(tests: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Combine tests, nested a little."""
    return st.recursive(
        tests,
        lambda inner: st.one_of(
            *(
                st.builds(lambda many, how=how: {how: many}, st.lists(inner, min_size=1, max_size=2))
                for how in ("all", "any", "not")
            )
        ),
        max_leaves=3,
    )


def steps_of(kinds: st.SearchStrategy[Any], guards: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Give steps a condition or none; one in ten is disabled."""
    return st.builds(
        lambda kind, when, disabled: (
            {**kind} | ({"when": when} if when else {}) | ({"disabled": True} if disabled else {})
        ),
        kinds,
        st.none() | guards,
        st.sampled_from([False] * 9 + [True]),
    )


def nodes_of(steps: st.SearchStrategy[Any], guards: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Put steps into groups, nested a little."""
    return st.recursive(
        steps,
        lambda inner: st.builds(
            lambda found, when: {"group": "G", "steps": found} | ({"when": when} if when else {}),
            st.lists(inner, min_size=1, max_size=3),
            st.none() | guards,
        ),
        max_leaves=4,
    )


def named(nodes: Nodes, counter: Any) -> Nodes:
    """Give every step a name of its own."""
    return [
        {**node, "steps": named(node["steps"], counter)}
        if "group" in node
        else {**node, "name": f"s{next(counter)}"}
        for node in nodes
    ]
