"""The errors a user can meet.  All derive from `AdjointError`."""
from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """Where an expression stands in the user's source; columns count from 0."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    text: str
    function: str
    statement: int = 0
    module: str = ""


class AdjointError(Exception):
    """Base of everything that `adjoint` raises on purpose."""


class UnsupportedError(AdjointError, SyntaxError):
    """The program cannot be differentiated faithfully; raised at compile time.

    It is a `SyntaxError`, so that a traceback shows file, line and a caret under the expression.  `known_in_trips`:
    it lacks what may be known where the trips of a loop are written out.
    """

    known_in_trips = False

    def __init__(self, why: str, span: Span | None = None, remedy: str = "") -> None:
        message = f"{why}; {remedy}" if remedy else why
        if span is None:
            super().__init__(message)
        else:
            # a traceback shows one line only: what goes on in the next is marked to the end of this one
            end = span.end_column if span.end_line == span.line else len(span.text.rstrip())
            super().__init__(message, (span.file, span.line, span.column + 1, span.text, span.line, end + 1))
        self.why = why
        self.remedy = remedy


class LaterError(UnsupportedError):
    """A refusal of language that the compiler does not know yet."""


class AliasError(AdjointError):
    """Two arguments share memory, and the function writes to one of them."""


class WrongGradientError(AdjointError):
    """A check at run time found that a gradient disagrees with finite differences."""
