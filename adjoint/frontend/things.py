"""What an expression can mean while a program is built.

A *thing* is an `Arg` of the program, a tuple of things (a tuple the compiler sees through), a slice,
or a method bound to what it was looked up on.
"""
from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Union

from ..errors import LaterError, Span
from ..ir.program import Const, Storage, Value
from ..primitives.build import Builder
from .source import Source


@dataclass(frozen=True, eq=False)
class SliceThing:
    start: Any
    stop: Any
    step: Any


@dataclass(frozen=True, eq=False)
class Method:
    """`base.name`, not yet called."""

    base: Any
    name: str


Thing = Union[Value, Const, tuple, SliceThing, Method]
Site = tuple[object, ...]


@dataclass
class Frame:
    """One function being built: its names, where it stands, how it was reached."""

    source: Source
    names: dict[str, Thing]
    path: tuple[object, ...] = ()
    statement: Any = None


@dataclass
class Session:
    """What all frames of one build share.

    `hot` are the allocation sites that are written to; a build that finds another starts again.
    `sites`: where the buffer of a plain array value may have been allocated.
    `known`: the constant behind a name bound to a literal.
    `globals`: what was read from modules and closure cells, by (owner, name).
    """

    builder: Builder
    hot: set[Site]
    sites: dict[Value, frozenset[Site]] = field(default_factory=dict)
    known: dict[Value, Const] = field(default_factory=dict)
    globals: dict[tuple[str, str], tuple[Value, object]] = field(default_factory=dict)
    storage_sites: dict[Storage, frozenset[Site]] = field(default_factory=dict)
    frames: list[Frame] = field(default_factory=list)
    maybe: set[str] = field(default_factory=set)
    undefined: set[Value] = field(default_factory=set)
    in_loop: int = 0

    @property
    def frame(self) -> Frame:
        return self.frames[-1]


class Restart(Exception):
    """An array that was taken for never written is written: build again."""

    def __init__(self, sites: frozenset[Site]) -> None:
        super().__init__(sites)
        self.sites = sites


def later(what: str, span: Span | None, remedy: str = "") -> LaterError:
    return LaterError(f"{what} is not supported yet", span, remedy)
