"""Tuples that the compiler sees through, as names of their own for their items.

before: `state` stands for a tuple of two
after:  `state.0` and `state.1` stand for its items: what control flow merges and carries is never a tuple
"""
from __future__ import annotations

from .things import Thing

# The result, the flag of a `break`, a conditional expression, whether what was tried did not raise.
RETURN, STOP, SKIP, VALUE, SUCCEEDED = "%return", "%stop", "%skip", "%value", "%succeeded"
WORDS = {RETURN: "value", STOP: "stop", SKIP: "skipped", VALUE: None, SUCCEEDED: "succeeded"}

Structure = tuple["Structure | None", ...]


def structure_of(thing: Thing) -> Structure | None:
    """How tuples are nested in a thing; None for what is no tuple."""
    return tuple(map(structure_of, thing)) if isinstance(thing, tuple) else None


def item_names(name: str, structure: Structure | None) -> list[str]:
    if structure is None:
        return [name]
    return [leaf for k, inner in enumerate(structure) for leaf in item_names(f"{name}.{k}", inner)]


def item_things(name: str, thing: Thing) -> dict[str, Thing]:
    """The items of a tuple by their names."""
    if not isinstance(thing, tuple):
        return {name: thing}
    return {leaf: item for k, inner in enumerate(thing) for leaf, item in item_things(f"{name}.{k}", inner).items()}


def tuple_from(name: str, structure: Structure | None, names: dict[str, Thing]) -> Thing | None:
    """The tuple again; None where an item has no name."""
    if structure is None:
        return names.get(name)
    items = tuple(tuple_from(f"{name}.{k}", inner, names) for k, inner in enumerate(structure))
    return None if any(item is None for item in items) else items


def spoken(name: str) -> str | None:
    """What a name is called in the text: the item `state.0` is `state_0`."""
    head, *rest = name.split(".")
    if not rest:
        return WORDS.get(head, None if head.startswith("%") else head)
    return "_".join([WORDS.get(head) or head.rpartition("%")[2], *rest])
