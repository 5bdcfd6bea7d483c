"""The classes that programs are made of."""
from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

Made = TypeVar("Made", bound=type)


@dataclass_transform(frozen_default=True, eq_default=False, field_specifiers=(field,))
def node(kind: Made) -> Made:
    """A dataclass with slots, compared by identity, whose fields are never set again.

    That last is checked with the types, not while a compile runs: it makes tens of thousands of these, and a
    frozen dataclass takes three times as long to make.
    """
    return dataclass(eq=False, slots=True)(kind)    # type: ignore[return-value]
