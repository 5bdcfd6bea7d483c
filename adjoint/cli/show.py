"""`adjoint show FILE.py:FUNC`: prints the derivative of a function, or its program after any pass."""
from __future__ import annotations

import argparse
import importlib
import inspect
import sys
import types
from pathlib import Path
from typing import Any

from ..api import derivative
from ..dispatch.annotated import declared, examples
from ..dispatch.derivative import Derivative
from ..dispatch.reference import MODES
from ..emit.backend import BACKENDS
from ..errors import AdjointError, UnsupportedError
from ..frontend.abstract import type_of
from ..frontend.source import interface, read_source
from ..ir.program import Function
from ..ir.show import show
from ..pipeline import PASSES
from .like import SCALARS, LikeError, parse_like

ABOUT = """prints the derivative of FUNC as a call with arguments like the given ones would run it

The arguments are described by --like, e.g. "f8[n,d], [(f8[n,h], f8[h]), ...], float": arrays with dtype and
sizes (a symbol is one size everywhere), lists of any length, tuples (T, U), dicts {"key": T}, numbers.  Without
--like the module's `example_args()` is called, where `EXAMPLE = (FUNC, argnums)` names the function; else the
parameters' annotations say (float, int, complex, bool, or a string like the above)."""


_loaded: set[str] = set()    # the names of modules that commands imported


class CommandError(Exception):
    """A mistake in the command, to be told in one line."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = ABOUT
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("target", metavar="FILE.py:FUNC")
    parser.add_argument("--after", metavar="PASS", help="print the program after this pass: " + ", ".join(PASSES))
    add_what(parser)


def add_what(parser: argparse.ArgumentParser) -> None:
    """The options that say which derivative is meant."""
    parser.add_argument("--like", metavar="TYPES", help="what the arguments are")
    parser.add_argument("--argnums", help="positions or names of the differentiated parameters, e.g. 0 or x,y")
    parser.add_argument("--mode", choices=MODES, help="grad where nothing is said")
    parser.add_argument("--backend", choices=sorted(BACKENDS), help="numpy where nothing is said")


def wanted(target: str, options: argparse.Namespace) -> tuple[Derivative, tuple[Any, ...]]:
    """The derivative that a command is about, and example arguments; FUNC may be a derivative itself."""
    function, module = find_function(target)
    made: Any = getattr(function, "__adjoint__", None)
    primal = function if made is None else made.primal
    args = example_arguments(primal, module, options.like)
    if made is None or options.argnums or options.mode or options.backend:
        argnums = read_argnums(options.argnums, primal, module)
        made = derivative(primal, options.mode or "grad", argnums, backend=options.backend or "numpy").__adjoint__
    return made, args


def run(options: argparse.Namespace) -> str:
    """The text to print.  Raises CommandError, LikeError, AdjointError."""
    made, args = wanted(options.target, options)
    if options.after is None:
        return str(made.specialise(args).source)
    return show(program_after(made, args, options.after))


def program_after(made: Derivative, args: tuple[Any, ...], wanted: str) -> Function:
    """The program as it is after a pass: the last time, where it runs more than once."""
    if wanted not in PASSES:
        raise CommandError(f"there is no pass {wanted!r}; the passes are {', '.join(PASSES)}")
    programs: dict[str, Function] = {}
    kinds = tuple(type_of(arg, name) for name, arg in zip(made.names, args))
    made.compile(args, kinds, programs.__setitem__)
    return programs[wanted]


def find_function(target: str) -> tuple[types.FunctionType, types.ModuleType]:
    file, colon, name = target.rpartition(":")
    if not colon or not name.isidentifier():
        raise CommandError(f"{target!r} is not of the form FILE.py:FUNC")
    path = Path(file)
    if not path.is_file():
        raise CommandError(f"there is no file {file}")
    module = load(path)
    function = getattr(module, name, None)
    if function is None:
        known = [n for n, f in vars(module).items() if inspect.isfunction(f) and f.__module__ == module.__name__]
        raise CommandError(f"{file} has no function {name!r}; it has {', '.join(known) or 'none'}")
    if not inspect.isfunction(function):
        raise CommandError(f"{name!r} of {file} is not a Python function")
    return function, module


def load(path: Path) -> types.ModuleType:
    """The module of a file, imported with its own folder on the path, as `python FILE.py` would."""
    folder, names = path.resolve().parent, [path.stem]
    while (folder / "__init__.py").is_file():   # a module of a package
        folder, names = folder.parent, [folder.name, *names]
    name = ".".join(names)
    if name in _loaded:
        del sys.modules[name]
    known = getattr(sys.modules.get(name), "__file__", None)
    if name in sys.modules and (known is None or Path(known).resolve() != path.resolve()):
        raise CommandError(f"{path} has the name of a module that is in use here, `{name}`: rename it")
    if name not in sys.modules:
        _loaded.add(name)
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    try:
        module = importlib.import_module(name)
    except Exception as failure:
        raise CommandError(f"{path} cannot be imported: {type(failure).__name__}: {failure}") from failure
    return module


def example_arguments(function: types.FunctionType, module: types.ModuleType, like: str | None) -> tuple[Any, ...]:
    """Arguments from --like, from the module's `example_args`, or from annotations."""
    if like is not None:
        args = parse_like(like)
    elif is_example(function, module):
        args = tuple(module.example_args())
    else:
        args = annotated(function)
    try:
        bound = inspect.signature(function).bind(*args)
    except TypeError as failure:
        raise CommandError(f"{function.__name__}{inspect.signature(function)} cannot be called with "
                           f"{len(args)} arguments: {failure}") from None
    bound.apply_defaults()
    return tuple(bound.arguments.values())


def is_example(function: types.FunctionType, module: types.ModuleType) -> bool:
    example = getattr(module, "EXAMPLE", None)
    return hasattr(module, "example_args") and (example is None or example[0] == function.__name__)


def annotated(function: types.FunctionType) -> tuple[Any, ...]:
    try:
        choice = declared(interface(read_source(function)))[0]
        return examples(choice.kinds, choice.values)
    except UnsupportedError:
        words = []
    for name, parameter in inspect.signature(function).parameters.items():
        if parameter.annotation is parameter.empty and parameter.default is not parameter.empty:
            break
        note = parameter.annotation
        word = note if isinstance(note, str) else getattr(note, "__name__", "")
        if word.split("[")[0] not in SCALARS and "[" not in word:
            raise CommandError(f"nothing says what the argument {name!r} is: pass --like, or annotate it")
        words.append(word)
    return parse_like(", ".join(words)) if words else ()


def read_argnums(text: str | None, function: types.FunctionType, module: types.ModuleType) -> Any:
    if text is None:
        return module.EXAMPLE[1] if hasattr(module, "EXAMPLE") and is_example(function, module) else 0
    words = [word.strip() for word in text.split(",") if word.strip()]
    found = tuple(int(word) if word.lstrip("-").isdigit() else word for word in words)
    return found if "," in text else found[0] if found else 0


def refusal(error: AdjointError) -> str:
    """A refusal as people read it: where, the line, a caret under the expression, why, what to write."""
    why, remedy = getattr(error, "why", str(error)), getattr(error, "remedy", "")
    lines = []
    filename, text = getattr(error, "filename", None), getattr(error, "text", None)
    if filename:
        lines.append(f"{filename}:{error.lineno}: ")  # type: ignore[attr-defined]
    if filename and text:
        line = text.rstrip("\n")
        start = (error.offset or 1) - 1  # type: ignore[attr-defined]
        same = error.end_lineno == error.lineno  # type: ignore[attr-defined]
        end = error.end_offset - 1 if same else len(line)  # type: ignore[attr-defined]
        blanks = len(line) - len(line.lstrip())
        lines = [lines[0] + why, "    " + line.strip(), " " * (4 + start - blanks) + "^" * max(end - start, 1)]
    else:
        lines = ["".join(lines) + why]
    if remedy:
        lines.append(f"instead: {remedy}")
    return "\n".join(lines)


__all__ = ["CommandError", "LikeError", "add_arguments", "refusal", "run"]
