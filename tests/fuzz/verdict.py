"""What is said of a program, and how checks say it."""
from __future__ import annotations

import dataclasses
import traceback
from collections.abc import Callable
from typing import Any

import numpy as np

from adjoint.errors import UnsupportedError


@dataclasses.dataclass(frozen=True)
class Verdict:
    """`kind`: right, refused, skipped (no input of the program is well-defined) or failed.

    `check`: which check failed, and how; two failures of one check are the same to the shrinker.
    """

    kind: str
    check: str = ""
    detail: str = ""


class Wrong(Exception):
    """A check failed."""

    def __init__(self, check: str, detail: str) -> None:
        super().__init__(check, detail)
        self.verdict = Verdict("failed", check, detail)


class Skip(Exception):
    """Nothing can be said about the program at this input."""


def guarded(check: str, call: Callable[[], Any]) -> Any:
    """What a call gives; any error but a refusal is a failure of the check."""
    try:
        with np.errstate(all="ignore"):
            return call()
    except (UnsupportedError, Wrong, Skip):
        raise
    except Exception as error:
        if isinstance(error, RuntimeError) and "ran: no derivative" in str(error):     # a handler, refused when it runs
            raise UnsupportedError("a handler that runs after a part of its `try`", None, "") from error
        last = "".join(traceback.format_exception(error)[-6:])
        raise Wrong(f"{check}: {type(error).__name__}", f"{error}\n{last}") from None
