"""Rewrites `match` as `if` and `elif`.

before: a `match` statement
after:  tests of the subject, which is evaluated once; names that a pattern binds are assigned in its case
"""
from __future__ import annotations

import copy
from typing import Any

import gast

from ..errors import LaterError
from .nodes import assign, at, load


class Fresh:
    """Names that a function does not use."""

    def __init__(self, function: Any) -> None:
        self.used = {node.id for node in gast.walk(function) if isinstance(node, gast.Name)}

    def name(self, word: str) -> str:
        found, number = word, 2
        while found in self.used:
            found, number = f"{word}{number}", number + 1
        self.used.add(found)
        return found


Bound = list[tuple[str, Any]]


class Cases:
    """The cases of one `match`, whose subject is written as `subject`."""

    def __init__(self, node: Any, subject: Any) -> None:
        self.node = node
        self.subject = subject

    def branch(self, cases: list[Any]) -> list[Any]:
        if not cases:
            return []
        case, rest = cases[0], cases[1:]
        bound: Bound = []
        tests = self.tests(case.pattern, self.subject, bound)
        if case.guard is not None:
            tests.append(self.substituted(case.guard, dict(bound)))
        body = [*(assign(name, copy.deepcopy(value), case.body[0]) for name, value in bound), *case.body]
        if not tests:
            return body
        test = tests[0] if len(tests) == 1 else gast.BoolOp(gast.And(), tests)
        return [at(gast.If(test, body, self.branch(rest)), case.body[0])]

    def tests(self, pattern: Any, subject: Any, bound: Bound) -> list[Any]:
        """What must be true of the subject; what the pattern binds is noted."""
        if isinstance(pattern, gast.MatchValue):
            return [gast.Compare(subject, [gast.Eq()], [pattern.value])]
        if isinstance(pattern, gast.MatchSingleton):
            return [gast.Compare(subject, [gast.Is()], [gast.Constant(pattern.value, None)])]
        if isinstance(pattern, gast.MatchAs):
            tests = [] if pattern.pattern is None else self.tests(pattern.pattern, subject, bound)
            if pattern.name is not None:
                bound.append((pattern.name, subject))
            return tests
        if isinstance(pattern, gast.MatchOr):
            return self.alternatives(pattern, subject, bound)
        if isinstance(pattern, gast.MatchSequence) and isinstance(subject, (gast.Tuple, gast.List)):
            if len(pattern.patterns) == len(subject.elts):
                pairs = zip(pattern.patterns, subject.elts)
                return [test for inner, part in pairs for test in self.tests(inner, part, bound)]
        raise LaterError(f"the pattern `{type(pattern).__name__}` of a `match` is not supported yet", None,
                         "write `if` and `elif`")

    def alternatives(self, pattern: Any, subject: Any, bound: Bound) -> list[Any]:
        choices = []
        for inner in pattern.patterns:
            tests = self.tests(inner, subject, bound)
            if not tests:
                return []
            choices.append(tests[0] if len(tests) == 1 else gast.BoolOp(gast.And(), tests))
        return [gast.BoolOp(gast.Or(), choices)]

    def substituted(self, guard: Any, bound: dict[str, Any]) -> Any:
        """A guard, with the names that its pattern binds replaced by what they are bound to."""
        class Substitute(gast.NodeTransformer):  # type: ignore[misc]
            def visit_Name(self, node: Any) -> Any:
                return copy.deepcopy(bound[node.id]) if node.id in bound else node

        return Substitute().visit(copy.deepcopy(guard))


def as_branches(node: Any, fresh: Fresh) -> list[Any]:
    """The statements that a `match` stands for."""
    subject, before = node.subject, []
    if isinstance(subject, (gast.Tuple, gast.List)):
        parts = [(part, None if is_plain(part) else fresh.name("subject")) for part in subject.elts]
        subject = gast.Tuple([part if name is None else load(name, part) for part, name in parts], gast.Load())
        before = [assign(name, part, node) for part, name in parts if name is not None]
    elif not is_plain(subject):
        name = fresh.name("subject")
        before, subject = [assign(name, subject, node)], load(name, subject)
    cases = Cases(node, subject)
    return [*before, *cases.branch(node.cases)]


def is_plain(node: Any) -> bool:
    return isinstance(node, (gast.Name, gast.Constant))
