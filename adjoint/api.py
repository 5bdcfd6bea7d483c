"""The public functions."""
from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .dispatch.derivative import Derivative, positions
from .emit.backend import BACKENDS
from .errors import UnsupportedError
from .frontend.read import parameter_names
from .frontend.source import read_source
from .materialise.plan import Options
from .pipeline import Settings, Step
from .transform.forward import Direction
from .transform.reverse import Target

MODES = ("grad", "value_and_grad", "vjp", "jvp")
_known: dict[Any, Any] = {}


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
        that a call with arguments like these runs, `.primal` is f.

    Raises:
        UnsupportedError: at the first call, where f cannot be differentiated faithfully.
    """
    if mode not in MODES:
        raise UnsupportedError(f"there is no mode {mode!r}", None, f"the modes are {', '.join(MODES)}")
    key = (f, mode, argnums if not isinstance(argnums, list) else tuple(argnums), backend, plan, in_place)
    if key in _known:
        return _known[key]
    inner: Derivative | None = getattr(f, "__adjoint__", None)
    primal = f if inner is None else inner.primal
    steps = () if inner is None else inner.steps
    names = parameter_names(read_source(primal))
    wrt = positions(names, argnums)
    single = not isinstance(argnums, (tuple, list))
    label = (f.__name__ if inner is None else inner.label) + "_" + mode
    extra: tuple[str, ...] = ()
    step: Step
    if mode == "jvp":
        step = Direction(wrt)
        extra = tuple(f"{names[k]}_dot" for k in wrt)
    else:
        step = Target(wrt, single, mode == "value_and_grad", mode == "vjp")
        extra = ("out_bar",) if mode == "vjp" else ()
    settings = Settings(BACKENDS[backend], plan or Options(), in_place)
    made = Derivative(primal, (*steps, step), label, settings, extra).function  # type: ignore[arg-type]
    _known[key] = made
    return made


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
