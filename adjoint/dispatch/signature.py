"""The parameter list of a derivative: the primal's, then one for each tangent or cotangent."""
from __future__ import annotations

import ast
import types
from dataclasses import dataclass
from typing import Any

from ..errors import UnsupportedError
from ..frontend.abstract import type_of
from ..frontend.read import parameter_names
from ..frontend.source import Source, interface
from ..ir.types import Opaque, Type
from ..pipeline import Step
from ..transform.forward import Direction


@dataclass(frozen=True)
class Signature:
    """`names`: the primal's parameters; `extra`: those that the steps add, passed by position."""

    source: Source
    names: tuple[str, ...]
    extra: tuple[str, ...] = ()

    @property
    def keyword_only(self) -> tuple[str, ...]:
        return tuple(arg.id for arg in self.source.node.args.kwonlyargs)

    def wrt(self, step: Step) -> list[str]:
        """The names of a step's differentiated parameters."""
        names = (*self.names, *self.extra)
        return [names[k] for k in step.wrt]

    def with_default(self) -> list[str]:
        """The parameters that may be left out."""
        spec = self.source.node.args
        positional = [arg.id for arg in [*spec.posonlyargs, *spec.args]]
        found = positional[len(positional) - len(spec.defaults):] if not self.extra else []
        return found + [arg.id for arg, default in zip(spec.kwonlyargs, spec.kw_defaults) if default is not None]

    def parameters(self, defaults: dict[str, str]) -> str:
        """As it stands behind `def f`; `defaults` are the texts of defaults."""
        def word(name: str) -> str:
            return name + (f"={defaults[name]}" if name in defaults else "")

        spec = self.source.node.args
        words = [word(arg.id) for arg in spec.posonlyargs]
        words += ["/"] if words else []
        words += [word(arg.id) for arg in spec.args] + list(self.extra)
        if spec.kwonlyargs:
            words += ["*", *map(word, self.keyword_only)]
        return ", ".join(words)

    def arguments(self) -> str:
        """As it stands in a call that passes all of them on."""
        positional = [name for name in self.names if name not in self.keyword_only]
        return ", ".join([*positional, *self.extra, *(f"{name}={name}" for name in self.keyword_only)])


def signature_of(primal: types.FunctionType, source: Source, steps: tuple[Step, ...]) -> Signature:
    """Raises UnsupportedError where a new parameter would have the name of another."""
    names = parameter_names(source)
    extra: list[str] = []
    for step in steps:
        known = [*names, *extra]
        if not all(k < len(known) for k in step.wrt):
            raise UnsupportedError(f"there is no parameter {max(step.wrt)}", source.span(source.node),
                                   f"the parameters are {', '.join(known)}")
        new = [f"{known[k]}_dot" for k in step.wrt] if isinstance(step, Direction) else \
            ["out_bar"] if step.pullback else []
        for name in new:
            if name in known:
                raise UnsupportedError(f"`{name}` is a parameter already", source.span(source.node),
                                       "rename it, or differentiate another way")
        extra += new
    return Signature(interface(source), tuple(names), tuple(extra))


def literal_defaults(signature: Signature, kinds: dict[str, Type], constants: dict[str, object]) -> dict[str, str]:
    """The text of each default that is a literal, and for which the specialisation is right.

    Where a positional default is left out, so are those before it.
    """
    primal = signature.source.function
    spec = signature.source.node.args
    values = dict(primal.__kwdefaults__ or {})
    positional = [arg.id for arg in [*spec.posonlyargs, *spec.args]]
    values.update(zip(positional[::-1], (primal.__defaults__ or ())[::-1]))
    found: dict[str, str] = {}
    given = True
    for name in reversed(signature.with_default()):
        text = literal(values.get(name)) if name in values else None
        if text is not None and not fits(values[name], name, kinds[name], constants):
            text = None
        if name not in signature.keyword_only:
            given = given and text is not None
            text = text if given else None
        if text is not None:
            found[name] = text
    return found


def literal(value: object) -> str | None:
    """The value as a literal, or None where it has none."""
    text = repr(value)
    try:
        same: object = ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return None
    return text if type(same) is type(value) and not isinstance(value, (list, dict, set)) else None


def fits(value: Any, name: str, kind: Type, constants: dict[str, object]) -> bool:
    """True where a call with this value is one that the specialisation is made for."""
    return type_of(value, name) == kind and (not isinstance(kind, Opaque) or constants.get(name) == value)


def positions(names: tuple[str, ...], argnums: Any) -> tuple[int, ...]:
    """argnums of any form as positions.  Raises UnsupportedError for what names no parameter, or one twice."""
    parameters = f"the parameters are {', '.join(names)}"
    found: list[int] = []
    for one in argnums if isinstance(argnums, (tuple, list)) else (argnums,):
        if isinstance(one, (tuple, list)):
            raise UnsupportedError(f"argnums: {one!r} inside {argnums!r}", None, "write one flat tuple, as in (0, 1)")
        if isinstance(one, str) and one in names:
            found.append(names.index(one))
        elif type(one) is int and -len(names) <= one < len(names):
            found.append(one % len(names))
        else:
            raise UnsupportedError(f"argnums: there is no parameter {one!r}", None, parameters)
    if not found:
        raise UnsupportedError("argnums names no parameter", None, parameters)
    if len(set(found)) < len(found):
        twice = next(names[k] for k in found if found.count(k) > 1)
        raise UnsupportedError(f"argnums: {twice!r} is named twice", None, "name each parameter once")
    return tuple(found)
