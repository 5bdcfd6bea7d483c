"""Runs the example in a pass's docstring: a function, and lines of the program or text after the pass.

The form is that of a Python session.  The comment behind `def` says what the arguments are, in the
language of `adjoint show --like`; what follows the function are lines that the output must have, in
this order and without others between them (the output's indentation does not count).
"""
from __future__ import annotations

import functools
import importlib
import linecache
import re
import types
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

import adjoint
from adjoint import pipeline
from adjoint.cli.like import parse_like
from adjoint.frontend.abstract import type_of
from adjoint.frontend.read import Reading
from adjoint.ir.program import Function
from adjoint.ir.show import show
from adjoint.ir.traverse import defined_in
from adjoint.materialise.materialise import materialise
from adjoint.materialise.plan import Options
from adjoint.optimize.chains import chained
from adjoint.optimize.dead import without_dead
from adjoint.optimize.fold import fold
from adjoint.optimize.needless import without_needless
from adjoint.optimize.returns import detached
from adjoint.optimize.stores import fuse_stores
from adjoint.transform.forward import Direction, forward
from adjoint.transform.hoist import hoist
from adjoint.transform.reverse import Target, reverse


@dataclass(frozen=True)
class Example:
    """`source` of a function named f, its arguments, and lines of what comes out."""

    source: str
    like: str
    expected: tuple[str, ...]


def example_of(module: str) -> Example | None:
    """The example in the docstring of a module; None where it has none."""
    doc = importlib.import_module(module).__doc__ or ""
    lines = [line.strip("\n") for line in doc.split("\n")]
    starts = [k for k, line in enumerate(lines) if line.startswith(">>> ")]
    if not starts:
        return None
    body = [k for k, line in enumerate(lines) if line.startswith((">>> ", "... "))]
    source = "\n".join(line[4:] for line in lines[starts[0]:body[-1] + 1]) + "\n"
    expected = []
    for line in lines[body[-1] + 1:]:
        if not line.strip():
            break
        expected.append(line.strip())
    comment = re.search(r"def f\(.*\):\s*# (.*)", source)
    assert comment is not None, f"{module}: the example's `def` lacks its types"
    return Example(source, comment.group(1), tuple(expected))


def function_of(source: str) -> types.FunctionType:
    file = f"<example {abs(hash(source))}>"
    linecache.cache[file] = (len(source), None, source.splitlines(True), file)
    space: dict[str, Any] = {"np": np, "__name__": "example"}
    exec(compile(source, file, "exec"), space)
    found: types.FunctionType = space["f"]
    return found


class Stages:
    """The program of one function after each pass, with respect to its first argument."""

    def __init__(self, function: types.FunctionType, args: tuple[Any, ...]) -> None:
        names = function.__code__.co_varnames[:function.__code__.co_argcount]
        kinds = {name: type_of(arg, name) for name, arg in zip(names, args)}
        self.reading: Reading = pipeline.read(function, kinds, {})
        self.kept = defined_in(self.reading.function.block) | set(self.reading.function.params)

    @property
    def read(self) -> Function:
        return self.reading.function

    @functools.cached_property
    def reversed(self) -> Function:
        return reverse(self.read, Target((0,), True), self.reading.facts)

    @functools.cached_property
    def forward(self) -> Function:
        return forward(self.read, Direction((0,)), self.reading.facts)

    @functools.cached_property
    def dead(self) -> Function:
        return without_dead(self.reversed)

    @functools.cached_property
    def folded(self) -> Function:
        return without_dead(fold(self.dead, self.reading.facts, self.kept))

    @functools.cached_property
    def stored(self) -> Function:
        return without_dead(fuse_stores(self.folded, self.reading.facts, self.kept))

    @functools.cached_property
    def chained(self) -> Function:
        folded = without_dead(fold(self.stored, self.reading.facts, self.kept))
        return without_dead(chained(folded, self.reading.facts, self.kept))

    @functools.cached_property
    def detached(self) -> Function:
        return detached(self.chained)

    @functools.cached_property
    def materialised(self) -> Function:
        return materialise(self.detached, Options())

    @functools.cached_property
    def hoisted(self) -> Function:
        twice = reverse(self.detached, Target((0,), True), self.reading.facts)
        return Function("f", twice.params, hoist(twice.block), twice.structure)


OUTPUTS: dict[str, Callable[[Stages], str]] = {
    "frontend.read": lambda stages: show(stages.read),
    "transform.reverse": lambda stages: show(stages.reversed),
    "transform.forward": lambda stages: show(stages.forward),
    "transform.hoist": lambda stages: show(stages.hoisted),
    "optimize.dead": lambda stages: show(stages.dead),
    "optimize.fold": lambda stages: show(stages.folded),
    "optimize.stores": lambda stages: show(stages.stored),
    "optimize.chains": lambda stages: show(stages.chained),
    "optimize.needless": lambda stages: show(without_needless(stages.folded)),
    "optimize.returns": lambda stages: show(stages.detached),
    "materialise.materialise": lambda stages: show(stages.materialised),
}


def output_of(module: str, example: Example) -> list[str]:
    """The lines, without comments, that the pass gives for its example."""
    function, args = function_of(example.source), parse_like(example.like)
    if module in OUTPUTS:
        text = OUTPUTS[module](Stages(function, args))
    else:
        text = adjoint.grad(function).specialize(*args).source
    return [line.partition("  # ")[0].rstrip() for line in text.split("\n")]


def is_inside(expected: tuple[str, ...], lines: list[str]) -> bool:
    """True where the expected lines follow one another among the lines."""
    count = len(expected)
    stripped = tuple(line.strip() for line in lines)
    return any(stripped[k:k + count] == expected for k in range(len(lines) - count + 1))
