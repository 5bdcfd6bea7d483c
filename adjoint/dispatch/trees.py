"""Nested tuples, lists and dicts of numbers and arrays, as a caller passes them."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..errors import AdjointError
from ..frontend.abstract import fields_of


@dataclass(frozen=True)
class Form:
    """What a tangent or cotangent of a leaf must be like."""

    shape: tuple[int, ...]
    inexact: bool


def tree_map(function: Callable[[Any], Any], tree: Any) -> Any:
    """The structure with `function` of each leaf in its place."""
    fields = fields_of(tree)
    if fields:
        return type(tree)(**{field: tree_map(function, getattr(tree, field)) for field in fields})
    if isinstance(tree, (tuple, list)):
        return type(tree)([tree_map(function, item) for item in tree])
    if isinstance(tree, dict):
        return {key: tree_map(function, item) for key, item in tree.items()}
    return function(tree)


def form(leaf: Any) -> Form:
    """The shape of a leaf, and whether it is a float or complex number or array."""
    shape = getattr(leaf, "shape", ())
    dtype = getattr(leaf, "dtype", None)
    return Form(tuple(shape), isinstance(leaf, (float, complex)) or dtype is not None and dtype.kind in "fc")


def check_form(tree: Any, forms: Any, what: str) -> None:
    """Raises AdjointError where a tangent or cotangent has another structure or shape than it must have."""
    fields = () if isinstance(forms, Form) else fields_of(forms)
    if fields:
        if type(tree) is not type(forms):
            raise AdjointError(f"{what} must be a {type(forms).__name__}, not {kind_of(tree)}")
        for field in fields:
            check_form(getattr(tree, field), getattr(forms, field), f"`{field}` of {what}")
    elif isinstance(forms, (tuple, list)):
        if type(tree) is not type(forms) or len(tree) != len(forms):
            raise AdjointError(f"{what} must be a {type(forms).__name__} of {len(forms)}, not {kind_of(tree)}")
        for k, (item, inner) in enumerate(zip(tree, forms)):
            check_form(item, inner, f"item {k} of {what}")
    elif isinstance(forms, dict):
        if not isinstance(tree, dict) or list(tree) != list(forms):
            raise AdjointError(f"{what} must be a dict with the keys {', '.join(map(repr, forms))}")
        for key, inner in forms.items():
            check_form(tree[key], inner, f"item {key!r} of {what}")
    elif forms.inexact and (not is_number(tree) or form(tree).shape != forms.shape):
        raise AdjointError(f"{what} must have the shape {forms.shape}, not {kind_of(tree)}")


def is_number(leaf: Any) -> bool:
    return isinstance(leaf, (float, complex, int, np.generic)) or hasattr(leaf, "shape")


def kind_of(tree: Any) -> str:
    """A few words for what was passed."""
    if hasattr(tree, "shape"):
        return f"{tuple(tree.shape)}"
    size = f" of {len(tree)}" if isinstance(tree, (tuple, list)) else ""
    return f"{type(tree).__name__}{size}"
