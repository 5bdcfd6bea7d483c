"""Whoever debugs a derivative sees its lines; whoever is refused sees where, why, and what to write instead."""
from __future__ import annotations

import inspect
import io
import linecache
import pdb
import re
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import numpy as np
import pytest

import adjoint
from adjoint.errors import UnsupportedError

from .showcase.gallery import CASES, Case

MLP = next(case for case in CASES if case.ideal == "mlp_ideal")
RELAX = next(case for case in CASES if case.ideal == "relax_ideal")


def derivative_of(case: Case) -> tuple[Any, Any]:
    derivative = adjoint.grad(case.primal(), argnums=case.wrt)
    return derivative, derivative.specialize(*case.fresh(0))


# ---- tracebacks, inspect, tracing

def failure(call: Callable[..., Any], *args: Any) -> tuple[list[traceback.FrameSummary], str]:
    """The frames and the text of the traceback that a call gives."""
    try:
        call(*args)
    except Exception as error:
        return list(traceback.extract_tb(error.__traceback__)), "".join(traceback.format_exception(error))
    raise AssertionError("the call did not fail")


@pytest.mark.parametrize("layer", [0, 1])
def test_traceback_shows_the_emitted_line(layer: int) -> None:
    derivative, special = derivative_of(MLP)
    params, x, y = MLP.fresh(0)
    params[layer] = (params[layer][0][:-1], params[layer][1])
    frames, text = failure(derivative, params, x, y)
    line = next(row.strip() for row in special.source.splitlines() if "np.tanh(" in row)
    assert frames[-1].line == line
    assert special.source.splitlines()[(frames[-1].lineno or 0) - 1].strip() == line
    assert f"    {line}\n" in text


def test_traceback_of_the_backward_sweep() -> None:
    """A target of a wrong size fails in the line that the user wrote, a cotangent in the emitted one."""
    pullback = adjoint.derivative(MLP.primal(), "vjp", argnums=0)
    params, x, y = MLP.fresh(0)
    special = pullback.specialize(params, x, y)
    frames, _ = failure(pullback, params, x, y, "no number")
    rows = special.source.splitlines()
    assert rows.index("    # backward") < (frames[-1].lineno or 0) - 1
    assert rows[(frames[-1].lineno or 0) - 1].strip() == frames[-1].line


@pytest.mark.parametrize("case", [case for case in CASES if case.backend == "numpy"], ids=lambda case: case.ideal)
def test_the_text_is_found_by_file_name(case: Case) -> None:
    f = case.primal()
    derivative = adjoint.grad(adjoint.grad(f)) if case.mode == "grad_grad" else adjoint.grad(f, argnums=case.wrt)
    special = derivative.specialize(*case.fresh(0))
    code = special.function.__code__
    rows = special.source.splitlines(True)
    assert linecache.getlines(code.co_filename) == rows
    assert linecache.getline(code.co_filename, code.co_firstlineno) == rows[code.co_firstlineno - 1]
    linecache.checkcache()
    body = inspect.getsource(special.function)
    assert body.startswith(f"def {special.function.__name__}(")
    assert body in special.source


def test_texts_of_two_specialisations_have_two_names() -> None:
    derivative, special = derivative_of(RELAX)
    u, k, tol = RELAX.fresh(0)
    other = derivative.specialize(u.astype(np.float32), k, tol)
    files = {one.function.__code__.co_filename for one in (special, other)}
    assert len(files) == 2
    assert [linecache.getlines(one.function.__code__.co_filename) for one in (special, other)] == \
        [one.source.splitlines(True) for one in (special, other)]


def test_a_tracer_sees_the_emitted_lines() -> None:
    """What line profilers and coverage go by: file name and number of each line that runs."""
    derivative, special = derivative_of(MLP)
    file, seen = special.function.__code__.co_filename, set()

    def trace(frame: FrameType, event: str, arg: Any) -> Any:
        if frame.f_code.co_filename == file and event == "line":
            seen.add(frame.f_lineno)
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        derivative(*MLP.fresh(0))
    finally:
        sys.settrace(before)
    rows = special.source.splitlines()
    ran = {rows[number - 1].split("#")[0].strip() for number in seen}
    wanted = [row.split("#")[0].strip() for row in rows if re.match(r"    +(?:\w+ = |while |for |return )", row)]
    assert ran >= set(wanted)


# ---- pdb

def debugged(commands: str, call: Callable[..., Any], *args: Any) -> str:
    """What pdb prints while it obeys the commands, one to a line."""
    out = io.StringIO()
    debugger = pdb.Pdb(stdin=io.StringIO(commands), stdout=out, nosigint=True, readrc=False)
    before = sys.gettrace()
    try:
        debugger.runcall(call, *args)
    finally:
        sys.settrace(before)
    return out.getvalue()


def code_lines(source: str) -> list[str]:
    """The lines between the signature and the end that hold statements, as pdb shows them."""
    rows = [row.strip() for row in source.split("# forward\n", 1)[1].splitlines()]
    return [row for row in rows if row and not row.startswith("#")]


def stops(shown: str, file: str) -> list[tuple[int, str]]:
    """The lines of a file at which pdb stopped: number and text."""
    return [(int(number), line) for number, line in
            re.findall(rf"^(?:\(Pdb\) )?> {re.escape(file)}\((\d+)\)\w+\(\)(?:->\S+)?\n-> (.*)$", shown, re.M)]


def test_pdb_steps_into_the_emitted_lines() -> None:
    derivative, special = derivative_of(RELAX)
    shown = debugged("step\n" * 5 + "list\n" + "next\n" * 4 + "continue\n", derivative, *RELAX.fresh(0))
    rows = special.source.splitlines()
    stopped = stops(shown, special.function.__code__.co_filename)
    assert stopped, shown
    assert all(rows[number - 1].strip() == line for number, line in stopped)
    first = code_lines(special.source)[:4]
    assert [line for _, line in stopped if line in first][:4] == first
    number = rows.index("    " + first[0]) + 1
    assert re.search(rf"^ *{number}\b.*\s{re.escape(first[0])}$", shown, re.M), "`list` shows the text"


def test_pdb_stops_at_a_line_of_the_backward_sweep() -> None:
    _, special = derivative_of(RELAX)
    rows = special.source.splitlines()
    number = next(n for n, row in enumerate(rows, 1) if row.startswith("    return "))
    commands = f"break {number}\ncontinue\np u_bar.shape\nclear 1\ncontinue\n"
    shown = debugged(commands, special.function, *RELAX.fresh(0))
    assert (number, rows[number - 1].strip()) in stops(shown, special.function.__code__.co_filename)
    assert "(9,)" in shown


def test_pdb_shows_the_lines_of_the_dispatcher() -> None:
    derivative, _ = derivative_of(RELAX)
    shown = debugged("step\ncontinue\n", derivative, *RELAX.fresh(0))
    assert re.match(r"> .*\n-> (if|return) ", shown), shown


# ---- refusals

def refused_call(x):
    y = x * x
    return np.sum(np.unique(y) * x)


def refused_over_lines(x):
    return np.sum(np.unique(
        x * x))


def refused_statement(x):
    with np.errstate(over="ignore"):
        y = x * x
    return np.sum(y)


def refused_expression(x):
    return sum({a * a for a in x})


def refused_name(x):
    return nowhere(x)  # noqa: F821


def refused_store(x):
    n = np.zeros(3, dtype=int)
    n[:] = x
    return np.sum(n * x)


def whole(x):
    return x * x


def callee(x):
    return np.unique(x)


def refused_in_a_callee(x):
    return np.sum(callee(x))


X = np.arange(1.0, 4.0)
REFUSALS = [
    # the function, its argument, the words under the caret
    (refused_call, X, "np.unique(y)"),
    (refused_over_lines, X, "np.unique("),
    (refused_statement, X, 'with np.errstate(over="ignore"):'),
    (refused_expression, X, "{a * a for a in x}"),
    (refused_name, X, "nowhere"),
    (refused_store, X, "n[:] = x"),
    (refused_in_a_callee, X, "np.unique(x)"),
]


def refusal(function: Any, *args: Any) -> UnsupportedError:
    with pytest.raises(UnsupportedError) as caught:
        adjoint.grad(function)(*args)
    return caught.value


@pytest.mark.parametrize("function, x, words", REFUSALS, ids=[row[0].__name__ for row in REFUSALS])
def test_refusal_points_at_the_expression(function: Any, x: Any, words: str) -> None:
    error = refusal(function, x)
    assert error.filename is not None
    assert Path(error.filename).samefile(__file__)
    line = linecache.getline(__file__, error.lineno or 0)
    assert (error.text or "").rstrip("\n") == line.rstrip("\n")
    assert error.offset
    assert line[error.offset - 1:].startswith(words.split("(")[0])
    assert words in line


@pytest.mark.parametrize("function, x, words", REFUSALS, ids=[row[0].__name__ for row in REFUSALS])
def test_refusal_says_why_and_what_to_write(function: Any, x: Any, words: str) -> None:
    error = refusal(function, x)
    assert error.why
    assert error.remedy
    assert error.why in str(error)
    assert error.remedy in str(error)
    assert not re.search(r"\b(gast|ast)\b|<[\w.]+ object", str(error)), "the compiler's own words"


@pytest.mark.parametrize("function, x, words", REFUSALS, ids=[row[0].__name__ for row in REFUSALS])
def test_refusal_is_printed_with_a_caret(function: Any, x: Any, words: str) -> None:
    error = refusal(function, x)
    shown = "".join(traceback.format_exception_only(error)).splitlines()
    assert shown[0] == f'  File "{error.filename}", line {error.lineno}'
    assert shown[1].strip() == (error.text or "").strip()
    assert set(shown[2].strip()) == {"^"}, "\n".join(shown)
    under = shown[1][shown[2].index("^"):shown[2].rindex("^") + 1]
    assert words.startswith(under) or under.startswith(words), under
    assert "\n".join(shown[3:]).endswith(f"{error.why}; {error.remedy}")
    assert shown[3].startswith(("adjoint.errors.UnsupportedError: ", "adjoint.errors.LaterError: "))


def test_refusal_of_an_int_says_what_to_pass() -> None:
    error = refusal(whole, 3)
    assert "3.0" in error.remedy
    assert "`x`" in str(error)
    assert error.filename is not None
    assert error.lineno == inspect.getsourcelines(whole)[1]


def test_refusal_of_a_parameter_that_is_not_there() -> None:
    with pytest.raises(UnsupportedError) as caught:
        adjoint.grad(whole, argnums="z")
    assert "'z'" in caught.value.why
    assert "x" in caught.value.remedy


def test_refusal_in_a_lambda_says_where_it_stands() -> None:
    with pytest.raises(UnsupportedError) as caught:
        adjoint.grad(lambda x: np.unique(x))(np.ones(2))
    assert caught.value.text is not None and caught.value.filename is not None
    assert caught.value.text[(caught.value.offset or 0) - 1:(caught.value.end_offset or 0) - 1] == "np.unique(x)"
    assert Path(caught.value.filename).samefile(__file__)


def test_a_handler_that_runs_after_a_part_of_the_body_has_no_derivative() -> None:
    def f(x: float, words: tuple[float, ...]) -> float:
        try:
            y = x * words[1]
        except IndexError:
            y = x
        return y * y

    def g(x: Any, n: int) -> Any:
        try:
            y = x.reshape(n, -1)
            y = y * 1.0
        except ValueError:
            y = x
        return np.sum(y * y)
    x = np.arange(6.0)
    gradient = adjoint.grad(g)
    np.testing.assert_array_equal(gradient(x, 2), 2.0 * x)
    with pytest.raises(RuntimeError, match="a handler of the `try` in line [0-9]+ of `g` ran") as caught:
        gradient(x, 4)
    assert isinstance(caught.value.__cause__, ValueError)
    assert adjoint.grad(f)(3.0, (1.0, 2.0)) == 24.0
