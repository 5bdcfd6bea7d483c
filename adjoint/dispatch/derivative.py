"""A derivative: a plain function whose code is swapped as specialisations arrive."""
from __future__ import annotations

import inspect
import itertools
import linecache
import threading
import types
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..errors import AdjointError
from ..pipeline import Settings, Step
from .annotated import Declared, declared
from .compiling import Compiler, Specialisation, numbers
from .reference import MODULE, name_of
from .signature import literal

FAST = 4
HOW = "# compiled at the first call; `.specialize(*example_args).source` shows it before\n"
_making = threading.Lock()
_known: dict[tuple[object, ...], dict[types.FunctionType, Derivative]] = {}
FAMILY = 16     # of so many functions of one code, made in a function, the derivatives are remembered


@dataclass
class Derivative(Compiler):
    """What stands behind a derivative's plain function: the specialisations, and the guards that choose."""

    specialisations: list[Specialisation] = field(default_factory=list)
    family: dict[types.FunctionType, Derivative] = field(default_factory=dict)     # of functions of one code

    def __post_init__(self) -> None:
        super().__post_init__()
        self.lock = threading.RLock()
        self.slow_name = self.guards.refer(self.slow, "slow")
        self.file = f"<adjoint {self.label} calls {next(numbers)}>"
        self.space: dict[str, Any] = {"__name__": self.module, "__builtins__": __builtins__}
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
            "source": HOW}
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
        """Compile for these arguments."""
        special = self.found_in_family(args) or self.compile(
            args, tuple(self.type_of(arg, name) for name, arg in zip(self.names, args)))
        if not special.test(*args):
            broken = [word for word in special.conditions if not self.test_of((word,))(*args)]
            raise AdjointError(f"a guard of `{self.label}` contradicts the call that it was made for, which is a "
                               f"mistake of the compiler: {'; '.join(broken)}")
        self.publish(special)
        return special

    def found_in_family(self, args: tuple[Any, ...]) -> Specialisation | None:
        """What was compiled for another function of the same code, as for a lambda that is made in each call."""
        if self.specialisations or len(self.guards.objects) > 1:    # the guards' words have meanings already
            return None
        for other in list(self.family.values()):
            for special in other.specialisations if other.defaults() == self.defaults() else []:
                mine = self.taken_over(special, other, args)
                if mine is not None:
                    return mine
        return None

    def defaults(self) -> list[str | None]:
        """The texts of the defaults, which the text of a specialisation shows."""
        primal = self.signature.source.function
        return [literal(value) for value in (*(primal.__defaults__ or ()), *(primal.__kwdefaults__ or {}).values())]

    def publish(self, special: Specialisation) -> None:
        """Let calls find a specialisation.  Nothing is registered before all has succeeded."""
        together = [*self.specialisations, special]
        code = self.dispatcher(together)
        self.space.update(self.guards.objects)
        self.specialisations = together
        self.function.source = special.source
        self.function.__code__ = code    # one atomic store: references held by others call it from now on

    def preview(self) -> None:
        """Compile for what the annotations declare, so that `.source` is there before any call."""
        with self.lock:
            try:
                special, found = self.first_of(declared(self.signature.source))
            except Exception as failure:    # it is shown where the source would be; a call says more
                self.function.source = f"# {first_line(failure)}\n{HOW}"
                return
            self.publish(special)
            self.function.source = f"{found}{special.source}"

    def first_of(self, choices: list[Declared]) -> tuple[Specialisation, str]:
        """The first of the ranks that an array may have for which the function can be differentiated."""
        failure: Exception | None = None
        for choice in choices:
            try:
                return self.compile(choice.values, choice.kinds, equal=choice.equal), choice.note
            except AdjointError as refusal:
                failure = failure or refusal
        assert failure is not None
        raise failure

    # ---- a file of its own

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

def notes_of(function: types.FunctionType) -> dict[str, Any]:
    """The annotations of a function; none where they name what is not defined yet."""
    try:
        return dict(function.__annotations__)
    except NameError:
        return {}


def obtain(primal: types.FunctionType, steps: tuple[Step, ...], settings: Settings) -> Any:
    """The plain function of a derivative: the same one each time."""
    key = (primal.__code__, primal.__code__.co_filename, id(primal.__globals__), steps, settings.backend.name,
           settings.plan, settings.in_place)
    with _making:
        family = _known.setdefault(key, {})
        known = family.get(primal)
        made = known or Derivative(primal, steps, settings, family=family)
        family[primal] = made
        if len(family) > FAMILY and "<locals>" in primal.__qualname__:
            del family[next(itertools.islice(family, 1, None))]     # the first stays: others learn from it
    if known is None:
        made.preview()
    return made.function


def first_line(failure: Exception) -> str:
    """What went wrong, in a line."""
    return str(getattr(failure, "why", failure)).partition("\n")[0]


__all__ = ["Derivative", "Specialisation", "obtain"]
