"""From the types of a call to a specialisation: a compiled derivative, and when it is right."""
from __future__ import annotations

import itertools
import linecache
import types
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from ..analysis.activity import check_differentiable
from ..emit.text import Emitted
from ..errors import UnsupportedError
from ..frontend.abstract import layout_of, type_of
from ..frontend.read import Reading, Shown
from ..frontend.scope import is_instance
from ..frontend.source import read_source
from ..frontend.things import Session
from ..ir.dims import Dim
from ..ir.types import Array, Number, NumpyScalar, Opaque, Type
from ..pipeline import Settings, Step, Watch, compile_program, differentiate, read
from ..primitives.layouts import Layout
from .describe import heading
from .guards import Guards
from .outside import conditions_on
from .overlap import check_named, no_overlap, one_array
from .reference import word_of
from .saved import check_complete, standing_alone, write
from .signature import signature_of

numbers = itertools.count(1)


def unwatched(name: str, program: object) -> None:
    """Looks at no pass."""


@dataclass
class Specialisation:
    """One compiled derivative: `source` is the text that runs, `function` its object.

    It is right for the arguments for which all `conditions` are true; `test` evaluates them.
    """

    source: str
    function: Any
    kinds: tuple[Type, ...]
    conditions: tuple[str, ...]
    emitted: Emitted
    reading: Reading
    test: Callable[..., bool]
    alone: Callable[[], str]
    code: types.CodeType

    @property
    def condition(self) -> str:
        return " and ".join(self.conditions) or "True"

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.function(*args, **kwargs)

    def save(self, path: str | Path) -> None:
        """Write `alone()`, the text of a module that needs NumPy and the user's own module alone."""
        write(path, self.alone())


@dataclass
class Compiler:
    """Compiles specialisations of one derivative: of the primal, by these steps."""

    primal: types.FunctionType
    steps: tuple[Step, ...]
    settings: Settings

    def __post_init__(self) -> None:
        self.source = read_source(self.primal)
        self.label = "_".join([self.source.name, *map(word_of, self.steps)])
        self.module = f"adjoint.emitted.{self.label}"
        self.signature = signature_of(self.primal, self.source, self.steps)
        self.names = self.signature.names
        self.wrt = {name for step in self.steps for name in self.signature.wrt(step)}
        self.guards = Guards((*self.names, *self.signature.extra))

    def type_of(self, arg: Any, name: str) -> Type:
        if is_instance(arg) and name not in self.wrt:   # its attributes are read as they are asked for
            return Opaque(type(arg).__name__)
        try:
            return type_of(arg, name)
        except UnsupportedError as refusal:
            why = f"`{name}` is {refusal.why}"
            raise UnsupportedError(why, self.source.span(self.source.node), refusal.remedy) from None

    def compile(self, args: tuple[Any, ...], kinds: tuple[Type, ...], watch: Watch = unwatched,
                equal: tuple[tuple[Dim, Dim], ...] = ()) -> Specialisation:
        """The specialisation for arguments of these types; `args` has those that are known by value.

        `equal`: sizes that are equal whatever the function does with them.
        """
        known = dict(zip(self.names, kinds))
        for name in self.names:
            if name in self.wrt:
                check_differentiable(name, known[name], self.source.span(self.source.node))
        constants = {name: arg for name, arg in zip(self.names, args) if isinstance(known[name], Opaque)}
        given = dict(zip(self.names, args))
        shown = Shown({}, {name: layout_of(given[name], name) for name in self.names if isinstance(known[name], Array)})
        reading = read(self.primal, known, constants, shown=shown)
        same = one_array(reading.unshared, known, given)
        if same:
            check_named(same, reading.unshared, self.steps, self.signature)
            reading = read(self.primal, known, constants, shown=replace(shown, same=same))
        reading.facts.equal.update(dict.fromkeys(equal))
        emitted = self.text_of(reading, known, constants, False, watch)
        conditions = self.conditions(reading, kinds, args)
        return self.special(reading, known, constants, conditions, emitted, self.code_of(emitted))

    def special(self, reading: Reading, known: dict[str, Type], constants: dict[str, object],
                conditions: tuple[str, ...], emitted: Emitted, code: types.CodeType) -> Specialisation:
        alone = partial(self.text_of, reading, known, constants, True)
        return Specialisation(emitted.text, self.load(code, emitted, reading), tuple(known.values()), conditions,
                              emitted, reading, self.test_of(conditions),
                              lambda: self.complete(alone(), reading), code)

    def taken_over(self, special: Specialisation, other: Compiler, args: tuple[Any, ...]) -> Specialisation | None:
        """Another function's specialisation, for this one of the same code with other closure cells.

        None where it is not right for the call.  What its guards refer to becomes this derivative's.
        """
        cells = dict(zip(map(id, other.primal.__closure__ or ()), self.primal.__closure__ or ()))
        slow = dict(self.guards.objects)
        mine = {name: cells.get(id(found), found) for name, found in other.guards.objects.items()}
        self.guards.objects = {**mine, **slow}
        if not self.test_of(special.conditions)(*args):
            self.guards.objects = slow
            return None
        outside = {key: cells.get(id(where), where) for key, where in special.reading.outside.items()}
        source = replace(special.reading.source, function=self.primal)
        reading = replace(special.reading, outside=outside, source=source)
        known = dict(zip(self.names, special.kinds))
        constants = {name: arg for name, arg in zip(self.names, args) if isinstance(known[name], Opaque)}
        return self.special(reading, known, constants, special.conditions, special.emitted, special.code)

    def program(self, kinds: dict[str, Type], constants: dict[str, object], caller: Session,
                layouts: dict[str, Layout]) -> Reading:
        """The derivative's program, as a part of that of a function that calls it."""
        for name in self.names:
            if name in self.wrt:
                check_differentiable(name, kinds[name], self.source.span(self.source.node))
        reading = read(self.primal, kinds, constants, caller, Shown({}, layouts))
        return replace(reading, function=differentiate(reading, self.steps, unwatched))

    def complete(self, emitted: Emitted, reading: Reading) -> str:
        check_complete(emitted, reading)
        return emitted.text

    def text_of(self, reading: Reading, known: dict[str, Type], constants: dict[str, object], alone: bool,
                watch: Watch = unwatched) -> Emitted:
        """The text of a specialisation; `alone`: as a file of its own."""
        head = heading(self.label, self.signature, self.steps, self.settings, reading, known, constants)
        if alone:
            head, reading = standing_alone(head, reading, known)
        return compile_program(reading, self.steps, self.settings, head, self.aliases(), set(), watch)

    def test_of(self, conditions: tuple[str, ...]) -> Callable[..., bool]:
        """The conditions as a function of the primal's parameters."""
        space = {"__builtins__": __builtins__, **self.guards.objects}
        test: Callable[..., bool] = eval(f"lambda {', '.join(self.names)}: {' and '.join(conditions) or True}", space)
        return test

    def aliases(self) -> dict[str, str]:
        """The user's own names for modules."""
        found: dict[str, str] = {}
        for name, value in self.primal.__globals__.items():
            if isinstance(value, types.ModuleType) and value.__name__ in ("numpy", "math", "scipy.special"):
                found.setdefault(value.__name__, name)
        return found

    def conditions(self, reading: Reading, kinds: tuple[Type, ...], args: tuple[Any, ...]) -> tuple[str, ...]:
        """When the specialisation is right: types, what the compile relied on, nothing overlapping."""
        words: list[str] = []
        shared = []
        for name, kind, arg in zip(self.names, kinds, args):
            words += self.guards.of_type(kind, name, arg, outermost=True)
            if not isinstance(kind, (Number, NumpyScalar)) and not isinstance(arg, str):
                shared.append(name)
        outside, arrays = conditions_on(reading, self.guards)
        words += outside
        shared += arrays
        words += self.guards.of_facts(reading.facts)
        words += [f"{name} is {first}" for name, first in reading.same.items()]
        for hot in reading.unshared:
            others = [word for word in shared if reading.same.get(word, word) != hot]
            words += [f"{hot} is not {name}" for name, kind in zip(self.names, kinds)
                      if name in others and isinstance(kind, Array)]
            if others:
                check = self.guards.refer(no_overlap, "no_overlap")
                words.append(f"{check}({hot!r}, {hot}, {', '.join(others)})")
        return tuple(dict.fromkeys(words))

    def code_of(self, emitted: Emitted) -> types.CodeType:
        """The text, compiled; tracebacks and pdb find its lines."""
        file = f"<adjoint {self.label} {next(numbers)}>"
        linecache.cache[file] = (len(emitted.text), None, emitted.text.splitlines(True), file)
        return compile(emitted.text, file, "exec")

    def load(self, code: types.CodeType, emitted: Emitted, reading: Reading) -> Any:
        """Run the text in a namespace of its own."""
        space: dict[str, Any] = {"__name__": self.module, "__builtins__": __builtins__, **emitted.objects}
        for (owner, _), where in reading.outside.items():
            if isinstance(where, types.CellType) and owner in emitted.cells:
                space[emitted.cells[owner]] = where
        try:
            exec(code, space)
        except ModuleNotFoundError as missing:
            return missing_module(missing)
        return space.pop(emitted.name)


def missing_module(missing: ModuleNotFoundError) -> Any:
    """Stands in for a derivative whose backend is not installed: its text can be had, a call raises."""
    def unavailable(*args: Any, **kwargs: Any) -> Any:
        raise ModuleNotFoundError(f"{missing}; install it to run this derivative, or save its text") from missing

    return unavailable
