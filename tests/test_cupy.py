"""The CuPy code of the examples: its names, and its gradients on a fake device and on a real one."""
from __future__ import annotations

import ast
import builtins
import importlib.util
import symtable
from pathlib import Path

import numpy as np
import pytest

from tests.fake_device import NAMES, DeviceArray, DeviceError, install, to_device, to_host

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = sorted(path.stem for path in (ROOT / "generated" / "cupy").glob("*.py"))
EXAMPLES = [name for name in PROGRAMS if (ROOT / "examples" / f"{name}.py").is_file()]
OWN = {"own_exp"}  # they import the user's module, which is written for NumPy
# A `while` asks the device for a number: right on a GPU, but the fake refuses to wait.
WAITING = {"relax"}


def emitted(backend, name):
    """The one gradient of a generated file."""
    path = ROOT / "generated" / backend / f"{name}.py"
    space = {"__name__": name}
    exec(compile(path.read_text(), str(path), "exec"), space)
    return next(value for key, value in space.items() if key.endswith("_grad"))


def arguments(name):
    spec = importlib.util.spec_from_file_location(f"example_of_{name}", ROOT / "examples" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.example_args()


def assert_equal(got, want):
    if isinstance(want, (tuple, list)):
        assert type(got) is type(want) and len(got) == len(want)
        for g, w in zip(got, want):
            assert_equal(g, w)
    else:
        assert np.shape(got) == np.shape(want)
        np.testing.assert_allclose(got, want, rtol=1e-12, atol=1e-12)


def test_there_are_programs():
    assert len(PROGRAMS) >= 9 and WAITING < set(PROGRAMS)


@pytest.mark.parametrize("name", [name for name in EXAMPLES if name not in WAITING | OWN])
def test_gradient_on_the_fake_device(name, monkeypatch):
    want = emitted("numpy", name)(*arguments(name))
    install(monkeypatch)
    args = to_device(arguments(name))
    got = emitted("cupy", name)(*args)
    assert_equal(to_host(got), want)
    assert_equal(to_host(args), arguments(name))


@pytest.mark.parametrize("name", sorted(WAITING))
def test_control_flow_on_values_waits_for_the_device(name, monkeypatch):
    install(monkeypatch)
    with pytest.raises(DeviceError, match="bool"):
        emitted("cupy", name)(*to_device(arguments(name)))


# ---- names

def modules_of(tree):
    """What the text's names for modules stand for: {"cp": "cupy"}."""
    found = {}
    for node in tree.body:
        assert not isinstance(node, ast.ImportFrom)
        if isinstance(node, ast.Import):
            for alias in node.names:
                top = alias.name.split(".")[0]
                found[alias.asname or top] = alias.name if alias.asname else top
    return found


def chain(node):
    words = []
    while isinstance(node, ast.Attribute):
        words.insert(0, node.attr)
        node = node.value
    return node, words


@pytest.mark.parametrize("name", PROGRAMS)
def test_every_name_is_one_of_cupy(name):
    tree = ast.parse((ROOT / "generated" / "cupy" / f"{name}.py").read_text())
    modules = modules_of(tree)
    assert not {module.split(".")[0] for module in modules.values()} & {"numpy", "scipy", "adjoint"}
    inner = {node.value for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Attribute) or node in inner:
            continue
        base, words = chain(node)
        if isinstance(base, ast.Name) and modules.get(base.id) in PROGRAMS:
            continue  # the user's own module
        if isinstance(base, ast.Name) and base.id in modules:
            dotted = ".".join([modules[base.id], *words]).removesuffix(".at")
            assert dotted in NAMES, ast.unparse(node)
        else:
            methods = set(dir(list)) | set(dir(dict))
            assert all(f"cupy.ndarray.{word}" in NAMES or word in methods for word in words), ast.unparse(node)


@pytest.mark.parametrize("name", PROGRAMS)
def test_no_name_is_free(name):
    text = (ROOT / "generated" / "cupy" / f"{name}.py").read_text()
    module = symtable.symtable(text, name, "exec")
    bound = {symbol.get_name() for symbol in module.get_symbols() if symbol.is_assigned() or symbol.is_imported()}
    for function in module.get_children():
        used = {symbol.get_name() for symbol in function.get_symbols() if symbol.is_global()}
        assert used <= bound | set(dir(builtins))


# ---- the fake device refuses

@pytest.mark.parametrize("attempt, reason", [
    (lambda x: np.asarray(x), "implicit conversion"),
    (lambda x: x.__array__(), "implicit conversion"),
    (lambda x: np.sin(x), "NumPy dispatch"),
    (lambda x: np.sum(x), "NumPy dispatch"),
    (lambda x: np.zeros_like(x), "NumPy dispatch"),
    (lambda x: float(x[0]), "float()"),
    (lambda x: int(x[0]), "int()"),
    (lambda x: bool(x[0]), "bool()"),
    (lambda x: [1, 2, 3][x[0]], "index"),
    (lambda x: 1 if x[0] > 0.0 else 2, "bool()"),
    (lambda x: np.add.at(x, [0, 0], 1.0), "ufunc.at"),
    (lambda x: x + np.ones(3), "mixing"),
    (lambda x: np.ones(3) + x, "mixing"),
    (lambda x: x @ np.ones(3), "mixing"),
    (lambda x: x.__setitem__(0, np.ones(())), "mixing"),
    (lambda x: x[np.array([0, 1])], "mixing"),
    (lambda x: x.__setitem__([0, 0], 1.0), "names a place twice"),
    (lambda x: x.sum(initial=1.0), "no keyword"),
])
def test_the_fake_device_refuses(attempt, reason):
    with pytest.raises(DeviceError, match=reason.replace("(", r"\(").replace(")", r"\)")):
        attempt(DeviceArray(np.arange(3.0)))


def test_the_fake_cupy_refuses(monkeypatch):
    cupy = install(monkeypatch)
    x = DeviceArray(np.arange(3.0))
    with pytest.raises(DeviceError, match="mixing"):
        cupy.sin(np.ones(3))
    with pytest.raises(DeviceError, match="on the device"):
        cupy.multiply.at(x, [0], 2.0)
    with pytest.raises(AttributeError):
        cupy.errstate  # noqa: B018
    with pytest.raises(AttributeError):
        x.itemset(0, 1.0)


def test_the_fake_device_computes(monkeypatch):
    cupy = install(monkeypatch)
    x = DeviceArray(np.arange(3.0))
    element, total = x[1], cupy.sum(x)
    assert isinstance(total, DeviceArray) and total.shape == () and total.item() == 3.0
    x[1:] += 1.0
    assert element.item() == 2.0, "an element is a view"
    cupy.add.at(x, [0, 0], 5.0)
    np.testing.assert_array_equal(x.get(), [10.0, 2.0, 3.0])
    np.testing.assert_array_equal((2.0 / x.T @ cupy.ones(3)).get(), np.sum(2.0 / x.get()))


# ---- a real device

def real_cupy():
    try:
        import cupy
    except ImportError:
        pytest.skip("CuPy is not installed")
    if not cupy.cuda.is_available():
        pytest.skip("CuPy finds no device")
    return cupy


@pytest.mark.gpu
@pytest.mark.parametrize("name", [name for name in EXAMPLES if name not in OWN])
def test_gradient_on_a_gpu(name):
    cupy = real_cupy()

    def moved(value, move, kind):
        if isinstance(value, (tuple, list)):
            return type(value)(moved(item, move, kind) for item in value)
        return move(value) if isinstance(value, kind) else value

    want = emitted("numpy", name)(*arguments(name))
    got = emitted("cupy", name)(*moved(arguments(name), cupy.asarray, np.ndarray))
    for g, w in zip(leaves(moved(got, cupy.asnumpy, cupy.ndarray)), leaves(want), strict=True):
        np.testing.assert_allclose(g, w, rtol=1e-9, atol=1e-12)


def leaves(value):
    if isinstance(value, (tuple, list)):
        return [leaf for item in value for leaf in leaves(item)]
    return [value]
