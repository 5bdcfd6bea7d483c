"""The public functions."""
from __future__ import annotations

import copy as copies
import inspect
import types
from collections.abc import Callable, Sequence
from typing import Any

from .dispatch.bound import Bound
from .dispatch.derivative import Derivative, obtain
from .dispatch.reference import MODES, step_of
from .dispatch.signature import positions
from .dispatch.trees import check_form, form, tree_map
from .emit.backend import BACKENDS
from .errors import AdjointError, UnsupportedError
from .frontend.abstract import type_of
from .frontend.read import parameter_names
from .frontend.source import read_source
from .ir.types import has_inexact
from .materialise.plan import Options
from .pipeline import Settings

WITH_AUX = ("grad", "value_and_grad")


def derivative(f: Callable[..., Any], mode: str = "grad", argnums: Any = 0, has_aux: bool = False,
               backend: str = "numpy", plan: Options | None = None, in_place: bool = True) -> Any:
    """The derivative of `f`, as a plain function.

    Args:
        f: a Python function or method, or a derivative made by this function.
        mode: "grad", "value_and_grad", "elementwise_grad", "vjp" (parameters: f's, then one cotangent
            per result) or "jvp" (f's, then one tangent per differentiated argument).
        argnums: position, from the left or, negative, from the right, or name of the differentiated
            parameters, or a tuple of them, which gives a tuple of gradients.
        has_aux: whether f returns (number, anything).  "grad" then returns (gradient, anything), and
            "value_and_grad" ((number, anything), gradient).
        backend: "numpy" or "cupy".

    Returns:
        A function with f's parameters.  `.source` is its text, `.specialize(*args)` the derivative
        that a call with arguments like these runs, `.primal` is f.  The same derivative of the same
        function is one object.  A bound method gives a derivative bound to the same object.

    Raises:
        UnsupportedError: at the first call, where f cannot be differentiated faithfully.
    """
    if mode not in MODES:
        raise UnsupportedError(f"there is no mode {mode!r}", None, f"the modes are {', '.join(MODES)}")
    if backend not in BACKENDS:
        raise UnsupportedError(f"there is no backend {backend!r}", None, f"the backends are {', '.join(BACKENDS)}")
    if has_aux and mode not in WITH_AUX:
        raise UnsupportedError(f"has_aux with the mode {mode!r}", None, f"it is for {' and '.join(WITH_AUX)}")
    if isinstance(f, (types.MethodType, Bound)):
        function, owner = (f.function, f.owner) if isinstance(f, Bound) else (f.__func__, f.__self__)
        wrt = tuple(k + 1 for k in positions(parameters_of(function)[1:], argnums))
        whole = derivative(function, mode, wrt if several(argnums) else wrt[0], has_aux, backend, plan, in_place)
        return Bound(whole, owner)
    if isinstance(f, (staticmethod, classmethod)):
        return type(f)(derivative(f.__func__, mode, argnums, has_aux, backend, plan, in_place))
    inner: Derivative | None = getattr(f, "__adjoint__", None)
    step = step_of(mode, positions(parameters_of(f), argnums), not several(argnums), has_aux)
    settings = Settings(BACKENDS[backend], plan or Options(), in_place)
    primal: Any = f if inner is None else inner.primal
    return obtain(primal, (step,) if inner is None else (*inner.steps, step), settings)


def several(argnums: Any) -> bool:
    """Whether the gradient is a tuple."""
    return isinstance(argnums, (tuple, list))


def parameters_of(f: Any) -> tuple[str, ...]:
    """The names of f's parameters, those that its derivation added included."""
    inner: Derivative | None = getattr(f, "__adjoint__", None)
    return tuple(parameter_names(read_source(f))) if inner is None else (*inner.names, *inner.signature.extra)


def differentiated(mode: str, f: Callable[..., Any] | None, argnums: Any, **options: Any) -> Any:
    """The derivative of f; without f a decorator that takes it."""
    if f is None:
        return lambda g: derivative(g, mode, argnums, **options)
    return derivative(f, mode, argnums, **options)


def grad(f: Callable[..., Any] | None = None, argnums: Any = 0, has_aux: bool = False, backend: str = "numpy") -> Any:
    """The gradient of a function that returns one number; also as `@grad` or `@grad(argnums=...)`."""
    return differentiated("grad", f, argnums, has_aux=has_aux, backend=backend)


def value_and_grad(f: Callable[..., Any] | None = None, argnums: Any = 0, has_aux: bool = False,
                   backend: str = "numpy") -> Any:
    """Like `grad`; the function returns (value, gradient)."""
    return differentiated("value_and_grad", f, argnums, has_aux=has_aux, backend=backend)


def elementwise_grad(f: Callable[..., Any] | None = None, argnums: Any = 0, backend: str = "numpy") -> Any:
    """The derivative of a function that maps each element of an array by itself, in the array's shape.

    It is the product of a cotangent of ones with f's Jacobian.
    """
    return differentiated("elementwise_grad", f, argnums, backend=backend)


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
