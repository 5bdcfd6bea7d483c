"""Prints the functions that the text needs beside the derivative: units, and the two parts of pairs.

before: the units of a program, their pairs cut
after:  a `def` for each, above the derivative; the branch that ends it returns in its arms, as the user would write
"""
from __future__ import annotations

import ast
import itertools
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ..ir.program import Arg, Block, Const, Function, If, Value
from ..ir.structure import Listed, has_leaves
from ..ir.traverse import defined_in
from ..ir.units import SAVED, Unit
from . import syntax
from .appends import with_appends
from .layout import docstring, layout
from .leaving import with_saves_before
from .lifetimes import Lifetimes, lifetimes
from .names import all_names
from .nest import nest
from .nesting import Nesting, is_expression, last_branch, unnested
from .operators import Spelling
from .regions import RegionPrinter
from .snapshots import snapshots
from .syntax import PASS
from .together import with_tuples
from .updates import Line
from .versions import check_versions

ROUNDS = 8

Words = dict[tuple[Unit, bool], str]
Survives = Callable[[Value, Value], bool]
Owned = Callable[[Function, Survives], dict[Value, set[Value]]]


def unit_words(units: tuple[Unit, ...], taken: set[str]) -> Words:
    """The names of the functions: `f`, or `f_forward` and `f_backward`."""
    found: Words = {}
    for unit in units:
        ends = ["_forward", "_backward"] if unit.backward is not None else [""]
        for number in itertools.count(1):
            words = [f"{unit.name}{end}{number if number > 1 else ''}" for end in ends]
            if not taken & set(words):
                break
        taken = taken | set(words)
        found.update(((unit, end == "_backward"), word) for end, word in zip(ends, words))
    return found


def placed(function: Function, fixed: set[Value], hints: dict[Value, str], by_reference: bool,
           kind: str) -> tuple[Function, Nesting, Lifetimes]:
    """The program with its snapshots, what is nested in it, and when its names are alive.

    Nesting moves reads to where they are printed; what that takes behind the next binding of a name is saved too.
    """
    function = snapshots(function, fixed, lifetimes(function, unnested(function)))
    for _ in range(ROUNDS):
        nesting = nest(function, fixed, hints, by_reference, kind)
        life = lifetimes(function, nesting)
        kept = snapshots(function, fixed, life)
        if kept is function:
            return function, nesting, life
        function = kept
    raise AssertionError(f"a name of {function.name} is read after it is bound anew")


class Part:
    """One function of the text: what is nested in it, and its names."""

    def __init__(self, function: Function, user: set[Value], hints: dict[Value, str], by_reference: bool,
                 taken: set[str], kind: str = "return") -> None:
        fixed = user | set(function.params)
        prepared = with_tuples(with_appends(with_saves_before(function)), user)
        self.function, self.nesting, self.life = placed(prepared, fixed, hints, by_reference, kind)
        check_versions(self.function, self.nesting)
        self.names = all_names(self.function, self.nesting, self.life, taken, fixed, hints)


class UnitPart(Part):
    """A unit, or the forward or backward part of a pair."""

    def __init__(self, unit: Unit, backward: bool, hints: dict[Value, str], by_reference: bool,
                 taken: set[str]) -> None:
        function = unit.backward if backward else unit.program
        assert function is not None
        self.unit, self.backward = unit, backward
        own = set() if backward else {value for value in unit.user if value in defined_in(function.block)}
        super().__init__(function, own, hints, by_reference, taken, "tail")

    def text(self, spelling: Spelling, owned: Owned) -> list[str]:
        user = set() if self.backward else self.unit.user
        own = replace(spelling, names=self.names, nesting=self.nesting, user=user)
        printer = TailPrinter(own, owned(self.function, self.life.outlives))
        printer.forward = not self.backward
        printer.tail(self.function.block.ops, self.function.structure, self.function.block.yields)
        params = ", ".join(self.names[param] for param in self.function.params)
        define = f"def {spelling.units[self.unit, self.backward]}({params}):"
        body = layout(printer.lines, self.function.name, self.unit.backward is not None, False)
        return [define, *docstring(self.described(), ""), *body]

    def described(self) -> str:
        name = f"`{self.function.name}`"
        if self.unit.backward is None:
            return f"{name}{', as it is' if self.unit.name == self.function.name else ' and its tangent'}."
        if not self.backward:
            return f"{name}, and what its backward part needs." if returns_saved(self.function) else f"{name}."
        handles = [param for param in self.function.params if param.is_handle]
        own = {version.storage for version in self.function.block.yields if isinstance(version, Value)
               and version.is_version}
        put_back = [h for h in handles if h in self.unit.program.params and h.storage in own]
        grown = [self.names[h] for h in handles if h not in put_back]
        text = f"The adjoint of {name}" + (f", added to {' and '.join(grown)}." if grown else ".")
        if put_back:
            text += f"  It leaves in {' and '.join(self.names[h] for h in put_back)} what {name} found there."
        return text


def returns_saved(function: Function) -> bool:
    return any(isinstance(arg, Value) and (arg.type == SAVED or arg.hint == "saved") for arg in function.block.yields)


class TailPrinter(RegionPrinter):
    """Prints a function whose last branch returns in its arms."""

    def tail(self, ops: tuple[Any, ...], structure: object, yields: tuple[Arg, ...]) -> None:
        """The operations, then `return` of the yields."""
        at = last_branch(ops)
        last = ops[at] if at >= 0 else None
        if not isinstance(last, If) or last.leaves or isinstance(last.test, Const) or \
                is_expression(last, self.nesting.inline):
            for op in ops:
                self.statement(op)
            return self.leave(structure, yields)
        for op in ops[:at]:
            self.statement(op)
        self.origin = last.origin
        lines = [self.arm_lines(last, block, structure, yields) for block in (last.then, last.orelse)]
        test = self.expr(last.test)
        if not lines[0] and lines[1]:
            test, lines = ast.UnaryOp(ast.Not(), test), [lines[1], []]
        if not lines[0]:
            return
        self.line(ast.If(test, [PASS], []), last.origin)
        if lines[1] and not ends(lines[0]):
            lines[0].append(Line(self.depth + 1, ast.Return(None), None, self.forward))
        self.lines += lines[0]
        self.lines += [replace(line, depth=line.depth - 1) for line in lines[1]]

    def arm_lines(self, op: If, block: Block, structure: object, yields: tuple[Arg, ...]) -> list[Line]:
        outer, self.lines = self.lines, []
        self.depth += 1
        own = dict(zip(op.outs, block.yields))
        self.tail(block.ops, structure, tuple(own.get(arg, arg) for arg in yields))  # type: ignore[arg-type]
        self.depth -= 1
        made, self.lines = self.lines, outer
        return made

    def leave(self, structure: object, yields: tuple[Arg, ...]) -> None:
        if not has_leaves(structure):
            return
        self.origin = None

        def tree(part: object) -> Any:
            if isinstance(part, tuple):
                items = [tree(item) for item in part]
                return ast.List(items, ast.Load()) if isinstance(part, Listed) else syntax.tuple_of(items)
            arg = yields[part] if isinstance(part, int) else part
            assert isinstance(arg, (Value, Const))
            node = self.expr(arg)
            return syntax.copy_of(node) if isinstance(arg, Value) and arg in self.nesting.copied else node

        self.line(ast.Return(tree(structure)))


def ends(lines: list[Line]) -> bool:
    """True where the lines end in a `return` on every path."""
    return isinstance(lines[-1].node, ast.Return) and lines[-1].depth == min(line.depth for line in lines)


def unit_parts(units: tuple[Unit, ...], hints: dict[Value, str], by_reference: bool,
               taken: set[str]) -> list[UnitPart]:
    return [UnitPart(unit, backward, hints, by_reference, taken) for unit in units
            for backward in ((False, True) if unit.backward is not None else (False,))]
