"""Loops over unlike items: a dict of matrices and vectors, a tuple of an array and a number.

before: a loop over an argument that holds items of several kinds, or whose body asks what its names are
after:  the items one by one: each trip is another program
"""
from __future__ import annotations

from functools import reduce
from typing import Any

import gast

from ..ir.program import Const, Value
from ..ir.types import Array, Items, JoinError, Listing, Type, join
from .carries import Carries
from .things import Thing, is_argument

WORD_METHODS = ("startswith", "endswith")


def kinds_in(kind: Type) -> tuple[object, ...]:
    """What a type is made of, but for sizes: leaves of one kind have gradients of one kind."""
    if isinstance(kind, (Items, Listing)):
        inner = kind.items if isinstance(kind, Items) else (kind.element,)
        return tuple(leaf for item in inner for leaf in kinds_in(item))
    if isinstance(kind, Array):
        return (kind.dtype, kind.partial),
    return (type(kind), str(kind)),


def asks_words(loop: Any) -> bool:
    """True for a loop whose body asks what strings its targets are: `name == "bias"`, `name.startswith("W")`."""
    names = {part.id for part in gast.walk(loop.target) if isinstance(part, gast.Name)}

    def is_asked(node: Any) -> bool:
        if isinstance(node, gast.Compare):
            sides = [node.left, *node.comparators]
            words = [inner for side in sides for inner in gast.walk(side) if isinstance(inner, gast.Constant)]
            return any(isinstance(word.value, str) for word in words) and any(is_target(side) for side in sides)
        return isinstance(node, gast.Attribute) and is_target(node.value) and node.attr in WORD_METHODS

    def is_target(node: Any) -> bool:
        return isinstance(node, gast.Name) and node.id in names

    return any(is_asked(inner) for statement in loop.body for inner in gast.walk(statement))


class Unlike(Carries):
    """Takes containers of unlike items apart."""

    taking_apart = False    # while it is asked what a container of unlike items holds

    def is_unlike(self, node: Any) -> bool:
        """True for a tuple, list or dict whose items have no type in common, as their gradients then have none."""
        with self.builder.block():
            found = self.container(node)
        kind = found.type if isinstance(found, Value) else None
        if not isinstance(kind, Items) or kind.kind == "record" or not kind.items:
            return False
        try:
            joined = reduce(lambda one, other: join(one, other, "item", self.builder.facts.sizes), kind.items)
        except JoinError:
            return True
        return any(kinds_in(joined) != kinds_in(item) for item in kind.items)

    def is_own(self, node: Any) -> bool:
        """False for a tuple, list or dict of an argument."""
        found = self.session.frame.names.get(node.id) if isinstance(node, gast.Name) else None
        if not isinstance(found, Value) or not isinstance(found.type, Items):
            return True
        return not any(map(is_argument, self.sites_of(found)))

    def container(self, node: Any) -> Thing | None:
        """What a name, or an entry of what it stands for under a constant key, is."""
        if isinstance(node, gast.Name):
            return self.session.frame.names.get(node.id)
        if not isinstance(node, gast.Subscript) or not isinstance(node.slice, gast.Constant):
            return None
        base = self.container(node.value)
        kind = base.type if isinstance(base, Value) else None
        if not isinstance(base, Value) or not isinstance(kind, Items) or kind.position(node.slice.value) is None:
            return None
        return self.made(self.builder.item(base, Const(node.slice.value)), node, None, (base,))

    def opened(self, thing: Thing | None, word: str = "") -> tuple[Thing, ...] | None:
        """The items of a tuple or list, and the keys of a dict; `word`: what else is asked of the dict."""
        kind = thing.type if isinstance(thing, Value) else None
        if not self.taking_apart or not isinstance(thing, Value) or not isinstance(kind, Items) or \
                kind.kind == "record":
            return None
        keys = tuple(map(Const, kind.keys)) if kind.kind == "dict" else tuple(map(Const, range(len(kind.items))))
        items = tuple(self.made(self.builder.item(thing, key), None, None, (thing,)) for key in keys)
        if word == "items":
            return tuple(zip(keys, items))
        return keys if kind.kind == "dict" and word != "values" else items
