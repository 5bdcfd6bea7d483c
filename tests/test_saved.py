"""Derivatives as files of their own: they run without the compiler, and tell when they are stale."""
from __future__ import annotations

import importlib.util
import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import adjoint
from adjoint.__main__ import main
from adjoint.errors import AdjointError, UnsupportedError

from . import compiles
from .checks import assert_close, flatten
from .test_programs import GRADIENTS, load

ROOT = Path(__file__).parent.parent

# Runs the saved gradients of many programs where `adjoint` cannot be imported.
ALONE = """
import importlib.util, pickle, sys
sys.modules["adjoint"] = None
folder = sys.argv[1]
found = {}
for name, file, word, k in pickle.load(open(folder + "/what.pickle", "rb")):
    program = importlib.import_module("tests.programs." + name)
    spec = importlib.util.spec_from_file_location(file, f"{folder}/{file}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    try:
        found[file] = getattr(module, word)(*program.inputs()[k])
    except Exception as failure:
        found[file] = f"{type(failure).__name__}: {failure}"
pickle.dump(found, open(folder + "/found.pickle", "wb"))
"""


def test_all_programs_run_without_the_compiler(tmp_path: Path) -> None:
    what, wanted = [], {}
    for name in GRADIENTS:
        program = load(name)
        if hasattr(program, "adjoint"):
            continue    # the user's own module asks for derivatives
        gradient = adjoint.grad(program.f, program.ARGNUMS)
        for k, args in enumerate(program.inputs()):
            file = f"{name}_{k}"
            gradient.specialize(*args).save(tmp_path / f"{file}.py")
            what.append((name, file, gradient.__name__, k))
            wanted[file] = gradient(*program.inputs()[k])
    (tmp_path / "what.pickle").write_bytes(pickle.dumps(what))
    path = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", ALONE, str(tmp_path)], env=path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found = pickle.loads((tmp_path / "found.pickle").read_bytes())
    wrong = {file: value for file, value in found.items() if isinstance(value, str)}
    assert not wrong
    for file, value in found.items():
        assert_close(flatten(value), flatten(wanted[file]), 0.0)


# ---- one program

MODEL = """
SCALE = 2.0
NAME = "plain"
FACTORS = np.arange(1.0, 4.0)


def helper(x):
    return SCALE * x


def loss(u, v, layers, SCALE=1.0):
    for W, b in layers:
        u[1:] += v[1:] * helper(u[:-1]) * W[0] + b
    return np.sum(u * v * FACTORS) * SCALE


def plain(x: float, k: float = 3.0):
    return x * x * k * SCALE


def named(example_model, x):
    return np.sum(x * example_model * FACTORS)
"""


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A module of a user's."""
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "example_model.py").write_text("import numpy as np\n" + MODEL)
    monkeypatch.delitem(sys.modules, "example_model", raising=False)
    yield importlib.import_module("example_model")
    sys.modules.pop("example_model", None)


def arguments() -> tuple[Any, ...]:
    return np.ones(3), np.array([1.0, 2.0, 3.0]), [(np.ones(3), 1.0), (np.full(2, 2.0), 0.5)]


def loaded(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location("saved", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_what_a_file_says(model: Any, tmp_path: Path) -> None:
    gradient = adjoint.grad(model.loss, (0, 1))
    wanted = gradient(*arguments())
    gradient.save(tmp_path / "made.py")
    text = (tmp_path / "made.py").read_text()
    lines = text.splitlines()
    assert lines[0] == "# Written by adjoint from example_model.py:12 (loss): reverse mode, wrt u, v."
    assert lines[1] == "# `adjoint build --check` tells when it is stale."
    assert "SCALE_2 = 2.0  # example_model.SCALE, when this was written" in lines
    assert "import example_model" in lines
    assert str(tmp_path) not in text and str(ROOT) not in text
    assert_close(list(loaded(tmp_path / "made.py").loss_grad(*arguments())), list(wanted), 0.0)


def test_globals_that_are_literals_are_frozen_and_others_are_not(model: Any, tmp_path: Path) -> None:
    gradient = adjoint.grad(model.loss)
    wanted = gradient(*arguments())
    gradient.save(tmp_path / "made.py")
    made = loaded(tmp_path / "made.py")
    model.SCALE = 7.0
    assert_close(made.loss_grad(*arguments()), wanted, 0.0)
    model.FACTORS = 2.0 * model.FACTORS
    assert_close(made.loss_grad(*arguments()), 2.0 * wanted)


def test_what_the_dispatcher_guards_is_checked(model: Any, tmp_path: Path) -> None:
    gradient = adjoint.grad(model.loss)
    gradient(*arguments())
    gradient.save(tmp_path / "made.py")
    made = loaded(tmp_path / "made.py").loss_grad
    u, v, layers = arguments()
    with pytest.raises(ValueError, match="`u` is written, and shares memory with `v`"):
        made(u, u, layers)
    with pytest.raises(ValueError, match="`u` is written, and shares memory with `layers`"):
        made(u, v, [layers[0], (u[1:], 1.0)])
    with pytest.raises(ValueError, match="`u` is written, and shares memory with `example_model.FACTORS`"):
        made(model.FACTORS, v, layers)
    both = adjoint.grad(model.loss, ("u", "v"))
    both.specialize(u, u, layers).save(tmp_path / "one.py")
    one = loaded(tmp_path / "one.py").loss_grad
    assert_close(one(u, u, layers), both(u, u, layers), 0.0)
    with pytest.raises(ValueError, match="written for one array as `u` and `v`"):
        one(u, v, layers)
    with pytest.raises(ValueError, match="`u` is written, and shares memory with `layers`"):
        one(u, u, [layers[0], (u[1:], 1.0)])
    for bad in (np.ones((2, 3)), np.ones(1), np.ones(2)):
        with pytest.raises(ValueError, match="other arguments"):
            made(bad, v[:1] if bad.shape == (1,) else bad.copy(), layers)
    made(*arguments())


def test_a_parameter_named_like_the_module(model: Any, tmp_path: Path) -> None:
    gradient = adjoint.grad(model.named)
    wanted = gradient(np.ones(3), np.ones(3))
    gradient.save(tmp_path / "made.py")
    assert_close(wanted, model.FACTORS)
    assert_close(loaded(tmp_path / "made.py").named_grad(np.ones(3), np.ones(3)), wanted)


def test_which_specialisation(model: Any, tmp_path: Path) -> None:
    def f(x):
        return np.sum(x * x)
    gradient = adjoint.grad(f)
    with pytest.raises(AdjointError, match="has no specialisations"):
        gradient.save(tmp_path / "made.py")
    gradient(np.ones(3))
    gradient(2.0)
    with pytest.raises(AdjointError, match="has 2 specialisations"):
        gradient.save(tmp_path / "made.py")
    gradient.save(tmp_path / "made.py", np.ones((2, 2)))
    assert "x: (n, m)." in (tmp_path / "made.py").read_text()


def test_what_no_file_can_read(tmp_path: Path) -> None:
    def scaled(k: Any) -> Any:
        return lambda x: np.sum(x * k)
    adjoint.grad(scaled(3.0)).save(tmp_path / "made.py", np.ones(3))
    assert "k = 3.0  # `k` of a closure, when this was written" in (tmp_path / "made.py").read_text()
    with pytest.raises(UnsupportedError, match="`k` is a variable of an enclosing function"):
        adjoint.grad(scaled(np.ones(3))).save(tmp_path / "made.py", np.ones(3))
    made = compiles.defined("G = np.ones(3)\n\n\ndef f(x):\n    return np.sum(x * G)\n", tmp_path / "main.py")
    made.f.__globals__["__name__"] = "__main__"
    with pytest.raises(UnsupportedError, match="`G` is a global of the main program"):
        adjoint.grad(made.f).save(tmp_path / "made.py", np.ones(3))


# ---- the command

LIKE = ["--like", "f8[n], f8[n], [(f8[m], float), ...], float"]


def test_build_and_check(model: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, out = f"{tmp_path / 'example_model.py'}", tmp_path / "out"
    build = ["build", f"{file}:loss", "-o", str(out), "--argnums", "u,v", *LIKE]
    assert main([*build, "--check"]) == 1
    assert "loss_grad.py is missing" in capsys.readouterr().err
    assert main(build) == 0
    assert main([*build, "--check"]) == 0
    text = (out / "loss_grad.py").read_bytes()
    assert main(build) == 0
    assert (out / "loss_grad.py").read_bytes() == text and b"\r" not in text
    capsys.readouterr()
    model.SCALE = 2.5
    assert main([*build, "--check"]) == 1
    assert "loss_grad.py is stale" in capsys.readouterr().err
    model.SCALE = 2.0
    assert main([*build, "--check"]) == 0
    (out / "loss_grad.py").write_bytes(text + b"\n")
    assert main([*build, "--check"]) == 1


def test_build_from_annotations_and_of_several(model: Any, tmp_path: Path) -> None:
    file = f"{tmp_path / 'example_model.py'}"
    assert main(["build", f"{file}:plain", f"{file}:plain", "-o", str(tmp_path / "out"),
                 "--mode", "value_and_grad"]) == 0
    assert loaded(tmp_path / "out" / "plain_value_and_grad.py").plain_value_and_grad(2.0) == (24.0, 24.0)


def test_build_of_a_derivative_that_the_file_makes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "import adjoint\n\n\ndef f(x: float):\n    return x * x * x\n\n\nslope = adjoint.grad(adjoint.grad(f))\n"
    (tmp_path / "makes_slope.py").write_text(text)
    monkeypatch.setattr(sys, "path", list(sys.path))
    assert main(["build", f"{tmp_path / 'makes_slope.py'}:slope", "-o", str(tmp_path)]) == 0
    assert loaded(tmp_path / "f_grad_grad.py").f_grad_grad(2.0) == 12.0
    sys.modules.pop("makes_slope")


def test_the_module_of_a_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "package_to_build"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "other.py").write_text("import numpy as np\nG = np.ones(2)\n")
    (package / "one.py").write_text("from . import other\n\n\ndef f(x: float):\n    return x * other.G[0]\n")
    monkeypatch.setattr(sys, "path", list(sys.path))
    assert main(["build", f"{package / 'one.py'}:f", "-o", str(tmp_path)]) == 0
    assert "import package_to_build.other" in (tmp_path / "f_grad.py").read_text()
    assert loaded(tmp_path / "f_grad.py").f_grad(2.0) == 1.0


def test_the_name_of_a_module_in_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "inspect.py").write_text("def f(x: float):\n    return x\n")
    assert main(["build", f"{tmp_path / 'inspect.py'}:f", "-o", str(tmp_path)]) == 2
    assert "rename it" in capsys.readouterr().err
