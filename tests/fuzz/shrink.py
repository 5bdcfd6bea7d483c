"""Makes a program that fails small: it still fails in the same check.

before: fourteen statements in three loops
after:  usually three to six statements
"""
from __future__ import annotations

import ast
import copy
import time
from collections.abc import Callable, Iterator

from .program import tidy

SECONDS = 120.0
Change = Callable[[ast.Module], bool]


def functions(tree: ast.Module) -> list[ast.FunctionDef]:
    """The program's functions, without the maker of inputs."""
    return [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name != "inputs"]


def bodies(tree: ast.Module) -> Iterator[list[ast.stmt]]:
    for function in functions(tree):
        for node in ast.walk(function):
            for name in ("body", "orelse"):
                found = getattr(node, name, None)
                if isinstance(found, list) and found:
                    yield found


def dropped(tree: ast.Module) -> Iterator[ast.Module]:
    """Without one statement."""
    for b, body in enumerate(bodies(tree)):
        for k in reversed(range(len(body))):
            other = copy.deepcopy(tree)
            block = list(bodies(other))[b]
            del block[k]
            yield filled(other)


def filled(tree: ast.Module) -> ast.Module:
    """Empty bodies get a `pass`."""
    for node in ast.walk(tree):
        if isinstance(getattr(node, "body", None), list) and not node.body and not isinstance(node, ast.Module):
            node.body = [ast.Pass()]  # type: ignore[attr-defined]
    return tree


def hoisted(tree: ast.Module) -> Iterator[ast.Module]:
    """One block's statements in place of the block."""
    for b, body in enumerate(bodies(tree)):
        for k, node in enumerate(body):
            if isinstance(node, (ast.If, ast.For, ast.While)):
                for arm in ("body", "orelse"):
                    other = copy.deepcopy(tree)
                    block = list(bodies(other))[b]
                    block[k:k + 1] = getattr(block[k], arm) or [ast.Pass()]
                    yield other


def places(tree: ast.Module) -> Iterator[tuple[ast.AST, str, int | None, ast.expr]]:
    """Where expressions stand: (parent, field, position in a list or None, expression)."""
    for function in functions(tree):
        for statement in function.body:
            for parent in ast.walk(statement):
                for name, value in ast.iter_fields(parent):
                    if isinstance(value, ast.expr) and name != "func" and not isinstance(parent, ast.Attribute):
                        yield parent, name, None, value
                    elif isinstance(value, list):
                        yield from ((parent, name, k, one) for k, one in enumerate(value) if isinstance(one, ast.expr))


def simpler(node: ast.expr) -> Iterator[ast.expr]:
    """Expressions that may stand for one: its parts, a number."""
    if isinstance(node, (ast.Constant, ast.Name, ast.Slice)) or isinstance(getattr(node, "ctx", None), ast.Store):
        return
    parts = [part for part in ast.iter_child_nodes(node) if isinstance(part, ast.expr)]
    parts = [part for part in parts if not isinstance(part, ast.Slice)]
    parts = parts[1:] if isinstance(node, ast.Call) else parts
    yield from parts
    if not isinstance(node, ast.Subscript):
        yield ast.Constant(0.5)


def simplified(tree: ast.Module) -> Iterator[ast.Module]:
    """With one expression replaced by a part of it."""
    for k, (_, _, _, node) in enumerate(list(places(tree))):
        for n in range(len(list(simpler(node)))):
            other = copy.deepcopy(tree)
            parent, name, at, old = list(places(other))[k]
            new = list(simpler(old))[n]
            if at is None:
                setattr(parent, name, new)
            else:
                getattr(parent, name)[at] = new
            yield other


def fewer_inputs(tree: ast.Module) -> Iterator[ast.Module]:
    """One of the inputs only; fewer trips."""
    maker = next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "inputs")
    cases = maker.body[-1].value.elts  # type: ignore[attr-defined]
    for k in range(len(cases)):
        for steps in (None, 0, 1, 2):
            other = copy.deepcopy(tree)
            end = next(n for n in other.body if isinstance(n, ast.FunctionDef) and n.name == "inputs").body[-1]
            case = end.value.elts[k]  # type: ignore[attr-defined]
            if steps is not None:
                if not isinstance(case.elts[-1], ast.Constant) or case.elts[-1].value in (0, steps):
                    continue
                case.elts[-1] = ast.Constant(steps)
            if steps is not None or len(cases) > 1:
                end.value.elts = [case]  # type: ignore[attr-defined]
                yield other


def without_unused(tree: ast.Module) -> Iterator[ast.Module]:
    """Without a helper that is not called, or a parameter of `f` that is not used."""
    used = {node.id for function in functions(tree) for node in ast.walk(function) if isinstance(node, ast.Name)}
    for k, node in enumerate(tree.body):
        if isinstance(node, ast.FunctionDef) and node.name not in ("f", "inputs") and node.name not in used:
            other = copy.deepcopy(tree)
            del other.body[k]
            yield other
    f = functions(tree)[-1]
    for k, parameter in enumerate(f.args.args):
        if parameter.arg not in used and len(f.args.args) > 1:
            yield without_parameter(copy.deepcopy(tree), k)


def without_parameter(tree: ast.Module, k: int) -> ast.Module:
    del functions(tree)[-1].args.args[k]
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name == "inputs":
            for case in node.body[-1].value.elts:  # type: ignore[attr-defined]
                del case.elts[k]
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Tuple):
            numbers = [item.value for item in node.value.elts if isinstance(item, ast.Constant) and item.value != k]
            kept = [n - (n > k) for n in numbers]  # type: ignore[operator]
            node.value.elts = [ast.Constant(n) for n in kept]
    return tree


def shrink(text: str, fails: Callable[[str], bool], seconds: float = SECONDS) -> str:
    """The smallest program found that `fails`, a test which `text` passes."""
    tree, ends = ast.parse(text), time.monotonic() + seconds
    again = True
    while again:
        again = False
        for ways in (fewer_inputs, dropped, hoisted, without_unused, simplified):
            for other in accepted(tree, ways, fails, ends):
                tree, again = other, True
        if time.monotonic() > ends:
            break
    return tidy("# expect: gradient\n" + ast.unparse(ast.fix_missing_locations(tree)))


def accepted(tree: ast.Module, ways: Callable[[ast.Module], Iterator[ast.Module]], fails: Callable[[str], bool],
             ends: float) -> Iterator[ast.Module]:
    """Smaller trees that still fail, each made from the last."""
    seen: set[str] = set()
    found: ast.Module | None = tree
    while found is not None and time.monotonic() < ends:
        tree, found = found, None
        for other in ways(tree):
            text = ast.unparse(ast.fix_missing_locations(other))
            if text not in seen and time.monotonic() < ends:
                seen.add(text)
                if fails(text):
                    found = other
                    yield other
                    break
