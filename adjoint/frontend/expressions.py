"""Builds operations from expressions.

before: an expression's tree, the names in scope
after:  operations in the current block; the expression's meaning (a thing)
"""
from __future__ import annotations

import math
import types
from typing import Any

from ..ir.program import Arg, Const, Step, Value
from ..ir.types import NONE, Array, Items, Listing, Number, NumpyScalar, Opaque, dims_of, is_scalar, record_class
from ..primitives import core
from ..primitives.indexing import is_basic, is_element, is_index
from ..primitives.primitive import REGISTRY, Primitive
from ..primitives.results import OPERATORS
from .later import OPERATORS as WORDS
from .scope import NUMERIC, Scope, is_library
from .things import (
    DictThing,
    Frame,
    Instance,
    ListThing,
    Method,
    SliceThing,
    Thing,
    holds_handle,
    is_tuple_of_numbers,
    is_word,
)


def is_number(arg: Arg) -> bool:
    return isinstance(arg.type, Number)


class Expressions(Scope):
    """The meaning of expressions.  `hint`: the name that the statement gives to the result."""

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

    def _Constant(self, node: Any, hint: str | None) -> Thing:
        return Const(node.value)

    def _Name(self, node: Any, hint: str | None) -> Thing:
        frame: Frame | None = self.session.frame
        while frame is not None:
            if node.id in frame.names and frame.names[node.id] not in self.session.undefined:
                return frame.names[node.id]
            if node.id in frame.names or node.id in frame.own:
                raise self.refuse(f"`{node.id}` may not be defined here, or is of another kind on another path", node,
                                  "give it a value of one kind on every path before")
            frame = frame.outer
        return self.outer_name(node.id, node)

    def _Tuple(self, node: Any, hint: str | None) -> Thing:
        return tuple(self.expr(item) for item in node.elts)

    # ---- operators

    def _UnaryOp(self, node: Any, hint: str | None) -> Thing:
        name = type(node.op).__name__
        operand = self.read(self.expr(node.operand), node)
        constant = self.static(operand)
        if name == "USub" and isinstance(constant, Const) and type(constant.value) in (int, float):
            if isinstance(operand, Const) and not operand.spelling:
                return Const(-constant.value)  # type: ignore[operator]
        return self.operator(name, (operand,), node, hint)

    def _BinOp(self, node: Any, hint: str | None) -> Thing:
        return self.of_two(self.expr(node.left), self.expr(node.right), node, hint)

    def of_two(self, left: Thing, right: Thing, node: Any, hint: str | None) -> Thing:
        args = (self.read(left, node), self.read(right, node))
        return self.operator(type(node.op).__name__, args, node, hint)

    def operator(self, name: str, args: tuple[Arg, ...], node: Any, hint: str | None,
                 spelling: str = "") -> Value:
        primitive = REGISTRY.by_spelling.get("operator." + name)
        if primitive is None:
            raise self.later(f"the operator `{name}`", node)
        if any(isinstance(arg.type, Array) and not arg.type.partial for arg in args):
            args = tuple(self.as_array(arg, node) for arg in args)
        for arg in args:
            if isinstance(arg.type, (Items, Listing, Opaque)):
                raise self.no_operand(arg, self.later(f"the operator `{name}` on {arg.type}", node))
        value = self.builder.prim(primitive.name, *args, hint=hint, spelling=spelling or "operator." + name)
        return self.made(value, node, hint)

    def _Compare(self, node: Any, hint: str | None) -> Thing:
        left, right = self.expr(node.left), self.expr(node.comparators[0])
        return self.compared(left, right, type(node.ops[0]).__name__, node, hint)

    def compared(self, left: Thing, right: Thing, name: str, node: Any, hint: str | None = None) -> Thing:
        """A comparison of two."""
        first, second = self.static(left), self.static(right)
        if name in ("Is", "IsNot"):
            return self.identity(first, second, name == "Is", node)
        if name in ("In", "NotIn") and isinstance(second, DictThing):
            return Const((self.entry_at(second, first, node) is None) is (name == "NotIn"))
        keys = second.type.keys if isinstance(second, Value) and isinstance(second.type, Items) else ()
        if name in ("In", "NotIn") and keys and isinstance(first, Const):
            return Const((first.value in keys) is (name == "In"))
        if name in ("In", "NotIn") and not isinstance(second, Const):
            item, container = self.read(left, node), self.read(right, node)
            if not isinstance(container.type, (Items, Listing, Array)) or not (is_scalar(item.type) or is_word(first)):
                raise self.later(f"`{WORDS[name]}` of {container.type}", node, "compare one by one")
            return self.builder.prim(name, item, container, kind=Number("bool"), spelling="operator." + name)
        if isinstance(first, Const) and isinstance(second, Const):
            try:
                return Const(OPERATORS[name](first.value, second.value))
            except TypeError as failure:
                none = first if first.type == NONE else second
                raise self.no_operand(none, self.refuse(str(failure), node)) from None
        if name in ("Eq", "NotEq") and is_word(first) and is_word(second):
            return self.builder.prim(name, self.read(left), self.read(right), kind=Number("bool"),
                                     spelling="operator." + name)
        if name in ("Eq", "NotEq") and is_tuple_of_numbers(left) and is_tuple_of_numbers(right):
            pair = self.read(left, node), self.read(right, node)
            if sum(len(arg.type.items) * sign for arg, sign in zip(pair, (1, -1)) if isinstance(arg.type, Items)):
                return Const(name == "NotEq")    # of unlike length
            return self.builder.prim(name, *pair, kind=Number("bool"), spelling="operator." + name)
        return self.operator(name, (self.read(left, node), self.read(right, node)), node, hint)

    def identity(self, left: Thing, right: Thing, same: bool, node: Any) -> Thing:
        none = Const(None)
        if left != none and right != none:
            raise self.later("`is` other than with None", node)
        other = right if left == none else left
        if other in self.session.optional:
            negated: dict[str, Arg] = {} if same else {"negated": Const(True)}
            return self.builder.prim(core.IS_NONE, self.read(other), attrs=negated, kind=Number("bool"))
        if isinstance(other, Const):
            return Const((other.value is None) is same)
        return Const(not same)

    # ---- attributes and subscripts

    def _Attribute(self, node: Any, hint: str | None) -> Thing:
        base = self.expr(node.value)
        if isinstance(base, Instance):
            return self.instance_attribute(base, node, hint)
        if isinstance(base, Value) and record_class(base.type) is not None:
            return self.record_attribute(base, node, hint)
        if isinstance(base, Const) and not isinstance(base.value, NUMERIC):
            return self.constant_attribute(base.value, node)
        if isinstance(base, (Value, Const)) and isinstance(base.type, (Array, NumpyScalar)):
            return self.array_attribute(base, node, hint)
        primitive = REGISTRY.by_spelling.get("attribute." + node.attr)
        if isinstance(base, Value) and isinstance(base.type, Number) and primitive is not None:
            return self.builder.prim(primitive.name, base, hint=hint, spelling="attribute." + node.attr)
        return Method(base, node.attr)

    def constant_attribute(self, base: object, node: Any) -> Thing:
        try:
            found = getattr(base, node.attr)
        except AttributeError:
            raise self.refuse(f"{base!r} has no `{node.attr}`", node) from None
        if isinstance(base, types.ModuleType) and not is_library(base.__name__):
            return self.outer_object(found, base.__name__, node.attr, node, base)
        finite = isinstance(base, types.ModuleType) and type(found) is float and math.isfinite(found)
        return Const(found, f"{base.__name__}.{node.attr}" if finite else "")  # type: ignore[attr-defined]

    def record_attribute(self, base: Value, node: Any, hint: str | None) -> Thing:
        raise NotImplementedError

    def instance_attribute(self, base: Instance, node: Any, hint: str | None) -> Thing:
        raise NotImplementedError

    def array_attribute(self, base: Arg, node: Any, hint: str | None) -> Thing:
        kind, name = base.type, node.attr
        assert isinstance(kind, (Array, NumpyScalar))
        if name == "ndim":
            return Const(len(dims_of(kind)))
        if name == "dtype":
            return Const(kind.dtype)
        if name == "shape":
            return self.builder.shape(base)
        if name == "size":
            return self.builder.size(base)
        spelling = "attribute." + name
        primitive = REGISTRY.by_spelling.get(spelling)
        if primitive is None:
            return Method(base, name)
        return self.attribute_of(primitive, base, spelling, node, hint)

    def attribute_of(self, primitive: Primitive, base: Arg, spelling: str, node: Any, hint: str | None) -> Thing:
        """`base.name`, where that is a primitive's result."""
        return self.builder.prim(primitive.name, self.read(base), hint=hint, spelling=spelling)

    def _Slice(self, node: Any, hint: str | None) -> Thing:
        bounds = (self.arg(b) if b is not None else None for b in (node.lower, node.upper, node.step))
        return SliceThing(*bounds)

    def index_step(self, thing: Thing, node: Any) -> tuple[Step, tuple[Arg, ...]]:
        """The pattern and operands of an index expression."""
        parts: list[object] = []
        operands: list[Arg] = []
        if isinstance(thing, Value) and isinstance(thing.type, Items) and thing.type.kind == "tuple":
            thing = tuple(self.builder.item(thing, Const(k)) for k in range(len(thing.type.items)))
        for part in thing if isinstance(thing, tuple) else (thing,):
            part = self.static(part)
            if isinstance(part, SliceThing):
                bounds = [None if b == Const(None) else b for b in (part.start, part.stop, part.step)]
                parts.append(("s", *(b is not None for b in bounds)))
                operands += [b for b in bounds if b is not None]
            elif part == Const(None) or part == Const(Ellipsis):
                parts.append("n" if part == Const(None) else "e")
            else:
                index = self.list_index(part, node) if isinstance(part, ListThing) else self.read(part, node)
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
        if isinstance(base, ListThing):
            return self.list_item(base, index, node, hint)
        if isinstance(base, DictThing):
            if self.static(index) is index and isinstance(index, Value):
                return self.container_item(self.read(base, node), index, node, hint)
            return self.dict_item(base, index, node)
        if not isinstance(base, (Value, Const)):
            raise self.refuse("this cannot be indexed", node)
        if isinstance(base.type, (Items, Listing)):
            return self.container_item(base, index, node, hint)
        return self.elements(base, *self.index_step(index, node), node, hint)

    def elements(self, base: Arg, step: Step, operands: tuple[Arg, ...], node: Any, hint: str | None = None) -> Thing:
        """What an index takes of an array."""
        if isinstance(base, Value) and base.is_handle:
            view = self.builder.view(base, step, operands, hint)
            if is_basic(step) and not is_element(step, base.type):
                return view
            return self.made(self.builder.load(view, hint), node, hint)
        value = self.builder.getitem(base, step, operands, hint)
        fresh = not is_basic(step) or not isinstance(value.type, Array)
        return self.made(value, node, hint, () if fresh else (base,))

    def list_element(self, sequence: Arg, index: Arg, node: Any) -> Value:
        """The element of a list in a trip of a loop over it."""
        raise NotImplementedError

    def listed(self, items: Arg, node: Any) -> Value:
        raise NotImplementedError

    def list_index(self, thing: ListThing, node: Any) -> Arg:
        raise NotImplementedError

    def list_item(self, base: ListThing, index: Thing, node: Any, hint: str | None) -> Thing:
        raise NotImplementedError

    def tuple_item(self, base: tuple[Thing, ...], index: Thing, node: Any) -> Thing:
        index = self.static(index)
        if isinstance(index, Const) and type(index.value) is int and -len(base) <= index.value < len(base):
            item: Thing = base[index.value]
            return item
        if not isinstance(index, Value) or not is_index(index.type) or holds_handle(base):
            raise self.in_trips(self.later("an index into a tuple that is not a constant", node))
        return self.container_item(self.packed("tuple", base, node), index, node, None)

    def slice_of(self, base: Arg, index: SliceThing, node: Any, hint: str | None) -> Thing:
        raise NotImplementedError

    def container_item(self, base: Arg, index: Thing, node: Any, hint: str | None) -> Thing:
        index = self.static(index)
        entry = self.session.entries.get(index) if isinstance(index, Value) else None
        if entry is not None and entry[0] is base:
            element = self.list_element(entry[1], entry[2], node)
            value = self.builder.prim(core.ENTRY, base, self.read(index), element, kind=element.type, hint=hint)
            return self.made(value, node, hint, (base,))
        if isinstance(index, SliceThing):
            return self.slice_of(base, index, node, hint)
        place = self.read(index, node)
        if isinstance(base.type, Items) and base.type.kind in ("list", "tuple") and is_index(place.type) \
                and not isinstance(place, Const):
            base = self.listed(base, node)
        value = self.builder.item(base, place, hint)
        return Const(None) if value.type == NONE else self.made(value, node, hint, (base,))
