"""A derivative: a plain function whose code is swapped as specialisations arrive."""
from __future__ import annotations

import inspect
import itertools
import linecache
import threading
import types
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from ..analysis.activity import check_differentiable
from ..emit.text import Emitted
from ..errors import AdjointError, UnsupportedError
from ..frontend.abstract import type_of
from ..frontend.read import Reading
from ..frontend.source import read_source
from ..ir.types import Opaque, Type
from ..pipeline import Settings, Step, Watch, compile_program, read
from .describe import heading
from .guards import Guards
from .outside import conditions_on
from .overlap import no_overlap
from .reference import MODULE, name_of, word_of
from .saved import standing_alone, write
from .signature import signature_of

FAST = 4
_numbers = itertools.count(1)
_making = threading.Lock()
_known: dict[tuple[object, ...], Derivative] = {}


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

    @property
    def condition(self) -> str:
        return " and ".join(self.conditions) or "True"

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.function(*args, **kwargs)

    def save(self, path: str | Path) -> None:
        """Write `alone()`, the text of a module that needs NumPy and the user's own module alone."""
        write(path, self.alone())


@dataclass
class Derivative:
    """What stands behind a derivative's plain function: the primal, the steps, the specialisations."""

    primal: types.FunctionType
    steps: tuple[Step, ...]
    settings: Settings
    specialisations: list[Specialisation] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.source = read_source(self.primal)
        self.lock = threading.RLock()
        self.label = "_".join([self.source.name, *map(word_of, self.steps)])
        self.signature = signature_of(self.primal, self.source, self.steps)
        self.names = self.signature.names
        self.guards = Guards((*self.names, *self.signature.extra))
        self.slow_name = self.guards.refer(self.slow, "slow")
        self.file = f"<adjoint {self.label} calls {next(_numbers)}>"
        self.space: dict[str, Any] = {"__name__": f"adjoint.emitted.{self.label}", "__builtins__": __builtins__}
        self.function = self.first_function()

    # ---- the plain function

    def first_function(self) -> Any:
        function = types.FunctionType(self.dispatcher([]), self.space, self.label)
        if not self.signature.extra:
            function.__defaults__ = self.signature.source.function.__defaults__
            function.__kwdefaults__ = self.signature.source.function.__kwdefaults__
        else:
            function.__signature__ = inspect.signature(function)  # type: ignore[attr-defined]
        function.__dict__.update(vars(self.primal))
        function.__annotations__ = {k: v for k, v in notes_of(self.primal).items() if k != "return"}
        known = {
            "__doc__": f"The derivative ({self.label}) of `{self.primal.__qualname__}`.\n\n{self.primal.__doc__ or ''}",
            "__module__": MODULE, "__qualname__": name_of(self.primal, self.steps, self.settings),
            "__wrapped__": self.primal, "__adjoint__": self, "primal": self.primal, "specialize": self.specialize,
            "save": self.save,
            "source": "# compiled at the first call; `.specialize(*example_args).source` shows it before\n"}
        for word, value in known.items():
            setattr(function, word, value)
        self.space.update(self.guards.objects)
        return function

    def dispatcher(self, specialisations: list[Specialisation]) -> types.CodeType:
        """The code of the plain function: the guards of the latest specialisations, then the slow way.

        The defaults in its text stand for those of the primal, which the function object has.
        """
        call = self.signature.arguments()
        defaults = dict.fromkeys(self.signature.with_default(), "None")
        lines = [f"def {self.label}({self.signature.parameters(defaults)}):"]
        for special in specialisations[-FAST:]:
            name = self.guards.refer(special.function, "impl")
            lines += [f"    if {special.condition}:", f"        return {name}({call})"]
        lines.append(f"    return {self.slow_name}({call})")
        text = "\n".join(lines) + "\n"
        scratch: dict[str, Any] = {}
        exec(compile(text, self.file, "exec"), scratch)
        linecache.cache[self.file] = (len(text), None, text.splitlines(True), self.file)
        code: types.CodeType = scratch[self.label].__code__
        return code

    # ---- finding a specialisation

    def bound(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, ...]:
        """The primal's arguments in the order of its parameters, defaults filled in."""
        if not kwargs and len(args) == len(self.names):
            return args
        bound = inspect.signature(self.signature.source.function, follow_wrapped=False).bind(*args, **kwargs)
        bound.apply_defaults()
        return tuple(bound.arguments[name] for name in self.names)

    def slow(self, *args: Any, **kwargs: Any) -> Any:
        """The way of a call that no fast guard knows: find its specialisation, or compile one."""
        count = len(self.signature.extra)
        primal_args = args[:len(args) - count] if count else args
        special = self.specialise(self.bound(primal_args, kwargs))
        return special.function(*args, **kwargs)

    def specialize(self, *args: Any, **kwargs: Any) -> Specialisation:
        """The derivative that a call with arguments like these would run; `.source` is its text."""
        return self.specialise(self.bound(args, kwargs))

    def specialise(self, args: tuple[Any, ...]) -> Specialisation:
        found = self.find(args)
        if found is None:
            with self.lock:
                found = self.find(args) or self.add(args)
        return found

    def find(self, args: tuple[Any, ...]) -> Specialisation | None:
        """The specialisation that a call runs: the latest are asked first, in the dispatcher's order."""
        known = self.specialisations
        for special in (*known[-FAST:], *known[:-FAST]):
            if special.test(*args):
                return special
        return None

    def add(self, args: tuple[Any, ...]) -> Specialisation:
        """Compile for these arguments.  Nothing is registered before all has succeeded."""
        special = self.compile(args, tuple(self.type_of(arg, name) for name, arg in zip(self.names, args)))
        if not special.test(*args):
            broken = [word for word in special.conditions if not self.test_of((word,))(*args)]
            raise AdjointError(f"a guard of `{self.label}` contradicts the call that it was made for, which is a "
                               f"mistake of the compiler: {'; '.join(broken)}")
        together = [*self.specialisations, special]
        code = self.dispatcher(together)
        self.space.update(self.guards.objects)
        self.specialisations = together
        self.function.source = special.source
        self.function.__code__ = code    # one atomic store: references held by others call it from now on
        return special

    # ---- compiling

    def type_of(self, arg: Any, name: str) -> Type:
        try:
            return type_of(arg, name)
        except UnsupportedError as refusal:
            why = f"`{name}` is {refusal.why}"
            raise UnsupportedError(why, self.source.span(self.source.node), refusal.remedy) from None

    def compile(self, args: tuple[Any, ...], kinds: tuple[Type, ...], watch: Watch = unwatched) -> Specialisation:
        known = dict(zip(self.names, kinds))
        for name in dict.fromkeys(name for step in self.steps for name in self.signature.wrt(step)):
            if name in known:
                check_differentiable(name, known[name], self.source.span(self.source.node))
        constants = {name: arg for name, arg in zip(self.names, args) if isinstance(known[name], Opaque)}
        reading = read(self.primal, known, constants)
        emitted = self.text_of(reading, known, constants, False, watch)
        conditions = self.conditions(reading, kinds, args)
        function = self.load(emitted, reading)
        alone = partial(self.text_of, reading, known, constants, True)
        return Specialisation(emitted.text, function, kinds, conditions, emitted, reading, self.test_of(conditions),
                              lambda: alone().text)

    def save(self, path: str | Path, *args: Any, **kwargs: Any) -> None:
        """Write the derivative as a module that needs NumPy and the user's own module alone.

        Example arguments say which specialisation is meant, where there is not just one.
        """
        if args or kwargs:
            return self.specialise(self.bound(args, kwargs)).save(path)
        if len(self.specialisations) != 1:
            raise AdjointError(f"`{self.label}` has {len(self.specialisations) or 'no'} specialisations: pass example "
                               "arguments, as in save(path, *args)")
        return self.specialisations[0].save(path)

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
            if not isinstance(arg, (int, float, complex, str)):
                shared.append(name)
        outside, arrays = conditions_on(reading, self.guards)
        words += outside
        shared += arrays
        words += self.guards.of_facts(reading.facts)
        for hot in reading.hot_parameters:
            others = [word for word in shared if word != hot]
            if others:
                check = self.guards.refer(no_overlap, "no_overlap")
                words.append(f"{check}({hot!r}, {hot}, {', '.join(others)})")
        return tuple(dict.fromkeys(words))

    def load(self, emitted: Emitted, reading: Reading) -> Any:
        """Run the text in the derivative's own namespace; tracebacks and pdb find its lines."""
        file = f"<adjoint {self.label} {next(_numbers)}>"
        linecache.cache[file] = (len(emitted.text), None, emitted.text.splitlines(True), file)
        space: dict[str, Any] = {"__name__": self.space["__name__"], "__builtins__": __builtins__}
        for (owner, _), where in reading.outside.items():
            if isinstance(where, types.CellType):
                space[owner.removesuffix("()")] = where
        code = compile(emitted.text, file, "exec")
        try:
            exec(code, space)
        except ModuleNotFoundError as missing:
            return missing_module(missing)
        return space.pop(emitted.name)


def notes_of(function: types.FunctionType) -> dict[str, Any]:
    """The annotations of a function; none where they name what is not defined yet."""
    try:
        return dict(function.__annotations__)
    except NameError:
        return {}


def missing_module(missing: ModuleNotFoundError) -> Any:
    """Stands in for a derivative whose backend is not installed: its text can be had, a call raises."""
    def unavailable(*args: Any, **kwargs: Any) -> Any:
        raise ModuleNotFoundError(f"{missing}; install it to run this derivative, or save its text") from missing

    return unavailable


def obtain(primal: types.FunctionType, steps: tuple[Step, ...], settings: Settings) -> Any:
    """The plain function of a derivative: the same one each time."""
    key = (primal, steps, settings.backend.name, settings.plan, settings.in_place)
    with _making:
        if key not in _known:
            _known[key] = Derivative(primal, steps, settings)
        return _known[key].function


__all__ = ["Derivative", "Specialisation", "obtain"]
