"""Functions are found in their files, and every node where it stands; what has no source is refused."""
from __future__ import annotations

import functools
import traceback
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import adjoint
from adjoint.errors import LaterError, UnsupportedError
from adjoint.frontend.source import read_source

from . import compiles


def refusal(function: Any, *args: Any) -> UnsupportedError:
    with pytest.raises(UnsupportedError) as caught:
        adjoint.grad(function)(*args)
    return caught.value


def under_the_caret(error: UnsupportedError) -> str:
    assert error.text is not None
    return error.text[(error.offset or 0) - 1:(error.end_offset or 0) - 1]


def test_a_function_in_a_function_with_text_on_the_left() -> None:
    def inner(x):
        """A docstring
that does not care for indentation."""
# nor does this comment
        return np.sum(x * x)
    np.testing.assert_array_equal(adjoint.grad(inner)(np.ones(2)), [2.0, 2.0])
    source = read_source(inner)
    assert source.span(source.node.body[-1]).text == "        return np.sum(x * x)"
    assert source.span(source.node.body[-1]).column == 8


def test_a_caret_behind_letters_of_several_bytes() -> None:
    def accents(größe):
        return np.sum(größe) + np.sum(np.unique(größe))
    error = refusal(accents, np.ones(2))
    assert under_the_caret(error) == "np.unique(größe)"


def test_a_caret_in_a_callee_of_another_indentation(tmp_path: Path) -> None:
    text = "if True:\n    def callee(x):\n        return np.unique(x)\n\n\ndef f(x):\n    return np.sum(callee(x))\n"
    error = refusal(compiles.defined(text, tmp_path / "indented.py").f, np.ones(2))
    assert under_the_caret(error) == "np.unique(x)"
    assert (error.lineno, error.filename) == (6, str(tmp_path / "indented.py"))


def test_the_same_code_in_two_files(tmp_path: Path) -> None:
    """Code objects that are equal do not make their files equal."""
    texts = []
    for name in ("one", "two"):
        made = compiles.defined("def f(x):\n    return x * x\n", tmp_path / f"{name}.py")
        texts.append(adjoint.grad(made.f).specialize(2.0).source.splitlines()[0])
    assert texts == [f"# Written by adjoint from {name}.py:4 (f): reverse mode, wrt x." for name in ("one", "two")]


def test_a_file_that_has_changed(tmp_path: Path) -> None:
    path = tmp_path / "changing.py"
    made = compiles.defined("def f(x):\n    return x * x\n", path)
    path.write_text("\n\n\ndef g(x, y):\n    return x * x * x\n")
    error = refusal(made.f, 2.0)
    assert "has changed" in error.why
    assert error.filename == str(path)


def test_no_source() -> None:
    space: dict[str, Any] = {}
    exec("def f(x):\n    return x * x\n", space)
    error = refusal(space["f"], 2.0)
    assert error.filename == "<string>"
    assert error.lineno == 1
    assert error.remedy


@pytest.mark.parametrize("thing, words", [
    (np.sin, "`sin`"), (len, "`len`"), (functools.partial(len), "of type partial"), (3, "of type int"),
    ("".join, "`join`"), (Path, "`Path`"),
])
def test_what_is_no_function(thing: Any, words: str) -> None:
    with pytest.raises(UnsupportedError, match="is not a Python function") as caught:
        adjoint.grad(thing)
    assert words in caught.value.why
    assert " at 0x" not in str(caught.value)


STATEMENTS = {
    "with np.errstate(over='ignore'):\n        pass": "`with`",
    "import os": "`import` inside a function",
    "class A:\n        pass": "a class inside a function",
    "global G": "`global`",
    "y = {a for a in x}": "a set comprehension",
    "y = (a for a in x)": "a generator expression",
    "y = {1, 2}": "a set",
    "x.real = 1.0": "assignment to an attribute of an object",
}


@pytest.mark.parametrize("statement", STATEMENTS)
def test_refusals_use_the_words_of_the_user(statement: str, tmp_path: Path) -> None:
    f = compiles.defined(f"def f(x):\n    {statement}\n    return np.sum(x)\n", tmp_path / "refused.py").f
    error = refusal(f, np.ones(2))
    assert isinstance(error, LaterError)
    assert error.why == f"{STATEMENTS[statement]} is not supported yet"
    assert error.remedy
    shown = traceback.format_exception_only(error)
    assert shown[0] == f'  File "{tmp_path / "refused.py"}", line 5\n'
    assert "^" in shown[2]
