"""Derivative rules of the user's own functions, in the language of the folder `templates/`.

before: `exp`, a function of the user's, and how it is differentiated
after:  calls of `exp` stay calls in what is emitted, and are differentiated by the rule

    @adjoint.template.elementwise(exp)
    def exp_rule(z, x):
        dz_dx = z
"""
from __future__ import annotations

import types
from collections.abc import Callable
from typing import Any, TypeVar

from .errors import UnsupportedError
from .frontend.templates import assigned_in, load_templates, read_rule
from .primitives.primitive import REGISTRY

Rule = TypeVar("Rule", bound=Callable[..., Any])


def elementwise(function: Callable[..., Any], **options: str) -> Callable[[Rule], Rule]:
    """The rule of a function of each element by itself: `dz_dx` for each operand x.

    The rule's parameters are z, the function's result, then the function's own.  Its body is parsed, never
    run: what it assigns is spliced into the emitted code, where it is needed.

    Args:
        function: a function of a module.
        options: `cost`: "cheap", "dear" or "never", whether to compute it again in the backward sweep;
            `noun`: what an unnamed result is called.

    Raises:
        UnsupportedError: where the function cannot be found again by its name, or the rule lacks a definition.
    """
    return registered("elementwise", function, options)


def linear(function: Callable[..., Any], **options: str) -> Callable[[Rule], Rule]:
    """The rule of a linear function: `x_bar`, its transpose applied to `z_bar`."""
    return registered("linear", function, options)


def bilinear(function: Callable[..., Any], **options: str) -> Callable[[Rule], Rule]:
    """The rule of a function that is linear in each of two operands: `x_bar` and `y_bar`."""
    return registered("bilinear", function, options)


def general(function: Callable[..., Any], **options: str) -> Callable[[Rule], Rule]:
    """The rule of any function: `x_bar` for the reverse mode, `z_dot` for the forward mode."""
    return registered("general", function, options)


def constant(function: Callable[..., Any], **options: str) -> Callable[[Rule], Rule]:
    """The rule of a function whose derivative is zero: an empty body."""
    return registered("constant", function, options)


def registered(kind: str, function: Callable[..., Any], options: dict[str, str]) -> Callable[[Rule], Rule]:
    """A decorator that registers a rule."""
    name = getattr(function, "__qualname__", repr(function))
    if not isinstance(function, (types.FunctionType, types.BuiltinFunctionType)) or "." in name or "<" in name:
        raise UnsupportedError(f"`{name}` cannot be imported by its name", None,
                               "give a rule to a function that is defined at the top of a module")
    load_templates()

    def register(rule: Rule) -> Rule:
        primitive = read_rule(rule, kind, function, (), options)  # type: ignore[arg-type]
        defined = assigned_in(primitive)
        for operand in primitive.parameters[1:]:
            wanted = {"elementwise": f"dz_d{operand}", "constant": ""}.get(kind, f"{operand}_bar")
            if wanted and wanted not in defined:
                raise UnsupportedError(f"the rule of `{name}` does not say what `{wanted}` is", None,
                                       f"assign it in `{rule.__name__}`")
        REGISTRY.add(primitive)
        return rule

    return register
