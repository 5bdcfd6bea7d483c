"""Values, constants and storages: what operations read and write."""
from __future__ import annotations

import itertools
from dataclasses import dataclass, field

from .dims import constant
from .node import node
from .types import Contents, Number, Opaque, Type

counter = itertools.count()
EXACT = (int, bool, str, type(None))    # equal where they look equal; 0.0 and -0.0 are not


@dataclass(frozen=True, eq=False)
class Storage:
    """One mutable buffer.  `name` is what the user calls it."""

    name: str
    type: Type
    family: int = field(default_factory=lambda: next(counter))


@node
class Value:
    """The result of one operation.  `user`: a statement of the user's binds it to the name `hint`."""

    type: Type
    hint: str | None = None
    user: bool = False
    storage: Storage | None = None
    id: int = field(default_factory=lambda: next(counter))

    @property
    def is_handle(self) -> bool:
        return self.storage is not None and not isinstance(self.type, Contents)

    @property
    def is_version(self) -> bool:
        return self.storage is not None and isinstance(self.type, Contents)

    @property
    def buffer(self) -> Storage:
        """The storage of a handle or a version."""
        assert self.storage is not None, f"{self} is a plain value"
        return self.storage


@node
class Const:
    """A constant: a Python literal, or a known object (a dtype, a function).

    `spelling`: where a number was read from, as "numpy.pi".
    """

    value: object
    spelling: str = ""
    key: tuple[object, object] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        kind = type(self.value)
        self.key = kind, self.value if kind in EXACT else repr(self.value)  # type: ignore[misc]

    @property
    def type(self) -> Type:
        if type(self.value) in (bool, int, float, complex):
            size = constant(self.value) if type(self.value) is int else None
            return Number(type(self.value).__name__, size)
        return Opaque(repr(self.value))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Const) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


Arg = Value | Const
UNDEFINED = Const("undefined")
ZERO = Const(0.0)
NONE = Const(None)
