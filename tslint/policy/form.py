"""The forms a rule can take, and the keys that belong to each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tslint.source.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Form(NamedTuple):
    """``subject`` is the key that tells the form. ``offers`` are the placeholders that lint can fill."""

    subject: str
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()


_STEP = ("first", "value", "name", "tool", "witness")
_COMMON = ("unless", "broken")

# In this order: `between` and `after` own the keys `never` and `before` that are subjects elsewhere.
FORMS: Final = (
    Form("clauses"),
    Form("fault"),
    Form("between", ("never",), ("and", "until", *_COMMON), (*_STEP, "second", "culprit")),
    Form(
        "after",
        ("comes",),
        ("before", "immediately", "passing over", "at end", "outcome", "ignore guards on", *_COMMON),
        (*_STEP, "deadline", "opener"),
    ),
    Form("before", ("comes",), ("since", "immediately", *_COMMON), _STEP),
    Form("pair", ("with", "agree"), ("report", "since", *_COMMON), (*_STEP, "second")),
    Form("at most", ("of",), ("in", *_COMMON), (*_STEP, "second")),
    Form("every", ("must",), ("once", *_COMMON), _STEP),
    Form("never", (), ("once", *_COMMON), (*_STEP, "opener")),
)
FORM_KEYS: Final = frozenset(key for form in FORMS for key in (form.subject, *form.required, *form.optional))
# Keys whose value is a selector, or a list of selectors of which any may hold.
SELECTOR_KEYS: Final = (
    *("after", "and", "before", "between", "comes", "every", "must", "never", "of", "pair"),
    *("passing over", "since", "until", "with"),
)


def form_of(pattern: Mapping[str, Any]) -> Form | None:
    """Tell the form of a rule or clause, None when it has no subject."""
    return next((form for form in FORMS if form.subject in pattern), None)
