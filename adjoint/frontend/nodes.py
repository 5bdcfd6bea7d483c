"""Small constructors for the trees of rewritten statements: names and places that the source does not have."""
from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import gast

SCOPES = (gast.ListComp, gast.SetComp, gast.DictComp, gast.GeneratorExp)
FUNCTIONS = (gast.FunctionDef, gast.Lambda, gast.ClassDef)
LOOPS = (gast.For, gast.While)


def at(made: Any, node: Any) -> Any:
    """A new node at the place of another; what it holds of the source stays where it is."""
    for inner in gast.walk(made):
        if "lineno" in inner._attributes and not hasattr(inner, "lineno"):
            gast.copy_location(inner, node)
    return made


def load(name: str, node: Any) -> Any:
    return at(gast.Name(name, gast.Load(), None, None), node)


def assign(name: str, value: Any, node: Any) -> Any:
    return at(gast.Assign([gast.Name(name, gast.Store(), None, None)], value, None), node)


LEAVING = ("Break", "Continue", "Return")


def leaves(statements: list[Any], words: tuple[str, ...] = LEAVING) -> bool:
    """True where the statements may leave their block by one of the words."""
    for node in statements:
        name = type(node).__name__
        if name in words or name == "If" and (leaves(node.body, words) or leaves(node.orelse, words)):
            return True
    return False


def bodies(node: Any) -> list[list[Any]]:
    """The lists of statements in a statement; a function inside is none of its own."""
    if isinstance(node, FUNCTIONS):
        return []
    parts = [getattr(node, name, []) for name in ("body", "orelse", "finalbody")]
    parts += [inner.body for name in ("cases", "handlers") for inner in getattr(node, name, [])]
    return [part for part in parts if isinstance(part, list)]


def bound_in(body: Iterable[Any]) -> frozenset[str]:
    """The names that a function's statements make its own."""
    found: set[str] = set()
    outside: set[str] = set()
    left = list(body)
    while left:
        node = left.pop()
        if isinstance(node, gast.Name) and isinstance(node.ctx, (gast.Store, gast.Del)):
            found.add(node.id)
        elif isinstance(node, (gast.Global, gast.Nonlocal)):
            outside.update(node.names)
        elif isinstance(node, FUNCTIONS):
            found.add(getattr(node, "name", ""))
        elif isinstance(node, SCOPES):
            found.update(inner.target.id for inner in gast.walk(node) if isinstance(inner, gast.NamedExpr))
        else:
            left += gast.iter_child_nodes(node)
    return frozenset(found - outside)
