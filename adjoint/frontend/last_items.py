"""The last item of a list that a loop appends to is a variable of its own.

before: `xs.append(g(xs[-1]))` in a loop that reads nothing else of the list
after:  `xs_last = xs[-1]` before the loop, in it `xs_last = g(xs_last)` and `xs.append(xs_last)`
"""
from __future__ import annotations

from typing import Any

import gast

from .nodes import LOOPS, assign, at, bodies, load
from .patterns import Fresh


def with_last_items(statements: list[Any], fresh: Fresh) -> list[Any]:
    """The statements with such lists' last items as variables; the trees are changed."""
    made: list[Any] = []
    for node in statements:
        for name in names_appended(node) if isinstance(node, LOOPS) else ():
            if reads_last_only(node, name) and not appends_first(node, name):
                last = fresh.name(f"{name}_last")
                made.append(assign(last, last_of(name, node), node))
                node = LastItem(name, last).visit(node)
        for part in bodies(node):
            part[:] = with_last_items(part, fresh)
        made.append(node)
    return made


def last_of(name: str, node: Any) -> Any:
    index = gast.UnaryOp(gast.USub(), gast.Constant(1, None))
    return at(gast.Subscript(load(name, node), index, gast.Load()), node)


def appended(node: Any) -> Any | None:
    """What `xs.append(...)` names; None for another statement."""
    call = node.value if isinstance(node, gast.Expr) else None
    method = call.func if isinstance(call, gast.Call) and len(call.args) == 1 and not call.keywords else None
    if isinstance(method, gast.Attribute) and method.attr == "append" and isinstance(method.value, gast.Name):
        return method.value
    return None


def is_last(node: Any) -> bool:
    """True for `xs[-1]`."""
    index = node.slice if isinstance(node, gast.Subscript) and isinstance(node.value, gast.Name) else None
    return isinstance(index, gast.UnaryOp) and isinstance(index.op, gast.USub) and \
        isinstance(index.operand, gast.Constant) and index.operand.value == 1


def names_appended(loop: Any) -> dict[str, None]:
    found = filter(None, map(appended, gast.walk(loop)))
    return {name.id: None for name in found}


def reads_last_only(loop: Any, name: str) -> bool:
    """True where a loop appends to a list and reads its last item, and does nothing else with it."""
    known = {id(each) for node in gast.walk(loop) for each in [appended(node)] if each is not None}
    lasts = {id(node.value) for node in gast.walk(loop) if is_last(node) and isinstance(node.ctx, gast.Load)}
    used = [node for node in gast.walk(loop) if isinstance(node, gast.Name) and node.id == name]
    return any(id(node) in lasts for node in used) and all(id(node) in known | lasts for node in used)


def appends_first(loop: Any, name: str) -> bool:
    """True where each trip appends before it reads: what it reads is what it has appended."""
    if isinstance(loop, gast.While) and reads(loop.test, name):
        return False
    for node in loop.body:
        target = appended(node)
        if target is not None and target.id == name:
            return not reads(node.value.args[0], name)
        if reads(node, name):
            return False
    return False


def reads(tree: Any, name: str) -> bool:
    return any(is_last(node) and node.value.id == name for node in gast.walk(tree))


class LastItem(gast.NodeTransformer):    # type: ignore[misc]
    """Puts the variable in the place of the item."""

    def __init__(self, name: str, last: str) -> None:
        self.name = name
        self.last = last

    def visit_Subscript(self, node: Any) -> Any:
        if is_last(node) and node.value.id == self.name:
            return load(self.last, node)
        return self.generic_visit(node)

    def visit_Expr(self, node: Any) -> Any:
        target = appended(node)
        self.generic_visit(node)
        if target is None or target.id != self.name:
            return node
        value = node.value.args[0]
        if isinstance(value, gast.Name):
            return [node, assign(self.last, load(value.id, node), node)]
        node.value.args[0] = load(self.last, node)
        return [assign(self.last, value, node), node]
