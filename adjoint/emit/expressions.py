"""Prints values as expressions."""
from __future__ import annotations

import ast
import itertools
from typing import Any

import numpy as np

from ..ir.program import Arg, Const, If, Load, Op, Pop, Prim, Step, Value, View
from ..ir.types import Array, Items
from ..ir.units import Call
from ..primitives import core
from ..primitives.indexing import step_of, taken
from ..primitives.primitive import EITHER, GIVEN, REGISTRY, SPREAD
from . import syntax
from .backend import SWAPAXES
from .operators import WORDS, OperatorPrinter, is_given


class ExpressionPrinter(OperatorPrinter):
    """From values to trees; what is nested is printed where it is used."""

    def expr(self, arg: Arg) -> Any:
        if isinstance(arg, Const):
            return self.function(arg.spelling) if arg.spelling else self.constant(arg.value)
        if arg in self.nesting.inline:
            return self.operation(self.nesting.definition[arg])
        return syntax.name(self.names[arg])

    def given(self, arg: Arg, lists: bool = False) -> Any:
        """An operand where NumPy makes an array of a list: the list itself.  `lists`: where Python takes it."""
        made = self.nesting.definition.get(arg) if isinstance(arg, Value) and arg in self.nesting.inline else None
        bare = isinstance(made, Prim) and is_given(made) and (lists or self.backend.lists)
        return self.expr(made.args[0] if bare else arg)     # type: ignore[union-attr]

    def constant(self, value: object) -> Any:
        if isinstance(value, type) or isinstance(value, np.dtype):
            return self.dtype(value)
        node = syntax.constant(value)
        if isinstance(value, float) and (value != value or abs(value) == float("inf")):
            alias = self.module("numpy")
            for inner in ast.walk(node):
                if isinstance(inner, ast.Name):
                    inner.id = alias
        return node

    def dtype(self, value: object) -> Any:
        if value in (float, int, bool, complex):
            return syntax.name(value.__name__)  # type: ignore[union-attr]
        return self.function("numpy." + np.dtype(value).name)  # type: ignore[call-overload]

    def module(self, module: str) -> str:
        return self.backend.alias(module, self.spelling.modules)

    def function(self, spelling: str) -> Any:
        """The tree of a function's name, in the words of the backend."""
        path = self.backend.function(spelling)
        module, _, word = path.rpartition(".")
        if module in ("builtins", ""):
            return syntax.name(word)
        return syntax.dotted(f"{self.module(module)}.{word}")

    # ---- operations

    def operation(self, op: Op) -> Any:
        if isinstance(op, View):
            return self.place(op.outs[0])
        if isinstance(op, Load):
            return self.expr(op.handle) if op.handle not in self.nesting.inline else self.place(op.handle)
        if isinstance(op, Pop):
            if op.peek:
                return syntax.call(syntax.name("next"), [self.expr(op.tape)])
            return syntax.method(self.expr(op.tape), "pop", [])
        if isinstance(op, If):
            return self.conditional(op)
        if isinstance(op, Call):
            return self.call_of(op)
        assert isinstance(op, Prim), op
        special = getattr(self, "print_" + op.primitive, None)
        if special is not None:
            return special(op)
        return self.spelled(op)

    def call_of(self, op: Call) -> Any:
        """A call of a unit."""
        args = [self.place(arg) if isinstance(arg, Value) and arg.is_handle else self.expr(arg)
                for arg in op.args if arg is not None]
        return syntax.call(syntax.name(self.spelling.units[op.unit, op.is_backward]), args)

    def conditional(self, op: If) -> Any:
        """`a if test else b`, `a and b`, `a or b`."""
        test, first, second = self.expr(op.test), self.expr(op.then.yields[0]), self.expr(op.orelse.yields[0])
        if op.form == "else":
            return ast.IfExp(test, first, second)
        return self.boolean(op.form, [test, first if op.form == "And" else second])

    def spelled(self, op: Prim) -> Any:
        kind, _, word = op.spelling.rpartition(".")
        if kind in WORDS:
            return self.operator(word, op)
        named = op.attrs[op.positional:]
        args = [self.given(arg, kind == "builtins") for arg in op.args]
        args += [self.expr(value) for _, value in op.attrs[:op.positional]]
        keywords = {key: self.expr(value) for key, value in named}
        either = op.spelling.startswith(EITHER)
        if op.spelling.startswith(GIVEN) or either and not self.is_named_array(op.args[0], args[0]):
            return syntax.call(self.function(REGISTRY.by_name[op.primitive].spelling), args, keywords)
        args[:1] = [self.expr(op.args[0])] if kind in ("method", "spread", "attribute") else args[:1]
        if kind == "method" or either:
            return syntax.method(args[0], word, args[1:], keywords)
        if op.spelling.startswith(SPREAD):
            last = args[-1].elts if isinstance(args[-1], ast.Tuple) else [ast.Starred(args[-1], ast.Load())]
            if kind != "spread":
                return syntax.call(self.function(op.spelling.removeprefix(SPREAD)), [*args[:-1], *last], keywords)
            return syntax.method(args[0], word, [*args[1:-1], *last], keywords)
        if kind == "attribute":
            return syntax.attribute(args[0], word)
        return syntax.call(self.function(op.spelling), args, keywords)

    def is_named_array(self, arg: Arg, tree: Any) -> bool:
        """True for what is surely an array, and printed as a name or a part of what has one."""
        made = self.nesting.definition.get(arg) if isinstance(arg, Value) else None
        listed = isinstance(made, Prim) and is_given(made)
        array = isinstance(arg.type, Array) and not arg.type.partial and not listed
        return array and isinstance(tree, (ast.Name, ast.Attribute, ast.Subscript))

    def print_is_none(self, op: Prim) -> Any:
        word = ast.IsNot() if op.attr("negated") else ast.Is()
        return ast.Compare(self.expr(op.args[0]), [word], [syntax.constant(None)])

    def print_call(self, op: Prim) -> Any:
        """A call that is made for what it does."""
        attrs = dict(op.attrs)
        function = self.known_object(attrs.pop("function"))
        return syntax.call(function, list(map(self.expr, op.args)), {k: self.expr(v) for k, v in attrs.items()})

    def known_object(self, arg: Arg) -> Any:
        """The name of a function or class that the primal calls."""
        assert isinstance(arg, Const)
        owner, word = str(getattr(arg.value, "__module__", "")), str(getattr(arg.value, "__qualname__", ""))
        if owner == "builtins":
            return syntax.name(word)
        return syntax.dotted(f"{self.user_module(owner)}.{word}")

    def object_name(self, found: type) -> str:
        """A name for what the text cannot import: it is put beside it."""
        taken = set(self.names.values())
        name = next(word for k in itertools.count(1) if (word := found.__name__ + (f"_{k}" if k > 1 else ""))
                    not in taken and self.spelling.objects.get(word, found) is found)
        self.spelling.objects[name] = found
        return name

    def cell(self, owner: str) -> str:
        """The name of a closure cell, which no variable has."""
        name = owner.removesuffix("()")
        while name in self.names.values():
            name += "_"
        return self.spelling.cells.setdefault(owner, name)

    def user_module(self, module: str) -> str:
        """The name under which the text imports a module of the user's: its own, where no variable has that."""
        taken = module.partition(".")[0] in self.names.values()
        return self.spelling.modules.setdefault(module, module.replace(".", "_") + "_module" if taken else module)

    def print_format(self, op: Prim) -> Any:
        pieces, trees = op.attr("pieces"), list(map(self.expr, op.args))
        made: list[ast.expr] = []
        assert isinstance(pieces, tuple)
        for piece in pieces:
            if isinstance(piece, str):
                made.append(ast.Constant(piece))
            else:
                form = ast.JoinedStr(values=[ast.Constant(piece[1])]) if piece[1] else None
                made.append(ast.FormattedValue(trees.pop(0), piece[0], form))
        return ast.JoinedStr(made)

    def print_to_float(self, op: Prim) -> Any:
        """A number as Python's float.  On a device that would wait for it: there it stays where it is."""
        tree = self.expr(op.args[0])
        if self.backend.name != "numpy" and not op.outs[0].user:
            return tree
        return syntax.call(syntax.name("float"), [tree])

    def print_getitem(self, op: Prim) -> Any:
        return self.subscript(self.expr(op.args[0]), step_of(op), op.args[1:])

    def place(self, handle: Value) -> Any:
        """A handle's path, as it is written on either side of `=`."""
        op = self.nesting.definition.get(handle)
        if handle in self.nesting.inline and isinstance(op, View):
            return self.subject(op)
        return self.expr(handle)

    def subject(self, op: View) -> Any:
        """What a view is taken of, and how."""
        if op.step.kind == "index":
            return self.subscript(self.place(op.base), op.step, op.operands)
        return self.operation(taken(op, op.base, op.outs[0], op.operands))

    def subscript(self, base: Any, step: Step, operands: tuple[Arg, ...]) -> Any:
        rest = list(operands)
        if (whole := self.whole_tuple(operands)) is not None:
            return ast.Subscript(base, self.expr(whole), ast.Load())
        parts: list[Any] = []
        for part in step.pattern:
            if part == "n":
                parts.append(syntax.constant(None))
            elif part == "e":
                parts.append(syntax.constant(Ellipsis))
            elif isinstance(part, tuple):
                parts.append(ast.Slice(*(self.expr(rest.pop(0)) if given else None for given in part[1:])))
            else:
                parts.append(self.given(rest.pop(0)))
        index = parts[0] if len(parts) == 1 else syntax.tuple_of(parts)
        return ast.Subscript(base, index, ast.Load())

    def whole_tuple(self, operands: tuple[Arg, ...]) -> Arg | None:
        """The tuple of which an index has all items: what the user wrote."""
        made = [self.nesting.definition.get(arg) if isinstance(arg, Value) and arg in self.nesting.inline else None
                for arg in operands]
        items = [op for op in made if isinstance(op, Prim) and op.primitive == core.ITEM]
        if not items or len(items) < len(operands) or any(op.args[0] is not items[0].args[0] for op in items):
            return None
        kind, keys = items[0].args[0].type, [op.args[1] for op in items]
        complete = isinstance(kind, Items) and keys == [Const(k) for k in range(len(kind.items))]
        return items[0].args[0] if complete else None

    def index(self, step: Step, operands: tuple[Arg, ...]) -> Any:
        """An index as an object that can be passed to a function: slices by name."""
        tree = self.subscript(syntax.name("x"), step, operands).slice
        parts = tree.elts if isinstance(tree, ast.Tuple) else [tree]
        parts = [self.slice_call(part) if isinstance(part, ast.Slice) else part for part in parts]
        return syntax.tuple_of(parts) if isinstance(tree, ast.Tuple) else parts[0]

    def slice_call(self, part: Any) -> Any:
        bounds = [syntax.constant(None) if b is None else b for b in (part.lower, part.upper, part.step)]
        least = 0 if part.step is not None else 1 if part.lower is not None else 2
        return syntax.call(syntax.name("slice"), (bounds, bounds[:2], bounds[1:2])[least])

    def print_shape(self, op: Prim) -> Any:
        return syntax.attribute(self.expr(op.args[0]), "shape")

    def print_size(self, op: Prim) -> Any:
        return syntax.attribute(self.expr(op.args[0]), "size")

    def print_len(self, op: Prim) -> Any:
        return syntax.call(syntax.name("len"), [self.iterated(op.args[0], False)])

    def iterated(self, arg: Arg, values: bool = True) -> Any:
        """What a loop runs over: `d.values()`, of which a list is needed only where it is indexed."""
        made = self.nesting.definition.get(arg) if isinstance(arg, Value) and arg in self.nesting.inline else None
        if not isinstance(made, Prim) or made.primitive != core.LISTED or not made.attr("view"):
            return self.given(arg)
        tree = self.expr(made.args[0])
        return syntax.method(tree, "values", []) if values else tree

    def print_mT(self, op: Prim) -> Any:
        return self.matrix_transpose(self.expr(op.args[0]), op.args[0].type)

    def matrix_transpose(self, base: Any, kind: object) -> Any:
        if isinstance(kind, Array) and kind.ndim == 2:
            return syntax.attribute(base, "T")
        return syntax.call(self.function(SWAPAXES), [base, syntax.constant(-1), syntax.constant(-2)])

    def print_global(self, op: Prim) -> Any:
        """A module's global, a closure cell or an attribute, read when the derivative is called."""
        owner, word = (str(value.value) for _, value in op.attrs)  # type: ignore[union-attr]
        if not owner:
            return syntax.dotted(word)
        if owner.endswith("()"):
            _, dot, rest = word.partition(".")
            return syntax.dotted(f"{self.cell(owner)}.cell_contents{dot}{rest}")
        return syntax.dotted(f"{self.user_module(owner)}.{word}")
