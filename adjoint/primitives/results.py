"""The type of a primitive's result: one rule per name that templates use in `result=`."""
from __future__ import annotations

import builtins
import math
import operator
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..ir import dims as sizes
from ..ir.dims import ONE, Dim, Symbol
from ..ir.program import Arg, Const
from ..ir.types import Array, Items, Number, NumpyScalar, Opaque, Type, dims_of, dtype_of, is_partial
from . import core
from .facts import Facts
from .primitive import Primitive

OPERATORS: dict[str, Callable[..., Any]] = {
    "Add": operator.add, "Sub": operator.sub, "Mult": operator.mul, "Div": operator.truediv,
    "Pow": operator.pow, "USub": operator.neg, "UAdd": operator.pos, "MatMult": operator.matmul,
    "Lt": operator.lt, "LtE": operator.le, "Gt": operator.gt, "GtE": operator.ge, "Eq": operator.eq,
    "NotEq": operator.ne, "Not": operator.not_, "Invert": operator.invert,
    "FloorDiv": operator.floordiv, "Mod": operator.mod,
    "In": lambda item, container: item in container, "NotIn": lambda item, container: item not in container}


class NoResult(Exception):
    """The operation cannot be typed: it would raise, or the compiler lacks a fact."""


@dataclass
class Call:
    """An operation whose type is asked for."""

    primitive: Primitive
    args: tuple[Arg, ...]
    attrs: dict[str, Arg]
    spelling: str
    facts: Facts

    @property
    def types(self) -> tuple[Type, ...]:
        return tuple(arg.type for arg in self.args)

    def static(self, name: str) -> Any:
        arg = self.attrs[name]
        if not isinstance(arg, Const):
            raise NoResult(f"`{name}` must be a constant here")
        return arg.value


def implementation(spelling: str) -> Callable[..., Any] | None:
    module, _, name = spelling.rpartition(".")
    if module == "operator":
        return OPERATORS.get(name) or getattr(operator, name, None)
    found = {"builtins": builtins, "math": math}.get(module) or sys.modules.get(module)
    return getattr(found, name, None)


def sample(arg: Arg) -> Any:
    """A small object of the type of `arg`: ones."""
    if isinstance(arg, Const):
        return arg.value
    kind = arg.type
    if isinstance(kind, Number):
        return {"bool": True, "int": 1, "float": 1.0, "complex": 1.0 + 0j}[kind.kind]
    if isinstance(kind, NumpyScalar):
        return kind.dtype.type(1)
    if isinstance(kind, Array):
        return np.ones((1,) * kind.ndim, kind.dtype)
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
    if isinstance(result, np.ndarray):
        return Array(result.dtype, (ONE,) * result.ndim)
    if isinstance(result, np.generic):
        return NumpyScalar(result.dtype)
    if type(result) in (bool, int, float, complex):
        return Number(type(result).__name__)
    return Opaque(type(result).__name__)


def _elementwise_kind(function: str, fallback: str, shapes: tuple[object, ...]) -> Type:
    call = Call(Primitive("", "", (fallback,), ()), (), {}, function, Facts())
    samples = [np.ones((1,) * s[1], s[0]) if isinstance(s, tuple) else s for s in shapes]
    return sampled(call, samples)


def sample_key(arg: Arg) -> object:
    kind = arg.type
    return (kind.dtype, kind.ndim) if isinstance(kind, Array) else sample(arg)


def elementwise(call: Call) -> Type:
    keys = tuple(map(sample_key, call.args))
    typed = tuple((type(k), repr(k)) for k in keys)
    kind = _cached_kind(call.spelling, call.primitive.spelling, keys, typed)
    if isinstance(kind, Array):
        dims = call.facts.broadcast(*map(dims_of, call.types))
        sure = call.facts.broadcast(*(dims_of(t) for t in call.types if not is_partial(t)))
        partial = any(map(is_partial, call.types)) and not call.facts.covers(sure, dims)
        return Array(kind.dtype, dims, partial)
    if isinstance(kind, Number) and kind.kind == "int":
        return Number("int", arithmetic_size(call))
    return kind


_kinds: dict[object, Type] = {}


def _cached_kind(spelling: str, fallback: str, keys: tuple[object, ...], typed: object) -> Type:
    at = (spelling, fallback, typed)
    if at not in _kinds:
        _kinds[at] = _elementwise_kind(spelling, fallback, keys)
    return _kinds[at]


def arithmetic_size(call: Call) -> Dim | None:
    """The size that integer arithmetic on sizes gives, where it stays affine."""
    known = [t.size for t in call.types if isinstance(t, Number) and t.size is not None]
    if len(known) != len(call.args) or not known:
        return None
    name = call.primitive.name
    if name == core.NEGATIVE:
        return -known[0]
    if len(known) != 2:
        return None
    a, b = known
    if name == core.MULTIPLY and not (a.terms and b.terms):
        return b.times(a.constant) if not a.terms else a.times(b.constant)
    return {core.ADD: a + b, core.SUBTRACT: a - b}.get(name)


def axes_of(axis: object, rank: int) -> tuple[int, ...]:
    """The axes that an `axis=` argument names, in order, counted from 0."""
    if axis is None:
        return tuple(range(rank))
    named = axis if isinstance(axis, tuple) else (axis,)
    if any(type(k) is not int or not -rank <= k < rank for k in named):
        raise NoResult(f"axis {axis} does not exist in an array of rank {rank}")
    return tuple(sorted(k % rank for k in named))


def reduced(call: Call) -> Type:
    kind, keep = call.types[0], call.static("keepdims")
    dims = dims_of(kind)
    axes = axes_of(call.static("axis"), len(dims))
    found = sampled(call, [sample(call.args[0])])
    dtype = dtype_of(found)
    assert dtype is not None
    left = tuple(ONE if k in axes else d for k, d in enumerate(dims) if keep or k not in axes)
    return Array(dtype, left, is_partial(kind)) if left else NumpyScalar(dtype)


def product(call: Call) -> Type:
    x, y = (dims_of(t) for t in call.types)
    kind = sampled(call, [np.ones((1,) * len(d), dtype_of(t)) if d else sample(a)
                          for a, t, d in zip(call.args, call.types, (x, y))])
    dtype = dtype_of(kind)
    assert dtype is not None
    if not x or not y:
        return Array(dtype, x or y) if x or y else kind
    batch = call.facts.broadcast(x[:-2], y[:-2])
    rows = x[-2:-1]
    columns = y[-1:] if len(y) > 1 else ()
    dims = batch + rows + columns
    return Array(dtype, dims) if dims else NumpyScalar(dtype)


def dotted(call: Call) -> Type:
    """A product that is matmul's up to rank 2 only."""
    if max(len(dims_of(kind)) for kind in call.types) > 2:
        raise NoResult("np.dot of rank above 2; write `@`")
    return product(call)


def shape_dims(call: Call, shape: Arg) -> tuple[Dim, ...]:
    """The dims that a shape argument (an int, or a tuple of ints) names."""
    kinds = shape.type.items if isinstance(shape.type, Items) else (shape.type,)
    if isinstance(shape, Const) and isinstance(shape.value, tuple):
        kinds = tuple(Const(k).type for k in shape.value)
    if not all(isinstance(k, Number) and k.kind == "int" for k in kinds):
        raise NoResult("a shape must be an int or a tuple of ints")
    return tuple(k.size if isinstance(k, Number) and k.size is not None else call.facts.fresh_dim() for k in kinds)


def made(call: Call) -> Type:
    return Array(np.dtype(call.static("dtype")), shape_dims(call, call.args[0]))


def alike(call: Call) -> Type:
    dtype = call.static("dtype")
    kind = call.types[0]
    found = dtype_of(kind) if dtype is None else np.dtype(dtype)
    if found is None:
        raise NoResult(f"{kind} has no dtype")
    return Array(found, dims_of(kind))


def filled(call: Call) -> Type:
    dtype = call.static("dtype")
    found = dtype_of(call.types[1]) if dtype is None else np.dtype(dtype)
    assert found is not None
    return Array(found, shape_dims(call, call.args[0]))


def counted(call: Call) -> Type:
    bounds = [call.args[0], call.attrs["stop"], call.attrs["step"]]
    given = [b for b in bounds if not (isinstance(b, Const) and b.value is None)]
    dtype = dtype_of(sampled(call, [sample(b) for b in given]))
    size = given[0].type.size if len(given) == 1 and isinstance(given[0].type, Number) else None
    assert dtype is not None
    return Array(dtype, (size if size is not None else call.facts.fresh_dim(),))


def same(call: Call) -> Type:
    kind = call.types[0]
    return Array(kind.dtype, kind.dims) if isinstance(kind, Array) else kind


def transposed(call: Call) -> Type:
    kind = call.types[0]
    return Array(kind.dtype, kind.dims[::-1], kind.partial) if isinstance(kind, Array) else kind


def matrix_transposed(call: Call) -> Type:
    kind = call.types[0]
    if not isinstance(kind, Array) or kind.ndim < 2:
        raise NoResult("a matrix is needed")
    return Array(kind.dtype, (*kind.dims[:-2], kind.dims[-1], kind.dims[-2]), kind.partial)


def reshaped(call: Call) -> Type:
    kind, shape = call.types[0], call.args[1]
    dims = list(shape_dims(call, shape))
    if sizes.constant(-1) in dims:
        dims[dims.index(sizes.constant(-1))] = call.facts.fresh_dim()
    dtype = dtype_of(kind)
    assert dtype is not None
    return Array(dtype, tuple(dims))


def raveled(call: Call) -> Type:
    kind = call.types[0]
    dtype, dims = dtype_of(kind), dims_of(kind)
    assert dtype is not None
    name = "*".join(f"({d})" for d in dims)
    return Array(dtype, dims if len(dims) == 1 else (sizes.of_symbol(Symbol(name)),))


def converted(call: Call) -> Type:
    kind, target = call.types[0], call.args[1]
    if not isinstance(target, Const):
        raise NoResult("the dtype must be a constant")
    dtype = np.dtype(target.value)  # type: ignore[call-overload]
    return Array(dtype, kind.dims, kind.partial) if isinstance(kind, Array) else NumpyScalar(dtype)


def real(call: Call) -> Type:
    kind = call.types[0]
    dtype = dtype_of(kind)
    assert dtype is not None
    part = np.zeros((), dtype).real.dtype
    if isinstance(kind, Number):
        return Number("float" if kind.kind == "complex" else kind.kind)
    return Array(part, kind.dims, kind.partial) if isinstance(kind, Array) else NumpyScalar(part)


def python_float(call: Call) -> Type:
    return Number("float")


def python_int(call: Call) -> Type:
    return Number("int")


def truth(call: Call) -> Type:
    return Number("bool")


RULES: dict[str, Callable[[Call], Type]] = {
    rule.__name__: rule for rule in (
        elementwise, reduced, product, dotted, made, alike, filled, counted, same, transposed,
        matrix_transposed, reshaped, raveled, converted, real, python_float, python_int, truth)}

# Rules of linear primitives whose templates take an adjoint that is smaller than the result, by broadcasting.
BROADCAST = (reduced, same, converted, real)
