"""Builds operations from expressions.

before: an expression's tree, the names in scope
after:  operations in the current block; the expression's meaning (a thing)
"""
from __future__ import annotations

import builtins
import types
from typing import Any

import numpy as np

from ..errors import UnsupportedError
from ..ir.program import Arg, Const, Step, Value
from ..ir.types import Array, Items, Listing, Number, NumpyScalar, Opaque, Type, of_number
from ..primitives.indexing import is_basic, is_element, is_index
from ..primitives.primitive import REGISTRY
from .things import Method, Session, SliceThing, Thing, later

NUMERIC = (bool, int, float, complex)


class Expressions:
    """The meaning of expressions.  `hint`: the name that the statement gives to the result."""

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

    def later(self, what: str, node: Any, remedy: str = "") -> UnsupportedError:
        return later(what, self.span(node), remedy)

    # ---- what an expression means

    def expr(self, node: Any, hint: str | None = None) -> Thing:
        method = getattr(self, "_" + type(node).__name__, None)
        if method is None:
            raise self.later(f"the expression `{type(node).__name__}`", node)
        self.builder.origin = self.span(node)
        thing: Thing = method(node, hint)
        self.builder.origin = self.span(node)
        return thing

    def arg(self, node: Any, hint: str | None = None) -> Arg:
        """The value of an expression, read from its storage if it has one."""
        return self.read(self.expr(node, hint), node)

    def read(self, thing: Thing, node: Any = None) -> Arg:
        if isinstance(thing, tuple):
            return self.builder.pack("tuple", tuple(self.read(item, node) for item in thing))
        if isinstance(thing, Value) and thing.is_handle:
            loaded = self.builder.load(thing)
            self.session.sites[loaded] = frozenset()
            return loaded
        if isinstance(thing, (Value, Const)):
            return thing
        raise self.refuse("this cannot be used as a value", node)

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
        site = (*session.frame.path, session.frame.source.file, node.lineno, node.col_offset)
        if site in session.hot and isinstance(value.type, Array):
            handle = self.builder.alloc(value, hint or "t")
            assert handle.storage is not None
            session.storage_sites[handle.storage] = frozenset({site})
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

    # ---- leaves

    def _Constant(self, node: Any, hint: str | None) -> Thing:
        return Const(node.value)

    def _Name(self, node: Any, hint: str | None) -> Thing:
        names = self.session.frame.names
        if node.id in names:
            if names[node.id] in self.session.undefined:
                raise self.refuse(f"`{node.id}` may not be defined here", node, "give it a value on every path before")
            return names[node.id]
        return self.outer_name(node.id, node)

    def outer_name(self, name: str, node: Any) -> Thing:
        """A name of the enclosing function, the module or of Python."""
        function = self.session.frame.source.function
        free = function.__code__.co_freevars
        if name in free:
            cell = (function.__closure__ or ())[free.index(name)]
            try:
                return self.outer_object(cell.cell_contents, f"{function.__qualname__}()", name, node, cell)
            except ValueError:
                raise self.refuse(f"`{name}` has no value yet", node) from None
        if name in function.__globals__:
            owner = str(function.__globals__.get("__name__", ""))
            return self.outer_object(function.__globals__[name], owner, name, node, function.__globals__)
        if hasattr(builtins, name):
            return Const(getattr(builtins, name))
        raise self.refuse(f"`{name}` may not be defined here", node, "give it a value on every path before")

    def outer_object(self, found: object, owner: str, name: str, node: Any, where: object) -> Thing:
        if isinstance(found, (types.ModuleType, type)) or callable(found) or found is None or isinstance(found, str):
            return Const(found)
        known = self.session.globals.get((owner, name))
        if known is None:
            kind = self.type_of_object(found, name, node)
            value = Value(kind, name)
            self.session.sites[value] = frozenset({("global", name)})
            known = self.session.globals[owner, name] = (value, where)
        return known[0]

    def type_of_object(self, found: object, name: str, node: Any) -> Type:
        if type(found) in NUMERIC:
            return of_number(found)
        if isinstance(found, np.generic):
            return NumpyScalar(found.dtype)
        if isinstance(found, np.ndarray):
            return Array(found.dtype, tuple(self.builder.facts.fresh_dim(name) for _ in found.shape))
        raise self.later(f"the global `{name}` of type {type(found).__name__}", node, "pass it as an argument")

    def _Tuple(self, node: Any, hint: str | None) -> Thing:
        return tuple(self.expr(item) for item in node.elts)

    def _List(self, node: Any, hint: str | None) -> Thing:
        raise self.later("a list made in the function", node, "use a tuple, or an array")

    # ---- operators

    def _UnaryOp(self, node: Any, hint: str | None) -> Thing:
        name = type(node.op).__name__
        operand = self.read(self.expr(node.operand), node)
        constant = self.static(operand)
        if name == "USub" and isinstance(constant, Const) and type(constant.value) in (int, float):
            if isinstance(operand, Const):
                return Const(-constant.value)  # type: ignore[operator]
        return self.operator(name, (operand,), node, hint)

    def _BinOp(self, node: Any, hint: str | None) -> Thing:
        left, right = self.expr(node.left), self.expr(node.right)
        args = (self.read(left, node), self.read(right, node))
        return self.operator(type(node.op).__name__, args, node, hint)

    def operator(self, name: str, args: tuple[Arg, ...], node: Any, hint: str | None,
                 spelling: str = "") -> Value:
        primitive = REGISTRY.by_spelling.get("operator." + name)
        if primitive is None:
            raise self.later(f"the operator `{name}`", node)
        for arg in args:
            if isinstance(arg.type, (Items, Listing, Opaque)):
                raise self.later(f"the operator `{name}` on {arg.type}", node)
        value = self.builder.prim(primitive.name, *args, hint=hint, spelling=spelling or "operator." + name)
        return self.made(value, node, hint)

    def _Compare(self, node: Any, hint: str | None) -> Thing:
        if len(node.ops) > 1:
            raise self.later("a chained comparison", node, "write `a < b and b < c`")
        name = type(node.ops[0]).__name__
        left, right = self.expr(node.left), self.expr(node.comparators[0])
        if name in ("Is", "IsNot"):
            return self.identity(self.static(left), self.static(right), name == "Is", node)
        return self.operator(name, (self.read(left, node), self.read(right, node)), node, hint)

    def identity(self, left: Thing, right: Thing, same: bool, node: Any) -> Thing:
        none = Const(None)
        if none not in (left, right):
            raise self.later("`is` other than with None", node)
        other = right if left == none else left
        if isinstance(other, Const):
            return Const((other.value is None) is same)
        return Const(not same)

    def _BoolOp(self, node: Any, hint: str | None) -> Thing:
        word = type(node.op).__name__
        result = self.arg(node.values[0])
        for other in node.values[1:]:
            right = self.arg(other)
            result = self.builder.prim(word, result, right, kind=Number("bool"), spelling="operator." + word)
        return result

    # ---- attributes and subscripts

    def _Attribute(self, node: Any, hint: str | None) -> Thing:
        base = self.expr(node.value)
        if isinstance(base, Const) and not isinstance(base.value, NUMERIC):
            try:
                return Const(getattr(base.value, node.attr))
            except AttributeError:
                raise self.refuse(f"{base.value!r} has no `{node.attr}`", node) from None
        if isinstance(base, (Value, Const)) and isinstance(base.type, (Array, NumpyScalar)):
            return self.array_attribute(base, node, hint)
        return Method(base, node.attr)

    def array_attribute(self, base: Arg, node: Any, hint: str | None) -> Thing:
        kind, name = base.type, node.attr
        dims = kind.dims if isinstance(kind, Array) else ()
        if name == "ndim":
            return Const(len(dims))
        if name == "dtype":
            return Const(kind.dtype)  # type: ignore[union-attr]
        if name == "shape":
            sizes = Items("tuple", tuple(Number("int", dim) for dim in dims))
            return self.builder.prim("shape", base, kind=sizes)
        if name == "size":
            return self.builder.prim("size", base, kind=Number("int", dims[0] if len(dims) == 1 else None))
        if name in ("T", "mT"):
            if isinstance(base, Value) and base.is_handle:
                return self.builder.view(base, Step(name))
            value = self.builder.prim(REGISTRY.by_spelling["attribute." + name].name, base, hint=hint,
                                      spelling="attribute." + name)
            return self.made(value, node, hint, (base,))
        if "attribute." + name in REGISTRY.by_spelling:
            primitive = REGISTRY.by_spelling["attribute." + name]
            value = self.builder.prim(primitive.name, self.read(base), hint=hint, spelling="attribute." + name)
            return self.made(value, node, hint)
        return Method(base, name)

    def _Slice(self, node: Any, hint: str | None) -> Thing:
        bounds = (self.arg(b) if b is not None else None for b in (node.lower, node.upper, node.step))
        return SliceThing(*bounds)

    def index_step(self, thing: Thing, node: Any) -> tuple[Step, tuple[Arg, ...]]:
        """The pattern and operands of an index expression."""
        parts: list[object] = []
        operands: list[Arg] = []
        for part in thing if isinstance(thing, tuple) else (thing,):
            part = self.static(part)
            if isinstance(part, SliceThing):
                bounds = [None if b == Const(None) else b for b in (part.start, part.stop, part.step)]
                parts.append(("s", *(b is not None for b in bounds)))
                operands += [b for b in bounds if b is not None]
            elif part == Const(None) or part == Const(Ellipsis):
                parts.append("n" if part == Const(None) else "e")
            else:
                index = self.read(part, node)
                if not is_index(index.type) and not isinstance(index.type, Array):
                    raise self.refuse(f"an index of type {index.type}", node)
                parts.append("i" if is_index(index.type) else "a")
                operands.append(index)
        return Step("index", tuple(parts)), tuple(operands)

    def _Subscript(self, node: Any, hint: str | None) -> Thing:
        base = self.expr(node.value)
        index = self.expr(node.slice)
        self.builder.origin = self.span(node)
        if isinstance(base, tuple):
            return self.tuple_item(base, index, node)
        if not isinstance(base, (Value, Const)):
            raise self.refuse("this cannot be indexed", node)
        if isinstance(base.type, (Items, Listing)):
            return self.container_item(base, index, node, hint)
        step, operands = self.index_step(index, node)
        if isinstance(base, Value) and base.is_handle:
            view = self.builder.view(base, step, operands, hint)
            if is_basic(step) and not is_element(step, base.type):
                return view
            return self.made(self.builder.load(view, hint), node, hint)
        value = self.builder.getitem(base, step, operands, hint)
        fresh = not is_basic(step) or not isinstance(value.type, Array)
        return self.made(value, node, hint, () if fresh else (base,))

    def tuple_item(self, base: tuple[Thing, ...], index: Thing, node: Any) -> Thing:
        index = self.static(index)
        if isinstance(index, Const) and type(index.value) is int and -len(base) <= index.value < len(base):
            item: Thing = base[index.value]
            return item
        raise self.later("an index into a tuple that is not a constant", node)

    def container_item(self, base: Arg, index: Thing, node: Any, hint: str | None) -> Thing:
        index = self.static(index)
        if isinstance(index, SliceThing):
            bounds = tuple(Const(None) if b is None else b for b in (index.start, index.stop, index.step))
            if not isinstance(base.type, Listing):
                raise self.later(f"a slice of {base.type}", node)
            length = self.builder.facts.fresh_dim("len")
            kind = Listing(base.type.element, length)
            value = self.builder.prim("slice_list", base, *bounds, kind=kind, hint=hint)
        else:
            value = self.builder.item(base, self.read(index, node), hint)
        return self.made(value, node, hint, (base,))
