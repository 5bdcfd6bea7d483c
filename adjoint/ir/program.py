"""The program: structured SSA.  Every value is defined once; `If` and `Loop` stay regions.

A *storage* is one mutable buffer.  A *handle* is a value that points at a storage, along a path of
views; a *version* is a value that stands for the storage's contents.  Handles have no versions of
their own: reading is `Load(handle, version)`, writing is `Store(handle, value, before) -> after`,
so an alias cannot go stale.  Arrays that are never written are plain values.
"""
from __future__ import annotations

from dataclasses import dataclass, field

from ..errors import Span
from .node import node
from .values import NONE as NONE
from .values import UNDEFINED as UNDEFINED
from .values import ZERO as ZERO
from .values import Arg, Value, counter
from .values import Const as Const
from .values import Storage as Storage


@node
class Op:
    """Base of operations."""

    outs: tuple[Value, ...]
    origin: Span | None


@node
class Prim(Op):
    """`outs = primitive(*args, **attrs)`: pure.  `positional`: how many attributes the text gives without a name."""

    primitive: str
    args: tuple[Arg, ...]
    attrs: tuple[tuple[str, Arg], ...] = ()
    spelling: str = ""
    positional: int = 0

    def attr(self, name: str) -> object:
        """The value of a constant attribute; None where it is not given or not constant."""
        return next((arg.value for key, arg in self.attrs if key == name and isinstance(arg, Const)), None)


@node
class Bind(Op):
    """`outs = args`: the user's assignment of values that exist already."""

    args: tuple[Arg, ...]


@node
class Unpack(Op):
    """`a, b = arg`."""

    arg: Arg


@node
class Alloc(Op):
    """`handle, version = arg`: the value becomes the buffer of a storage."""

    arg: Arg


@dataclass(frozen=True, slots=True)
class Step:
    """How a view is taken: by an index, or by a primitive that moves elements; operands stand in order.

    kind: "index", or the primitive's name.  A pattern is a tuple of "i" (an index), "a" (an index array or
    mask), "n" (None), "e" (Ellipsis) and ("s", has_start, has_stop, has_step).  Of a primitive, `names` are
    those of its attributes, the last operands; `spelling` and `positional` as in `Prim`.  `locked`: nothing is
    written through it, since it is read-only, or may be a copy; but for what the primitive's `writer` writes there.
    """

    kind: str
    pattern: tuple[object, ...] = ()
    names: tuple[str, ...] = ()
    locked: bool = False
    spelling: str = field(default="", compare=False)
    positional: int = field(default=0, compare=False)


@node
class View(Op):
    """`handle = base[...]`: points into base's storage."""

    base: Value
    step: Step
    operands: tuple[Arg, ...]


@node
class Load(Op):
    """`value = contents of handle`, at `version`."""

    handle: Value
    version: Value


SET, ADD_TO, SCATTER = "set", "add", "scatter"


@node
class Store(Op):
    """`handle[...] = value`, or `+= value`; `augmented` keeps the user's own `x *= v`, `spelling` the function that he
    called for it.

    how: SET, ADD_TO, or SCATTER, which adds one by one where an index may repeat.
    """

    handle: Value
    value: Arg
    before: Value
    how: str = SET
    augmented: bool = False
    spelling: str = ""


@node
class StoreAll(Op):
    """`x[i], x[j] = a, b`: all values are read before the first is stored.  Made when the text is written."""

    stores: tuple[Store, ...]


@node
class Undo(Op):
    """Marks where the backward sweep may put back what `store` overwrote (until `materialise`)."""

    store: Store


@node
class At(Op):
    """`out` is the forward value `value` of a block with the same key, at the same step."""

    value: Value


@node
class Tape(Op):
    """`out = []`."""


@node
class Push(Op):
    """`tape.append(args)`: one value, or a tuple of them."""

    tape: Value
    args: tuple[Arg, ...]


@node
class Pop(Op):
    """`outs = tape.pop()`; `peek` reads through an iterator and leaves the tape as it is."""

    tape: Value
    peek: bool = False


@node
class Block:
    """A list of operations.  Blocks of mirrored regions share their `key`."""

    key: int
    params: tuple[Value, ...]
    ops: tuple[Op, ...]
    yields: tuple[Arg, ...] = ()


@node
class If(Op):
    """`outs = yields of then if test else yields of orelse`.

    `leaves` names the arm, if any, that ends in `break` or `continue`: (0 or 1, word).  `form` is
    "if", or the expression that it was written as: "else" (`a if test else b`), "And", "Or"; or "try": `then` is
    tried, and `orelse` runs if that raises one of the classes that `test` is a constant of.
    """

    test: Arg
    then: Block
    orelse: Block
    leaves: tuple[int, str] | None = None
    form: str = "if"

    @property
    def is_statement(self) -> bool:
        return self.form in ("if", "try")


@node
class Effect(Op):
    """A statement that is there for what it does: kept, in its place, once.

    word: "call" (args: the call), "assert" (the test, and what to say), "raise" (the exception); what stands
    between "try" and "except" (the exception to raise, and the classes that are caught) is guarded.
    """

    word: str
    args: tuple[Arg, ...]


@node
class Carry:
    """A value live at the loop's head: `init`, then each trip's `next`; `result` after the loop."""

    init: Arg
    param: Value
    next: Arg
    result: Value


@dataclass(frozen=True, slots=True)
class Form:
    """Part of what a loop was written as.  `at`: its operands in the header; `value`: what a trip reads of it.

    word: "range", "list", "rows", "keys"; "enumerate", "zip", "items", "reversed", which have `parts`.
    """

    word: str
    at: tuple[int, ...] = ()
    value: Value | None = None
    parts: tuple[Form, ...] = ()

    @property
    def leaves(self) -> list[Form]:
        return [self] if not self.parts else [leaf for part in self.parts for leaf in part.leaves]

    @property
    def values(self) -> list[Value]:
        """What the trips read, from left to right."""
        own = [] if self.value is None else [self.value]
        return own + [value for part in self.parts for value in part.values]


@node
class Collect:
    """A value per trip; `result` is the list of them, in the order of the trips.

    `display`: it was written as `[value for ... in ...]`; `repeat`: as `[value] * n`.  `extend`: the value is a list,
    of as many items as this trip adds.  `start`: what the list holds before the first trip, where the text says that
    there.
    """

    value: Arg
    result: Value
    display: bool = False
    extend: bool = False
    start: tuple[Arg, ...] = ()
    repeat: bool = False


@node
class Loop(Op):
    """A loop.

    kind: "range" (header: start, stop, step), "items" (header: a list), "rows" (header: an array), "each"
    (header: what `form` refers to), "while" (`head` yields the test), "count" (header: the number of
    trips), "tape" (runs while header's tape holds something).
    `index` is the range's value, or the number of the trip; `item` the element of the list.
    `whole`, where it is known, counts the trips that were not left by a `break` at their head.
    `form` is what an "each" loop was written as: `enumerate`, `zip`, ... as a tree of `Form`s.
    `reverse`: the trips run backwards.  `trips` counts those that were begun; `stop` is the flag of
    a `break`.  `limit`, where given, is how many of the header's trips there are.
    """

    kind: str
    header: tuple[Arg, ...]
    index: Value | None
    item: Value | None
    head: Block | None
    carries: tuple[Carry, ...]
    collects: tuple[Collect, ...]
    body: Block
    trips: Value
    stop: Arg | None = None
    reverse: bool = False
    limit: Arg | None = None
    form: Form | None = None
    whole: Value | None = None


@node
class Function:
    """A program: the block's yields are what it returns, as a tree (`structure`) over its leaves.

    `entry`: the versions, on entry, of the storages that parameters point at.
    """

    name: str
    params: tuple[Value, ...]
    block: Block
    structure: object
    origin: Span | None = None
    entry: tuple[Value, ...] = ()


def new_key() -> int:
    return next(counter)
