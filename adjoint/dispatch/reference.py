"""A name for every derivative, by which a pickle finds it again.

A derivative is pickled as a name in the module `adjoint.derivatives`, which no file spells out: the
name says where the primal stands and what was done to it, and asking for it makes the derivative
anew.  It has no dots, at which `pickle` would split it.
"""
from __future__ import annotations

import dataclasses
import importlib
import re
import types

from ..emit.backend import BACKENDS
from ..materialise.plan import Options
from ..pipeline import Settings, Step
from ..transform.forward import Direction
from ..transform.reverse import Target

MODULE = "adjoint.derivatives"
NAME = re.compile(r"([^ :]+):([^ :]+)((?: \w+\([\d,]+\))+) (\w+?)( [01]+)?")
STEP = re.compile(r"(\w+)\(([\d,]+)\)")
MODES = ("grad", "value_and_grad", "elementwise_grad", "vjp", "jvp")
AUX = "_aux"


def word_of(step: Step) -> str:
    """The mode's name."""
    if isinstance(step, Direction):
        return "jvp"
    if step.elementwise:
        return "elementwise_grad"
    return "value_and_grad" if step.value else "vjp" if step.pullback else "grad"


def step_of(mode: str, wrt: tuple[int, ...], single: bool, aux: bool = False) -> Step:
    if mode == "jvp":
        return Direction(wrt)
    return Target(wrt, single, mode == "value_and_grad", mode == "vjp", aux, mode == "elementwise_grad")


def name_of(primal: types.FunctionType, steps: tuple[Step, ...], settings: Settings) -> str:
    """"package/module:function grad(0) numpy": what `found` understands."""
    words = [f"{primal.__module__}:{primal.__qualname__}".replace(".", "/")]
    for step in steps:
        comma = "" if getattr(step, "single", False) else ","
        aux = AUX if getattr(step, "aux", False) else ""
        words.append(f"{word_of(step)}{aux}({','.join(map(str, step.wrt))}{comma})")
    words.append(settings.backend.name)
    if settings != Settings(settings.backend):
        words.append("".join(str(int(flag)) for flag in (*dataclasses.astuple(settings.plan), settings.in_place)))
    return " ".join(words)


def found(name: str) -> tuple[types.FunctionType, tuple[Step, ...], Settings]:
    """What a name stands for.  Raises AttributeError where it stands for nothing."""
    match = NAME.fullmatch(name)
    if match is None:
        raise AttributeError(f"{name!r} names no derivative")
    module, path, words, backend, flags = match.groups()
    steps = []
    for mode, digits in STEP.findall(words):
        word = mode.removesuffix(AUX)
        if word not in MODES or backend not in BACKENDS:
            raise AttributeError(f"{name!r} names no derivative")
        wrt = tuple(map(int, filter(None, digits.split(","))))
        steps.append(step_of(word, wrt, not digits.endswith(","), mode != word))
    settings = Settings(BACKENDS[backend])
    if flags:
        plan, in_place = [flag == "1" for flag in flags[1:-1]], flags[-1] == "1"
        settings = dataclasses.replace(settings, plan=Options(*plan), in_place=in_place)
    return primal_at(module.replace("/", "."), path.replace("/", ".")), tuple(steps), settings


def primal_at(module: str, path: str) -> types.FunctionType:
    """The function at this place, or, where a decorator put a derivative there, its primal."""
    thing: object = importlib.import_module(module)
    for word in path.split("."):
        thing = getattr(thing, word)
    standing = getattr(thing, "__adjoint__", None)
    thing = thing if standing is None else standing.primal
    if not isinstance(thing, types.FunctionType):
        raise AttributeError(f"{path!r} of {module} is not a function")
    return thing
