"""What an expression can mean while a program is built.

A *thing* is an `Arg` of the program, a tuple of things (a tuple the compiler sees through), a slice,
or a method bound to what it was looked up on.
"""
from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Union

from ..errors import UnsupportedError
from ..ir.program import Arg, Const, Storage, Value
from ..ir.types import Items, Opaque, is_scalar
from ..ir.units import Unit
from ..primitives.build import Builder
from .nodes import bound_in
from .source import Source
from .summaries import Known, Recursions


@dataclass(frozen=True, eq=False)
class SliceThing:
    start: Any
    stop: Any
    step: Any


@dataclass(frozen=True)
class RangeThing:
    """`range(...)` that is not at once what a loop runs over.  `bounds`: start, stop, step."""

    bounds: tuple[Any, ...]


@dataclass(frozen=True, eq=False)
class Method:
    """`base.name`, not yet called."""

    base: Any
    name: str


@dataclass(frozen=True, eq=False)
class Keywords:
    """What `**kwargs` holds."""

    items: dict[str, Any]


@dataclass(frozen=True, eq=False)
class Instance:
    """An object of a class of the user's: its attributes are read when the derivative is called.

    `owner` and `name` say in the text where it stands: `name` in the module or cell `owner`, or, where
    `owner` is empty, a parameter; attributes follow behind dots.  `where` has the first of them.
    """

    found: object
    owner: str
    name: str
    where: object


@dataclass(frozen=True)
class ListThing:
    """A list that the function makes.  What it holds stands in the frame's names, under `key`."""

    key: str


@dataclass(frozen=True)
class DictThing:
    """A dict that the function makes and changes.  Its items stand under `key`, its keys beside them."""

    key: str


@dataclass(frozen=True)
class Many:
    """Items of a list, of which it is not known how many there are."""

    value: Any


@dataclass(frozen=True)
class Growing:
    """The contents of a list in a loop that appends to it: before the loop, and in this trip (things, `Many`)."""

    base: Any
    items: tuple[Any, ...]


def holds_handle(thing: Any) -> bool:
    """True for an array that is written, and for a tuple of which an item is one."""
    if isinstance(thing, tuple):
        return any(map(holds_handle, thing))
    return isinstance(thing, Value) and thing.is_handle


def is_open(thing: Any) -> bool:
    """True for what may change while a dict or record holds it."""
    return holds_handle(thing) or isinstance(thing, (DictThing, ListThing))


def is_tuple_of_numbers(thing: Any) -> bool:
    """True for a tuple, as a shape is one, that compares with another item by item."""
    if isinstance(thing, tuple):
        return all(isinstance(item, (Value, Const)) and is_scalar(item.type) for item in thing)
    kind = thing.type if isinstance(thing, Value) else None
    return isinstance(kind, Items) and kind.kind == "tuple" and all(map(is_scalar, kind.items))


def is_word(thing: Any) -> bool:
    """True for a string, which may be known only when the program runs."""
    return isinstance(thing, Value) and thing.type == Opaque("str") or \
        isinstance(thing, Const) and isinstance(thing.value, str)


Thing = Union[Value, Const, tuple, SliceThing, Method, Keywords, Instance, ListThing, DictThing, Growing,
              RangeThing, "LocalFunction"]
Site = tuple[object, ...]


def is_argument(site: Site) -> bool:
    """True where a buffer is an argument's, or stands in one."""
    return site[0] in ("param", "inside")


@dataclass
class Frame:
    """One function being built: its names, where it stands, how it was reached.

    `outer`, `body`: of a function inside a function, the frame that it captures from, and its statements.
    `lost`: names that stood for unlike things where paths met.  `unrolled`: how many loops are around the loop that is
    written out here.
    """

    source: Source
    names: dict[str, Thing]
    path: tuple[object, ...] = ()
    statement: Any = None
    outer: Frame | None = None
    body: tuple[Any, ...] | None = None
    lost: set[str] = field(default_factory=set)
    unrolled: int | None = None

    @cached_property
    def own(self) -> frozenset[str]:
        """The names that the function binds: none of them is looked up outside."""
        return self.source.own if self.body is None else bound_in(self.body)


@dataclass(frozen=True, eq=False)
class LocalFunction:
    """A function that the function makes.  `frame`: where it was made, and reads what it captures; `place`: where its
    text stands; `rest`: its `*args`.
    """

    name: str
    parameters: tuple[str, ...]
    positional: int
    body: tuple[Any, ...]
    defaults: dict[str, Any]
    frame: Frame
    place: object = None
    rest: str | None = None


class Nothing(Exception):
    """As far as is known yet, the program does not get further here: a call of which nothing is known, an operation on
    what is None until a trip has bound it.  What more is known later, it is built with again.
    """


@dataclass
class Session:
    """What all frames of one build share.

    `hot` are the allocation sites that are written to; a build that finds another starts again.
    `sites`: where the buffer of a plain array value may have been allocated.
    `known`: the constant behind a name bound to a literal.
    `optional`: values that may be None; `unreturned`: of those the ones that a function gives where a path of it ends
    without a value.
    `entries`: for the key of a dict that a loop runs over: the dict, its entries as a list, the trip.
    `lists`: the numbers of the lists that the function makes; `list_names`: what comprehensions are bound to;
    `displays`: the comprehensions; `repeats`: those that are written as `[x] * n`.
    `aliased`: variables whose value went to another name or into a list; `augmented`: those that `+=` makes
    anew where they are numbers, and writes to where they are arrays, with the place.
    `globals`: what was read from modules, cells and objects, by (owner, name); `instances`: the
    objects that were looked into, also so.  `methods`: what was found in their classes.
    `fixed`: attributes that are no numbers: where they stand, and what they are.
    `cells`: the closure cells of each name.
    `unbound`: the refusal of an operation on None in this reading of a loop, where a later one may have bound it.
    `unshared`: parameters that a derivative called here is given where its primal writes.
    """

    builder: Builder
    hot: set[Site]
    sites: dict[Value, frozenset[Site]] = field(default_factory=dict)
    known: dict[Value, Const] = field(default_factory=dict)
    globals: dict[tuple[str, str], tuple[Value, object]] = field(default_factory=dict)
    instances: dict[tuple[str, str], Instance] = field(default_factory=dict)
    methods: dict[tuple[type, str], object] = field(default_factory=dict)
    fixed: dict[tuple[str, str], tuple[object, object]] = field(default_factory=dict)
    cells: dict[str, list[object]] = field(default_factory=dict)
    storage_sites: dict[Storage, frozenset[Site]] = field(default_factory=dict)
    written: set[Site] = field(default_factory=set)
    frames: list[Frame] = field(default_factory=list)
    maybe: set[str] = field(default_factory=set)
    undefined: set[Value] = field(default_factory=set)
    bound_if: dict[Arg, set[Value]] = field(default_factory=dict)   # what is there where a flag is true
    optional: set[Thing] = field(default_factory=set)
    unreturned: set[Thing] = field(default_factory=set)
    entries: dict[Value, tuple[Arg, Arg, Arg]] = field(default_factory=dict)
    lists: dict[str, int] = field(default_factory=dict)
    list_names: dict[str, str] = field(default_factory=dict)
    displays: set[str] = field(default_factory=set)
    repeats: set[str] = field(default_factory=set)
    aliased: set[str] = field(default_factory=set)
    augmented: dict[str, Any] = field(default_factory=dict)
    unshared: dict[str, None] = field(default_factory=dict)
    in_loop: int = 0
    unbound: UnsupportedError | None = None
    recursions: Recursions = field(default_factory=Recursions)
    units: dict[Known, Unit] = field(default_factory=dict)

    def of_unit(self, builder: Builder) -> Session:
        """The build of a function that this program calls."""
        return Session(builder, self.hot, instances=self.instances, methods=self.methods, fixed=self.fixed,
                       cells=self.cells, recursions=self.recursions, units=self.units)

    def inside(self, builder: Builder, hot: set[Site]) -> Session:
        """A build whose program becomes a part of this one: both read from outside alike."""
        return Session(builder, hot, globals=self.globals, instances=self.instances, methods=self.methods,
                       fixed=self.fixed, cells=self.cells)

    @property
    def frame(self) -> Frame:
        return self.frames[-1]


class Recursive(Exception):
    """A function that was read in place of its call calls itself: it becomes a unit.

    `code`: its code, or the place of a function inside a function.
    """

    def __init__(self, code: object) -> None:
        super().__init__(code)
        self.code = code


class Restart(Exception):
    """An array that was taken for never written is written: build again."""

    def __init__(self, sites: frozenset[Site]) -> None:
        super().__init__(sites)
        self.sites = sites
