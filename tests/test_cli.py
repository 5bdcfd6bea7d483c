"""The command line: `adjoint show`, the language of --like, and what errors look like."""
from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from adjoint.__main__ import main
from adjoint.cli.like import LikeError, parse_like
from adjoint.pipeline import PASSES

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = '''import numpy as np

OTHER = 3.0


def layers(params, x: "f8[b,n]"):
    h = x
    for W, b in params:
        h = np.tanh(h @ W + b)
    return np.sum(h * h)


def product(x: float, y: float, n: int = 2):
    return x * y * n


def loss(x: "f8[n]", y: "f8[n]", scale: float):
    return scale * np.sum((x - y) ** 2)


def refused(x: float):
    with open("file") as file:
        x = x * 2.0
    return x
'''


@pytest.fixture
def program(tmp_path):
    path = tmp_path / "program_of_cli.py"
    path.write_text(PROGRAM)
    return path


def show(capsys, *words):
    """(exit code, standard output, standard error) of `adjoint show`."""
    code = main(["show", *map(str, words)])
    out, err = capsys.readouterr()
    return code, out, err


# ---- show

def test_shows_a_gradient(program, capsys):
    code, out, err = show(capsys, f"{program}:product")
    assert (code, err) == (0, "")
    space = {}
    exec(out, space)
    assert space["product_grad"](3.0, 4.0, 2) == 8.0


def test_shows_what_like_describes(program, capsys):
    like = "[(f8[n,n], f8[n]), ...], f8[b,n]"
    code, out, _ = show(capsys, f"{program}:layers", "--like", like)
    assert code == 0 and "for W, b in reversed(params):" in out and "unbroadcast" not in out


def test_argnums_by_position_and_by_name(program, capsys):
    texts = [show(capsys, f"{program}:product", "--argnums", words)[1] for words in ("0,1", "x,y", "0, y")]
    assert texts[0] and len(set(texts)) == 1
    code, out, _ = show(capsys, f"{program}:product", "--argnums", "y")
    assert code == 0 and out != texts[0]


def test_mode_value_and_grad(program, capsys):
    code, out, _ = show(capsys, f"{program}:loss", "--mode", "value_and_grad")
    assert code == 0
    space = {}
    exec(out, space)
    value, x_bar = space["loss_value_and_grad"](np.array([1.0, 2.0]), np.array([0.0, 4.0]), 0.5)
    assert value == 2.5
    np.testing.assert_allclose(x_bar, [1.0, -2.0])


def test_backend_cupy_needs_no_cupy(program, capsys):
    like = "[(f8[n,n], f8[n]), ...], f8[b,n]"
    code, out, _ = show(capsys, f"{program}:layers", "--like", like, "--backend", "cupy")
    statements = [line.split("#")[0] for line in out.split("\n")]
    assert code == 0 and "import cupy as cp" in out and not any("np." in line for line in statements)


@pytest.mark.parametrize("name", PASSES)
def test_shows_the_program_after_each_pass(program, capsys, name):
    code, out, _ = show(capsys, f"{program}:loss", "--after", name)
    assert code == 0 and out.startswith("function ")
    assert ("push" in out) <= (name == "materialise")


def test_an_example_brings_its_arguments(capsys):
    code, out, _ = show(capsys, ROOT / "examples" / "newton.py:cube_root")
    assert code == 0 and "return a_bar, x_bar" in out


def test_as_a_command():
    done = subprocess.run([sys.executable, "-m", "adjoint", "show", "examples/lorenz.py:lorenz", "--after", "read"],
                          cwd=ROOT, env=dict(os.environ, PYTHONPATH=str(ROOT)), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("function lorenz(")


# ---- errors

@pytest.mark.parametrize("words, reason", [
    (["{program}"], "FILE.py:FUNC"),
    (["nowhere.py:f"], "there is no file nowhere.py"),
    (["{program}:nothing"], "has no function 'nothing'; it has layers, product, loss, refused"),
    (["{program}:OTHER"], "not a Python function"),
    (["{program}:layers"], "nothing says what the argument 'params' is"),
    (["{program}:product", "--like", "float"], "cannot be called with 1 arguments"),
    (["{program}:product", "--after", "nothing"], "the passes are read, transform, dead, fold, turn, stores, chains,"),
    (["{program}:product", "--like", "float, flaot"], "'flaot' is no type"),
])
def test_mistakes_in_the_command(program, capsys, words, reason):
    code, out, err = show(capsys, *(word.format(program=program) for word in words))
    assert (code, out) == (2, "") and reason in err
    assert err.startswith("adjoint: ") and "Traceback" not in err


def test_a_file_that_fails(tmp_path, capsys):
    path = tmp_path / "failing.py"
    path.write_text("1 / 0\n")
    code, _, err = show(capsys, f"{path}:f")
    assert code == 2 and "cannot be imported: ZeroDivisionError" in err


def test_a_parameter_that_is_not_there(program, capsys):
    code, _, err = show(capsys, f"{program}:product", "--argnums", "z")
    assert code == 1 and "no parameter 'z'" in err and "instead: the parameters are x, y, n" in err


def test_a_refusal_shows_the_place(program, capsys):
    code, out, err = show(capsys, f"{program}:refused")
    assert (code, out) == (1, "") and "Traceback" not in err
    where, line, caret = err.split("\n")[:3]
    number = PROGRAM.split("\n").index('    with open("file") as file:') + 1
    assert where.startswith(f"{program}:{number}: ")
    assert line == '    with open("file") as file:'
    assert caret.strip("^ ") == "" and caret.startswith("    ^")


# ---- the language of --like

def test_arrays_have_distinct_sizes_per_symbol():
    x, y, z = parse_like("f8[n,d], f4[d,n], c16[n,3]")
    assert x.shape == y.shape[::-1] and len({*x.shape}) == 2 and z.shape == (x.shape[0], 3)
    assert (x.dtype, y.dtype, z.dtype) == (np.float64, np.float32, np.complex128)


def test_containers():
    params, pair, tree = parse_like("[(f8[n,h], f8[h]), ...], (float, int), {'a': f8[n], \"b\": [f8[h]]}")
    assert type(params) is list and len(params) == 2 and type(params[0]) is tuple
    assert params[0][0].shape == params[1][0].shape and params[0][0] is not params[1][0]
    assert (type(pair[0]), type(pair[1])) == (float, int)
    assert list(tree) == ["a", "b"] and tree["b"][0].shape == params[0][1].shape


def test_numbers():
    values = parse_like("float, int, complex, bool, None, f4, i8, f8[]")
    assert [type(v) for v in values[:5]] == [float, int, complex, bool, type(None)]
    assert type(values[5]) is np.float32 and type(values[6]) is np.int64 and values[7].shape == ()


@pytest.mark.parametrize("text, column", [
    ("", 0), ("f8[n", 4), ("f8[n] f8", 6), ("g8[n]", 0), ("f3[n]", 0), ("[float, ...", 11), ("{a: float}", 1),
    ("(float", 6), ("float,", 6), ("f8[?]", 3), ("f8[n,,d]", 5),
])
def test_what_is_not_of_the_language(text, column):
    with pytest.raises(LikeError) as caught:
        parse_like(text)
    assert str(caught.value).split("\n")[-1] == " " * (4 + column) + "^"
