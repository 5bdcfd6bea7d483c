"""What the builders of expressions and statements share: places, refusals, storages, names from outside.

before: the names in scope, the objects of the enclosing modules
after:  things: what a name means; values read from their storages; allocations that are storages
"""
from __future__ import annotations

import builtins
import enum
import types
from typing import Any

import numpy as np

from ..errors import UnsupportedError
from ..ir.program import Arg, Const, Value
from ..ir.types import NONE, Array, Items, Listing, Type
from .abstract import fields_of, outer_type
from .later import later
from .things import DictThing, Instance, ListThing, Method, Nothing, Session, Thing

NUMERIC = (bool, int, float, complex)


HEAP_TYPE = 1 << 9      # CPython's flag of classes that were made by a `class` statement
LIBRARIES = ("numpy", "scipy", "math", "cupy", "builtins")


def is_library(module: str | None) -> bool:
    return str(module).partition(".")[0] in LIBRARIES


def is_instance(found: object) -> bool:
    """True for an object of a class of the user's, into which the compiler looks."""
    kind = type(found)
    if isinstance(found, (type, types.ModuleType, enum.Enum, np.ndarray, np.generic, tuple, list, dict, str)):
        return False
    return bool(kind.__flags__ & HEAP_TYPE) and not is_library(kind.__module__)


def is_class(found: object) -> bool:
    """True for a class of the user's, whose attributes may change."""
    return isinstance(found, type) and bool(found.__flags__ & HEAP_TYPE) and not is_library(found.__module__) \
        and not issubclass(found, enum.Enum)


class Scope:
    """A function being built: where it stands, what its names mean."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.builder = session.builder

    # ---- places and errors

    def refuse(self, why: str, node: Any, remedy: str = "") -> UnsupportedError:
        return UnsupportedError(why, self.span(node), remedy)

    def span(self, node: Any) -> Any:
        frame = self.session.frame
        return frame.source.span(node, frame.statement)

    def mark(self, node: Any) -> str:
        """A name for a place in the program: a line, and the calls that led there."""
        path = self.session.frame.path
        return ".".join(map(str, [*(p for p in path if isinstance(p, int)), node.lineno, node.col_offset]))

    def no_operand(self, arg: Arg, refusal: UnsupportedError) -> Exception:
        """The refusal of an operation, put off where its operand is None until a trip of a loop has bound it."""
        if arg.type != NONE or not self.session.in_loop:
            return refusal
        self.session.unbound = refusal
        return Nothing()

    def later(self, what: str, node: Any, remedy: str = "") -> UnsupportedError:
        return later(what, self.span(node), remedy)

    def in_trips(self, refusal: UnsupportedError) -> UnsupportedError:
        """A refusal of what may be known where the trips of a loop are written out."""
        refusal.known_in_trips = True
        return refusal

    # ---- values and their storages

    def read(self, thing: Thing, node: Any = None) -> Arg:
        if isinstance(thing, ListThing):
            return self.read_list(thing, node)
        if isinstance(thing, DictThing):
            return self.read_dict(thing, node)
        if isinstance(thing, tuple):
            return self.packed("tuple", thing, node)
        if isinstance(thing, Value) and thing.is_handle:
            loaded = self.builder.load(thing)
            self.session.sites[loaded] = frozenset()
            return loaded
        if isinstance(thing, (Value, Const)):
            return thing
        what = f"the attribute `{thing.name}`" if isinstance(thing, Method) else "this"
        raise self.refuse(f"{what} cannot be used as a value", node)

    def packed(self, kind: str, things: tuple[Thing, ...], node: Any) -> Value:
        """A tuple or list of what things are now; it may hold the arrays that they are."""
        value = self.builder.pack(kind, tuple(self.read(item, node) for item in things))
        self.session.sites[value] = self.sites_of(things)
        return value

    def constant_of(self, thing: Thing) -> tuple[bool, Any]:
        """(True, the constant that a thing is), or (False, None)."""
        if isinstance(thing, tuple):
            items = [self.constant_of(item) for item in thing]
            return all(known for known, _ in items), tuple(value for _, value in items)
        thing = self.static(thing)
        return (True, thing.value) if isinstance(thing, Const) else (False, None)

    def as_array(self, arg: Arg, node: Any) -> Arg:
        """An operand where NumPy makes an array of a list; templates have none."""
        return arg

    def read_list(self, thing: ListThing, node: Any) -> Arg:
        raise NotImplementedError

    def read_dict(self, base: DictThing, node: Any) -> Arg:
        raise NotImplementedError

    def entry_at(self, base: DictThing, index: Thing, node: Any) -> int | None:
        raise NotImplementedError

    def dict_item(self, base: DictThing, index: Thing, node: Any) -> Thing:
        raise NotImplementedError

    def static(self, thing: Thing) -> Thing:
        """The constant behind a value, where it is known."""
        if isinstance(thing, Value):
            return self.session.known.get(thing, thing)
        return thing

    def made(self, value: Value, node: Any, hint: str | None, bases: tuple[Thing, ...] = ()) -> Value:
        """Notes where an array's buffer comes from; a buffer that is written becomes a storage."""
        session = self.session
        if not isinstance(value.type, (Array, Items, Listing)):
            return value
        if bases:
            session.sites[value] = frozenset().union(*(self.sites_of(base) for base in bases))
            return value
        place = (node.lineno, node.col_offset, node.end_lineno, node.end_col_offset)
        site = (*session.frame.path, session.frame.source.file, *place)
        if site in session.hot and isinstance(value.type, Array):
            handle = self.builder.alloc(value, hint or "t")
            session.storage_sites[handle.buffer] = frozenset({site})
            return handle
        session.sites[value] = frozenset({site})
        return value

    def sites_of(self, thing: Thing) -> frozenset[Any]:
        if isinstance(thing, Value):
            if thing.storage is not None:
                return self.session.storage_sites.get(thing.storage, frozenset())
            return self.session.sites.get(thing, frozenset())
        if isinstance(thing, tuple):
            return frozenset().union(*map(self.sites_of, thing))
        return frozenset()

    # ---- names from outside

    def outer_name(self, name: str, node: Any) -> Thing:
        """A name of the enclosing function, the module or of Python."""
        function = self.session.frame.source.function
        free = function.__code__.co_freevars
        if name in free:
            cell = (function.__closure__ or ())[free.index(name)]
            try:
                return self.outer_object(cell.cell_contents, self.cell_owner(cell, name), name, node, cell)
            except ValueError:
                raise self.refuse(f"`{name}` has no value yet", node) from None
        if name in function.__globals__:
            owner = str(function.__globals__.get("__name__", ""))
            return self.outer_object(function.__globals__[name], owner, name, node, function.__globals__)
        if hasattr(builtins, name):
            return Const(getattr(builtins, name))
        raise self.refuse(f"`{name}` may not be defined here", node, "give it a value on every path before")

    def cell_owner(self, cell: object, name: str) -> str:
        """What the text calls a closure cell; two of one name are told apart."""
        known = self.session.cells.setdefault(name, [])
        if not any(cell is other for other in known):
            known.append(cell)
        number = next(k for k, other in enumerate(known) if other is cell)
        return f"cell_{name}{number + 1 if number else ''}()"

    def outer_object(self, found: object, owner: str, name: str, node: Any, where: object) -> Thing:
        if is_instance(found) or is_class(found) or fields_of(found):
            return Instance(found, owner, name, where)
        if isinstance(found, (types.ModuleType, type)) or callable(found) or found is None or isinstance(found, str):
            return Const(found)
        known = self.session.globals.get((owner, name))
        if known is None:
            kind = self.type_of_object(found, name, node)
            value = Value(kind, name.rpartition(".")[2])
            self.session.sites[value] = frozenset({("global", name)})
            known = self.session.globals[owner, name] = (value, where)
        return known[0]

    def type_of_object(self, found: object, name: str, node: Any) -> Type:
        kind = outer_type(found, lambda: self.builder.facts.fresh_dim(name))
        if kind is None:
            raise self.later(f"the global `{name}` of type {type(found).__name__}", node, "pass it as an argument")
        return kind
