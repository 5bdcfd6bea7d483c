"""Prints operations on tuples, lists and dicts, and calls of the helpers that are written into the text."""
from __future__ import annotations

import ast
import sys
from typing import Any

from ..errors import UnsupportedError
from ..ir.program import Arg, Const, Prim
from ..ir.types import Field, Items, is_scalar, record_class
from ..primitives import core
from ..primitives.indexing import step_of
from ..primitives.primitive import REGISTRY
from . import syntax
from .backend import LEAST
from .expressions import ExpressionPrinter


def is_importable(owner: type) -> bool:
    """Whether the text can name the class by the module that it stands in."""
    found: object = sys.modules.get(owner.__module__)
    for word in owner.__qualname__.split("."):
        found = getattr(found, word, None)
    return found is owner


class ContainerPrinter(ExpressionPrinter):
    """Items, slices, displays; helpers."""

    def print_item(self, op: Prim) -> Any:
        base, key = self.expr(op.args[0]), op.args[1]
        if isinstance(key, Const) and isinstance(key.value, Field):
            return syntax.attribute(base, key.value.name)
        return ast.Subscript(base, self.expr(key), ast.Load())

    def print_listed(self, op: Prim) -> Any:
        tree = self.expr(op.args[0])
        return syntax.call(syntax.name("list"), [syntax.method(tree, "values", [])]) if op.attr("view") else tree

    def print_key(self, op: Prim) -> Any:
        keys = syntax.call(syntax.name("list"), [self.expr(op.args[0])])
        return ast.Subscript(keys, self.expr(op.args[1]), ast.Load())

    def print_entry(self, op: Prim) -> Any:
        return ast.Subscript(self.expr(op.args[0]), self.expr(op.args[1]), ast.Load())

    def print_astype(self, op: Prim) -> Any:
        """A number that is derived may be one of Python's, which has no method."""
        if op.outs[0] in self.user or not is_scalar(op.args[0].type) or self.backend.name != "numpy":
            return self.spelled(op)
        return syntax.call(self.expr(op.args[1]), [self.expr(op.args[0])])

    def print_range_length(self, op: Prim) -> Any:
        return syntax.call(syntax.name("len"), [self.range_call(op.args)])

    def range_call(self, args: tuple[Arg, ...]) -> Any:
        start, stop, step = args
        args = (start, stop, step) if step != Const(1) else (start, stop) if start != Const(0) else (stop,)
        return syntax.call(syntax.name("range"), list(map(self.expr, args)))

    def print_shortest(self, op: Prim) -> Any:
        return syntax.call(syntax.name(LEAST), list(map(self.expr, op.args)))

    def print_slice_list(self, op: Prim) -> Any:
        bounds = [None if b == Const(None) else self.expr(b) for b in op.args[1:]]
        return ast.Subscript(self.expr(op.args[0]), ast.Slice(*bounds), ast.Load())

    def print_pack(self, op: Prim) -> Any:
        kind, items = op.outs[0].type, list(map(self.expr, op.args))
        assert isinstance(kind, Items)
        if kind.kind == "dict":
            return ast.Dict([syntax.constant(key) for key in kind.keys], items)
        if kind.kind == "record":
            return self.record(kind, items)
        return ast.List(items, ast.Load()) if kind.kind == "list" else syntax.tuple_of(items)

    def record(self, kind: Items, items: list[Any]) -> Any:
        """A namedtuple or dataclass, made by its class; a class that cannot be imported comes by name."""
        owner = record_class(kind)
        assert owner is not None
        if is_importable(owner):
            called = syntax.dotted(f"{self.user_module(owner.__module__)}.{owner.__qualname__}")
        else:
            called = syntax.name(self.object_name(owner))
        if issubclass(owner, tuple):
            return syntax.call(called, items)
        words = [key.name for key in kind.keys if isinstance(key, Field)]
        return syntax.call(called, [], dict(zip(words, items)))

    def print_items_of(self, op: Prim) -> Any:
        kind, items = op.outs[0].type, self.expr(op.args[1])
        if isinstance(kind, Items) and kind.kind == "dict":
            pairs = syntax.call(syntax.name("zip"), [self.expr(op.args[0]), items])
            return syntax.call(syntax.name("dict"), [pairs])
        made_as_list = isinstance(kind, Items) and kind.kind == "list"
        return items if made_as_list else syntax.call(syntax.name("tuple"), [items])

    def print_as_rows(self, op: Prim) -> Any:
        return syntax.call(self.function(REGISTRY.by_name[core.ARRAY].spelling), [self.expr(op.args[0])])

    def print_rows(self, op: Prim) -> Any:
        return syntax.call(syntax.name("list"), [self.expr(op.args[0])])

    def print_cuts(self, op: Prim) -> Any:
        """`list(itertools.accumulate(map(len, xs)))[:-1]`"""
        axis, source = op.attr("axis"), self.expr(op.args[0])
        sizes = syntax.call(syntax.name("map"), [syntax.name("len"), source])
        if axis is not None:
            size = ast.Subscript(syntax.attribute(syntax.name("x"), "shape"), syntax.constant(axis), ast.Load())
            sizes = ast.ListComp(size, [ast.comprehension(syntax.name("x"), source, [], 0)])
        ends = syntax.call(syntax.dotted(f"{self.module('itertools')}.accumulate"), [sizes])
        last = ast.UnaryOp(ast.USub(), ast.Constant(1))
        return ast.Subscript(syntax.call(syntax.name("list"), [ends]), ast.Slice(None, last, None), ast.Load())

    def print_list_join(self, op: Prim) -> Any:
        tree = self.expr(op.args[0])
        for other in op.args[1:]:
            tree = ast.BinOp(tree, ast.Add(), self.expr(other))
        return tree

    def print_reversed_list(self, op: Prim) -> Any:
        step = ast.UnaryOp(ast.USub(), ast.Constant(1))
        return ast.Subscript(self.expr(op.args[0]), ast.Slice(None, None, step), ast.Load())

    def helper(self, word: str, args: list[Any]) -> Any:
        if word == "add_item":
            self.spelling.helpers["add_trees"] = None
        self.spelling.helpers[word] = None
        self.module("numpy")
        return syntax.call(syntax.name(word), args)

    def print_iterate(self, op: Prim) -> Any:
        return syntax.call(syntax.name("iter"), list(map(self.expr, op.args)))

    def print_unbroadcast(self, op: Prim) -> Any:
        return self.helper(core.UNBROADCAST, list(map(self.expr, op.args)))

    def print_list_add(self, op: Prim) -> Any:
        return self.helper("add_trees", list(map(self.expr, op.args)))

    def print_list_add_item(self, op: Prim) -> Any:
        return self.helper("add_item", list(map(self.expr, op.args)))

    def print_list_add_slice(self, op: Prim) -> Any:
        part = syntax.call(syntax.name("slice"), list(map(self.expr, op.args[1:4])))
        return self.helper("add_item", [self.expr(op.args[0]), part, self.expr(op.args[4])])

    def print_list_zeros(self, op: Prim) -> Any:
        """Zeros like a list, of a tuple too: what is read of it by an index is added to its items."""
        tree, made = self.expr(op.args[0]), self.nesting.definition.get(op.args[0])  # type: ignore[arg-type]
        kind = made.args[0].type if isinstance(made, Prim) and made.primitive == core.LISTED else None
        is_tuple = isinstance(kind, Items) and kind.kind == "tuple"
        return self.helper("zeros_tree", [syntax.call(syntax.name("list"), [tree]) if is_tuple else tree])

    def print_last_writes(self, op: Prim) -> Any:
        if self.backend.name != "numpy":
            raise UnsupportedError("a write to places that an index may name twice: on a device it is undefined which "
                                   "write wins", op.origin, "make the indices unique, or add with np.add.at")
        return self.helper(core.LAST_WRITES, [self.expr(op.args[0]), self.index(step_of(op), op.args[1:])])
