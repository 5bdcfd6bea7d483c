"""The structure of what a function gives: a tree of the numbers of its leaves, with constants for what is known."""
from __future__ import annotations


class Listed(tuple[object, ...]):
    """A part of a structure that is a list."""


def has_leaves(structure: object) -> bool:
    """True where the structure holds more than constants."""
    return any(map(has_leaves, structure)) if isinstance(structure, tuple) else isinstance(structure, int)


def shifted(structure: object, by: int) -> object:
    """The structure of a function's results with its leaves counted from `by`."""
    if isinstance(structure, tuple):
        return tuple(shifted(item, by) for item in structure)
    return structure + by if isinstance(structure, int) else structure
