"""A call whose type is asked for, and what NumPy itself answers on a sample of its operands."""
from __future__ import annotations

import builtins
import importlib
import math
import operator
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...ir.dims import ONE, Dim
from ...ir.program import Arg, Const
from ...ir.types import Array, Items, Listing, Number, NumpyScalar, Opaque, Type, dtype_of
from ..facts import Facts
from ..primitive import Primitive

OPERATORS: dict[str, Callable[..., Any]] = {
    "Add": operator.add, "Sub": operator.sub, "Mult": operator.mul, "Div": operator.truediv,
    "Pow": operator.pow, "USub": operator.neg, "UAdd": operator.pos, "MatMult": operator.matmul,
    "Lt": operator.lt, "LtE": operator.le, "Gt": operator.gt, "GtE": operator.ge, "Eq": operator.eq,
    "NotEq": operator.ne, "Not": operator.not_, "Invert": operator.invert,
    "FloorDiv": operator.floordiv, "Mod": operator.mod, "BitAnd": operator.and_, "BitOr": operator.or_,
    "BitXor": operator.xor, "LShift": operator.lshift, "RShift": operator.rshift,
    "In": lambda item, container: item in container, "NotIn": lambda item, container: item not in container}


class NoResult(Exception):
    """The operation cannot be typed: it would raise, or the compiler lacks a fact."""


class NotConstant(NoResult):
    """It depends on a number that is not known when the program is compiled."""


@dataclass
class Call:
    """An operation whose type is asked for."""

    primitive: Primitive
    args: tuple[Arg, ...]
    attrs: dict[str, Arg]
    spelling: str
    facts: Facts

    def __post_init__(self) -> None:
        self.types: tuple[Type, ...] = tuple(arg.type for arg in self.args)

    def static(self, name: str) -> Any:
        arg = self.attrs[name]
        if not isinstance(arg, Const):
            raise NotConstant(f"`{name}` must be a constant here")
        return arg.value

    def array(self, which: int = 0) -> Array:
        """The type of an operand as an array; a scalar is one of rank 0."""
        return as_array(self.types[which])

    def dtype(self, found: np.dtype[Any]) -> np.dtype[Any]:
        """`found`, or the dtype that the call asks for."""
        asked = self.static("dtype") if "dtype" in self.attrs else None
        return found if asked is None else np.dtype(asked)


def as_array(kind: Type) -> Array:
    if isinstance(kind, Array):
        return kind
    dtype = dtype_of(kind)
    if dtype is None:
        raise NoResult(f"{kind} is not an array")
    return Array(dtype, ())


def of_dims(dtype: np.dtype[Any], dims: tuple[Dim, ...], partial: bool = False) -> Type:
    """What a reduction gives: an array, or a scalar where no axis is left."""
    return Array(dtype, dims, partial) if dims else NumpyScalar(dtype)


def implementation(spelling: str) -> Callable[..., Any] | None:
    module, _, name = spelling.rpartition(".")
    if module == "operator":
        return OPERATORS.get(name) or getattr(operator, name, None)
    found = {"builtins": builtins, "math": math}.get(module) or sys.modules.get(module)
    if found is None and module.startswith("scipy."):
        found = importlib.import_module(module)
    return getattr(found, name, None)


def sample(arg: Arg) -> Any:
    """A small object of the type of `arg`: ones."""
    return arg.value if isinstance(arg, Const) else sample_of(arg.type)


def sample_of(kind: Type) -> Any:
    if isinstance(kind, Number):
        return {"bool": True, "int": 1, "float": 1.0, "complex": 1.0 + 0j}[kind.kind]
    if isinstance(kind, NumpyScalar):
        return kind.dtype.type(1)
    if isinstance(kind, Array):
        return np.ones((1,) * kind.ndim, kind.dtype)
    if isinstance(kind, Items) and kind.kind != "dict":
        return tuple(map(sample_of, kind.items))
    if isinstance(kind, Listing):
        return [sample_of(kind.element)]
    raise NoResult(f"{kind} has no arithmetic")


def sampled(call: Call, samples: list[Any], **attrs: Any) -> Type:
    """The type (sizes left out) of the call on `samples`: what NumPy itself answers."""
    function = implementation(call.spelling) or implementation(call.primitive.spelling)
    assert function is not None, call.spelling
    try:
        with np.errstate(all="ignore"):
            result = function(*samples, **attrs)
    except Exception as failure:
        raise NoResult(f"NumPy refuses it: {failure}") from None
    return type_of_result(result)


def type_of_result(result: Any) -> Type:
    if isinstance(result, np.ndarray):
        return Array(result.dtype, (ONE,) * result.ndim)
    if isinstance(result, np.generic):
        return NumpyScalar(result.dtype)
    if type(result) in (bool, int, float, complex):
        return Number(type(result).__name__)
    return Opaque(type(result).__name__)
