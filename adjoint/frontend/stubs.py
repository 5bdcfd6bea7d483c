"""What to write for a function that has no derivative rule: the file, and the template to fill in.

before: a function object
after:  a few lines of text
"""
from __future__ import annotations

import inspect
from typing import Any

import numpy as np

OPERANDS = ("x", "y", "w", "v")
SHORT = {"numpy": "np"}
# Where templates stand: those of a part of NumPy, of what works element by element, of all others.
PARTS = {"linalg": "linear_algebra.py"}
ELEMENTWISE, OTHERS = "exponential.py", "arrays.py"


def module_of(function: Any) -> str:
    """The module under which users know a function: `numpy` for `numpy._core.fromnumeric`."""
    if isinstance(function, np.ufunc):
        return "numpy" if hasattr(np, function.__name__) else "scipy.special"
    module = getattr(function, "__module__", None) or "builtins"
    public = [part for part in module.split(".") if not part.startswith("_")]
    return "numpy" if public[:1] == ["numpy"] and "linalg" not in public else ".".join(public)


def spelled(function: Any) -> str:
    module, name = module_of(function), getattr(function, "__name__", "f")
    first, _, rest = module.partition(".")
    return ".".join(filter(None, (SHORT.get(first, first), rest, name)))


def operand_count(function: Any) -> int:
    if isinstance(function, np.ufunc):
        return function.nin
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return 1
    return max(1, sum(p.default is p.empty and p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)
                      for p in parameters))


def called(function: Any) -> str:
    """How the user calls a function: `multiply.at` is a method of `multiply`."""
    owner, name = getattr(function, "__self__", None), getattr(function, "__name__", repr(function))
    return f"{owner.__name__}.{name}" if isinstance(owner, np.ufunc) else name


def stub(function: Any) -> str:
    """The file to edit and the template to fill in."""
    if isinstance(getattr(function, "__self__", None), np.ufunc):
        return "use a loop"
    word, name = spelled(function), getattr(function, "__name__", "f")
    names = OPERANDS[:operand_count(function)]
    elementwise = isinstance(function, np.ufunc) or module_of(function) == "math"
    case = f"{word}({', '.join(letter + '23' for letter in 'ABFG'[:len(names)])})"
    part = module_of(function).rpartition(".")[2]
    file = ELEMENTWISE if elementwise else PARTS.get(part, OTHERS)
    rules = [f"    dz_d{x} = ..." for x in names] if elementwise else [f"    {x}_bar = ..." for x in names]
    return "\n".join([
        f"write it with functions that have one, or add its rule to templates/{file}:", "",
        f"@{'elementwise' if elementwise else 'general'}({word})", f'@cases("{case}")',
        f"def {name}(z, {', '.join(names)}):", f'    """z = {name}({", ".join(names)})."""', *rules,
        *([] if elementwise else ["    z_dot = ..."])])
