"""The public functions."""
from __future__ import annotations

import copy as copies
import functools
import inspect
from collections.abc import Callable, Sequence
from typing import Any

from .dispatch.derivative import Derivative, obtain, positions
from .dispatch.reference import step_of
from .dispatch.trees import check_form, form, ones_like, tree_map
from .emit.backend import BACKENDS
from .errors import AdjointError, UnsupportedError
from .frontend.abstract import type_of
from .frontend.read import parameter_names
from .frontend.source import read_source
from .ir.types import has_inexact
from .materialise.plan import Options
from .pipeline import Settings

MODES = ("grad", "value_and_grad", "vjp", "jvp")


def derivative(f: Callable[..., Any], mode: str = "grad", argnums: Any = 0, backend: str = "numpy",
               plan: Options | None = None, in_place: bool = True) -> Any:
    """The derivative of `f`, as a plain function.

    Args:
        f: a Python function, or a derivative made by this function.
        mode: "grad", "value_and_grad", "vjp" (parameters: f's, then one cotangent per result) or
            "jvp" (f's, then one tangent per differentiated argument).
        argnums: position or name of the differentiated parameters, or a tuple of them.
        backend: "numpy" or "cupy".

    Returns:
        A function with f's parameters.  `.source` is its text, `.specialize(*args)` the derivative
        that a call with arguments like these runs, `.primal` is f.  The same derivative of the same
        function is one object.

    Raises:
        UnsupportedError: at the first call, where f cannot be differentiated faithfully.
    """
    if mode not in MODES:
        raise UnsupportedError(f"there is no mode {mode!r}", None, f"the modes are {', '.join(MODES)}")
    if backend not in BACKENDS:
        raise UnsupportedError(f"there is no backend {backend!r}", None, f"the backends are {', '.join(BACKENDS)}")
    inner: Derivative | None = getattr(f, "__adjoint__", None)
    if inner is None:
        names = tuple(parameter_names(read_source(f)))
    else:
        names = (*inner.names, *inner.signature.extra)
    wrt = positions(names, argnums)
    step = step_of(mode, wrt, not isinstance(argnums, (tuple, list)))
    settings = Settings(BACKENDS[backend], plan or Options(), in_place)
    primal: Any = f if inner is None else inner.primal
    return obtain(primal, (step,) if inner is None else (*inner.steps, step), settings)


def grad(f: Callable[..., Any] | None = None, argnums: Any = 0, backend: str = "numpy") -> Any:
    """The gradient of a function that returns one number; also as `@grad` or `@grad(argnums=...)`."""
    if f is None:
        return lambda g: grad(g, argnums, backend)
    return derivative(f, "grad", argnums, backend)


def value_and_grad(f: Callable[..., Any] | None = None, argnums: Any = 0, backend: str = "numpy") -> Any:
    """Like `grad`; the function returns (value, gradient)."""
    if f is None:
        return lambda g: value_and_grad(g, argnums, backend)
    return derivative(f, "value_and_grad", argnums, backend)


def elementwise_grad(f: Callable[..., Any], argnums: Any = 0) -> Any:
    """The derivative of a function that maps each element of an array by itself, in the array's shape.

    It is the product of a cotangent of ones with f's Jacobian; f runs once more, for the shape of its result.
    """
    transposed = derivative(f, "vjp", argnums)

    @functools.wraps(f)
    def gradient(*args: Any, **kwargs: Any) -> Any:
        words, named = bound(f, args, kwargs)
        out = f(*copies.deepcopy(words), **copies.deepcopy(named))
        return transposed(*words, tree_map(ones_like, out), **named)[1]

    return gradient


def vjp(f: Callable[..., Any], *primals: Any, copy: bool = True) -> tuple[Any, Callable[[Any], tuple[Any, ...]]]:
    """f at `primals`, and its pullback there.

    Args:
        f: the function; it is called with copies of the primals.
        primals: f's arguments, by position.
        copy: whether the pullback holds copies of the arrays.  With `copy=False` it reads those that
            were passed, which must not be changed before its last call.

    Returns:
        (out, pullback).  `pullback(out_bar)` is a tuple with the cotangent of each primal, None for
        one that holds no float.  It may be called any number of times; each runs f's forward sweep again.
    """
    wrt = tuple(k for k, primal in enumerate(primals) if has_inexact(type_of(primal, "primals")))
    if not wrt:
        raise AdjointError("none of the primals holds a float: pass 3.0 instead of 3")
    transposed = derivative(f, "vjp", wrt)
    words, named = bound(f, primals, {})
    held = copies.deepcopy(words) if copy else words
    out = f(*copies.deepcopy(words), **named)
    forms = tree_map(form, out)

    def pullback(out_bar: Any) -> tuple[Any, ...]:
        """The cotangents of the primals, from that of the result."""
        check_form(out_bar, forms, "the cotangent")
        bars = dict(zip(wrt, transposed(*held, out_bar, **named)[1]))
        return tuple(bars.get(k) for k in range(len(primals)))

    return out, pullback


def jvp(f: Callable[..., Any], primals: Sequence[Any], tangents: Sequence[Any]) -> tuple[Any, Any]:
    """f at `primals`, and its derivative along `tangents`: (out, out_dot).

    Each tangent has the structure and the shapes of its primal; None stands for zero.
    """
    if len(tangents) != len(primals):
        raise AdjointError(f"{len(primals)} primals need as many tangents, not {len(tangents)}")
    wrt = tuple(k for k, tangent in enumerate(tangents) if tangent is not None)
    if not wrt:
        raise AdjointError("none of the tangents is given")
    for k in wrt:
        check_form(tangents[k], tree_map(form, primals[k]), f"tangent {k}")
    words, named = bound(f, tuple(primals), {})
    out, out_dot = derivative(f, "jvp", wrt)(*words, *(tangents[k] for k in wrt), **named)
    return out, out_dot


def bound(f: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, Any]:
    """The arguments of a call with f's defaults filled in: by position, and by name those that must be."""
    found = inspect.signature(f).bind(*args, **kwargs)
    found.apply_defaults()
    return found.args, found.kwargs
