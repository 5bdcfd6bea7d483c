"""A derivative: a plain function whose code is swapped as specialisations arrive."""
from __future__ import annotations

import inspect
import itertools
import linecache
import sys
import threading
import types
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..emit.backend import BACKENDS
from ..emit.text import Emitted, Heading
from ..errors import AliasError, UnsupportedError
from ..frontend.abstract import type_of
from ..frontend.read import Reading, parameter_names
from ..frontend.source import read_source
from ..ir.types import Opaque, Type
from ..pipeline import Settings, Step, Watch, compile_program, read
from .guards import Guards

FAST = 4
_numbers = itertools.count(1)


@dataclass
class Specialisation:
    """One compiled derivative: `source` is the text that runs, `function` its object."""

    source: str
    function: Any
    kinds: tuple[Type, ...]
    condition: str
    emitted: Emitted
    reading: Reading

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.function(*args, **kwargs)


@dataclass
class Derivative:
    """What stands behind a derivative's plain function: the primal, the steps, the specialisations."""

    primal: types.FunctionType
    steps: tuple[Step, ...]
    label: str
    settings: Settings
    extra: tuple[str, ...] = ()
    specialisations: list[Specialisation] = field(default_factory=list)
    guards: Guards = field(default_factory=Guards)

    def __post_init__(self) -> None:
        self.lock = threading.RLock()
        self.source = read_source(self.primal)
        self.names = parameter_names(self.source)
        self.space: dict[str, Any] = {"__name__": f"adjoint.emitted.{self.label}", "__builtins__": __builtins__}
        self.space["_slow"] = self.slow
        self.function = self.first_function()

    # ---- the plain function

    def parameter_list(self, defaults: bool = True) -> str:
        spec = self.source.node.args
        given = "=None" if defaults else ""
        count = len(spec.posonlyargs) + len(spec.args) - len(spec.defaults)
        words = []
        for k, arg in enumerate([*spec.posonlyargs, *spec.args]):
            words.append(arg.id + (given if k >= count and not self.extra else ""))
            if spec.posonlyargs and k == len(spec.posonlyargs) - 1:
                words.append("/")
        words += self.extra
        if spec.kwonlyargs:
            words.append("*")
            words += [arg.id + (given if default is not None else "")
                      for arg, default in zip(spec.kwonlyargs, spec.kw_defaults)]
        return ", ".join(words)

    def first_function(self) -> Any:
        exec(self.dispatcher_text(), self.space)
        function = self.space.pop(self.label)
        if not self.extra:
            function.__defaults__ = self.primal.__defaults__
            function.__kwdefaults__ = self.primal.__kwdefaults__
        function.__doc__ = f"The derivative ({self.label}) of `{self.primal.__qualname__}`.\n\n{self.primal.__doc__ or ''}"
        function.__wrapped__ = self.primal
        function.__adjoint__ = self
        function.primal = self.primal
        function.specialize = self.specialize
        function.source = "# compiled at the first call; `.specialize(*example_args).source` shows it before\n"
        return function

    def dispatcher_text(self) -> str:
        lines = [f"def {self.label}({self.parameter_list()}):"]
        for k, special in enumerate(self.specialisations[-FAST:]):
            number = max(len(self.specialisations) - FAST, 0) + k
            lines += [f"    if {special.condition}:", f"        return _impl{number}({self.call_list()})"]
        lines.append(f"    return _slow({self.call_list()})")
        return "\n".join(lines) + "\n"

    def call_list(self) -> str:
        spec = self.source.node.args
        keyword_only = [arg.id for arg in spec.kwonlyargs]
        return ", ".join([*(n for n in self.names if n not in keyword_only), *self.extra, *(f"{n}={n}" for n in keyword_only)])

    # ---- compiling

    def bound(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, ...]:
        """The primal's arguments by position, defaults filled in."""
        if not kwargs and len(args) == len(self.names):
            return args
        bound = inspect.signature(self.primal).bind(*args, **kwargs)
        bound.apply_defaults()
        return tuple(bound.arguments[name] for name in self.names)

    def slow(self, *args: Any, **kwargs: Any) -> Any:
        """The way of a call that no fast guard knows: find its specialisation, or compile one."""
        count = len(self.extra)
        primal_args = args[:len(args) - count] if count else args
        special = self.specialise(self.bound(primal_args, kwargs))
        return special.function(*args, **kwargs)

    def specialize(self, *args: Any, **kwargs: Any) -> Specialisation:
        """The derivative that a call with arguments like these would run; `.source` is its text."""
        return self.specialise(self.bound(args, kwargs))

    def specialise(self, args: tuple[Any, ...]) -> Specialisation:
        kinds = tuple(self.type_of(arg, name) for name, arg in zip(self.names, args))
        with self.lock:
            for special in self.specialisations:
                if special.kinds == kinds and self.holds(special, args):
                    return special
            special = self.compile(args, kinds)
            self.specialisations.append(special)
            self.space[f"_impl{len(self.specialisations) - 1}"] = special.function
            self.publish()
            return special

    def type_of(self, arg: Any, name: str) -> Type:
        try:
            return type_of(arg, name)
        except UnsupportedError as refusal:
            why = f"`{name}` is {refusal.why}"
            raise UnsupportedError(why, self.source.span(self.source.node), refusal.remedy) from None

    def holds(self, special: Specialisation, args: tuple[Any, ...]) -> bool:
        space = dict(self.space, **dict(zip(self.names, args)))
        condition = special.condition.replace(".dtype is ", ".dtype == ")
        return bool(eval(condition, space))

    def publish(self) -> None:
        """Swap the function's code for one that knows the new specialisation: one atomic store."""
        scratch: dict[str, Any] = {}
        exec(self.dispatcher_text(), scratch)
        self.space.update(self.guards.objects)
        self.function.source = self.specialisations[-1].source
        self.function.__code__ = scratch[self.label].__code__

    def compile(self, args: tuple[Any, ...], kinds: tuple[Type, ...], watch: Watch = lambda name, program: None) -> Specialisation:
        constants = {name: arg for name, arg, kind in zip(self.names, args, kinds) if isinstance(kind, Opaque)}
        reading = read(self.primal, dict(zip(self.names, kinds)), constants)
        emitted = compile_program(reading, self.steps, self.settings, self.heading(), self.aliases(), set(), watch)
        function = self.load(emitted, reading)
        condition = self.condition(reading, kinds, args)
        return Specialisation(emitted.text, function, kinds, condition, emitted, reading)

    def heading(self) -> Heading:
        code = self.primal.__code__
        what = f"Written by adjoint from {code.co_filename.rpartition('/')[2]}:{code.co_firstlineno} ({self.primal.__name__})."
        return Heading(self.label, self.parameter_list(False), "", (f"# {what}",))

    def aliases(self) -> dict[str, str]:
        """The user's own names for modules."""
        found = {}
        for name, value in self.primal.__globals__.items():
            if isinstance(value, types.ModuleType) and value.__name__ in ("numpy", "math", "scipy.special"):
                found.setdefault(value.__name__, name)
        return found

    def condition(self, reading: Reading, kinds: tuple[Type, ...], args: tuple[Any, ...]) -> str:
        words: list[str] = []
        for name, kind, arg in zip(self.names, kinds, args):
            words += self.guards.of_type(kind, name, arg)
        words += self.guards.of_facts(reading.facts)
        for hot in reading.hot_parameters:
            others = [n for n, a in zip(self.names, args) if n != hot and not isinstance(a, (int, float, complex, str))]
            if others:
                check = self.guards.refer(no_overlap, "_no_overlap")
                words.append(f"{check}({hot!r}, {hot}, {', '.join(others)})")
        return " and ".join(dict.fromkeys(words)) or "True"

    def load(self, emitted: Emitted, reading: Reading) -> Any:
        """Run the text in the derivative's own namespace; tracebacks and pdb find its lines."""
        file = f"<adjoint {self.label} {next(_numbers)}>"
        linecache.cache[file] = (len(emitted.text), None, emitted.text.splitlines(True), file)
        for (owner, word), where in reading.outside.items():
            if isinstance(where, types.CellType):
                self.space["cell_" + word] = where
            elif owner in sys.modules:
                self.space.setdefault(owner.split(".")[0], sys.modules[owner.split(".")[0]])
        code = compile(emitted.text, file, "exec")
        try:
            exec(code, self.space)
        except ModuleNotFoundError as missing:
            return missing_module(missing)
        return self.space.pop(emitted.name)


def missing_module(missing: ModuleNotFoundError) -> Any:
    """Stands in for a derivative whose backend is not installed: its text can be had, a call raises."""
    def unavailable(*args: Any, **kwargs: Any) -> Any:
        raise ModuleNotFoundError(f"{missing}; install it to run this derivative, or save its text") from missing

    return unavailable


def no_overlap(name: str, written: Any, *others: Any) -> bool:
    """True; raises AliasError where an array that the function writes shares memory with another."""
    for other in others:
        if isinstance(other, (list, tuple)):
            no_overlap(name, written, *other)
        elif isinstance(other, dict):
            no_overlap(name, written, *other.values())
        elif isinstance(other, np.ndarray) and np.may_share_memory(written, other):
            raise AliasError(f"`{name}` is written by the function, and shares memory with another argument: "
                             "pass a copy of one of them")
    return True


def positions(names: list[str], argnums: Any) -> tuple[int, ...]:
    """argnums of any form as positions.  Raises UnsupportedError for what names no parameter."""
    found = []
    for one in argnums if isinstance(argnums, (tuple, list)) else (argnums,):
        if isinstance(one, str) and one in names:
            found.append(names.index(one))
        elif type(one) is int and -len(names) <= one < len(names):
            found.append(one % len(names))
        else:
            raise UnsupportedError(f"argnums: there is no parameter {one!r}", None, f"the parameters are {', '.join(names)}")
    return tuple(found)


__all__ = ["BACKENDS", "Derivative", "Specialisation", "positions"]
