"""What the tests of the dispatcher share: functions for which nothing is compiled yet, and counts of compiles."""
from __future__ import annotations

import types
from pathlib import Path
from typing import Any


def specialisations(derivative: Any) -> list[Any]:
    return list(derivative.__adjoint__.specialisations)


def anew(f: Any) -> Any:
    """The same function, not compiled yet."""
    made = types.FunctionType(f.__code__, f.__globals__, f.__name__, f.__defaults__)
    made.__kwdefaults__ = f.__kwdefaults__
    return made


def compiled(derivative: Any, *args: Any, **kwargs: Any) -> int:
    """How many specialisations a call adds."""
    before = len(specialisations(derivative))
    derivative(*args, **kwargs)
    return len(specialisations(derivative)) - before


def defined(text: str, path: Path) -> types.SimpleNamespace:
    """The functions of a text, which is written to a file."""
    path.write_text("import numpy as np\n\n\n" + text)
    space: dict[str, Any] = {"__name__": path.stem}
    exec(compile(path.read_text(), str(path), "exec"), space)
    return types.SimpleNamespace(**space)
