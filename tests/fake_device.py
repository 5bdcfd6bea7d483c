"""A fake device: arrays that refuse on the CPU what CuPy's refuse, or do slowly, on a GPU.

`install(monkeypatch)` puts modules `cupy` and `cupyx` into `sys.modules` that have the names of
CuPy 14.2 (tests/data/cupy.txt) and compute with NumPy.  A `DeviceArray` refuses

- implicit conversion to NumPy (`__array__`) and dispatch of NumPy's functions and ufuncs,
- what waits for the device: `float()`, `int()`, `bool()`, an index (`.item()` is the explicit way),
- `ufunc.at` of NumPy, and operands that are `ndarray`s, lists or tuples,
- stores through an index that names a place twice: there, which one wins is undefined.
"""
from __future__ import annotations

import operator
import sys
import types
from pathlib import Path
from typing import Any

import numpy as np

NAMES = frozenset(
    line for line in (Path(__file__).parent / "data" / "cupy.txt").read_text().splitlines() if line[:1] != "#")
UNKNOWN_KEYWORDS = {"where", "initial"}


class DeviceError(TypeError):
    """Something that a device array does not do."""


def host(value: Any) -> Any:
    """What a device function gets, as NumPy sees it.  Raises DeviceError for an ndarray."""
    if isinstance(value, DeviceArray):
        return value._on_device
    if isinstance(value, np.ndarray):
        raise DeviceError("mixing: an ndarray where a device array is expected")
    if isinstance(value, (tuple, list)):
        return type(value)(map(host, value))
    return value


def device(value: Any) -> Any:
    """A result as the device gives it: reductions and elements are 0-d arrays, not scalars."""
    if isinstance(value, (np.ndarray, np.generic)):
        return DeviceArray(np.asarray(value))
    if isinstance(value, (tuple, list)):
        return list(map(device, value)) if isinstance(value, list) else tuple(map(device, value))
    return value


def refuse(what: str) -> Any:
    def refusing(self: Any, *args: Any, **kwargs: Any) -> Any:
        raise DeviceError(f"{what} of a device array")
    return refusing


def forward(name: str) -> Any:
    """A method that runs NumPy's of the same name."""
    def method(self: Any, *args: Any, **kwargs: Any) -> Any:
        check_keywords(name, kwargs)
        return device(getattr(self._on_device, name)(*map(host, args), **{k: host(v) for k, v in kwargs.items()}))
    return method


def check_keywords(name: str, kwargs: dict[str, Any]) -> None:
    for key in UNKNOWN_KEYWORDS & set(kwargs):
        raise DeviceError(f"{name}() has no keyword {key!r} on the device")


class DeviceArray:
    """Holds an ndarray that nobody sees.  Views share memory, as on a device."""

    __hash__ = None  # type: ignore[assignment]

    def __init__(self, array: np.ndarray) -> None:
        self._on_device = array

    def __repr__(self) -> str:
        return f"DeviceArray{self.shape}"

    def __getattr__(self, name: str) -> Any:
        if f"cupy.ndarray.{name}" not in NAMES:
            raise AttributeError(f"'cupy.ndarray' object has no attribute {name!r}")
        found = getattr(self._on_device, name)
        return forward(name).__get__(self) if callable(found) else device(found)

    @property
    def __cuda_array_interface__(self) -> dict[str, Any]:
        return dict(self._on_device.__array_interface__)

    def item(self) -> Any:
        return self._on_device.item()

    def get(self) -> np.ndarray:
        return self._on_device.copy()

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **kwargs: Any) -> Any:
        if any(type(each) is np.ndarray for each in inputs):
            raise DeviceError("mixing: an ndarray where a device array is expected")
        raise DeviceError("ufunc.at of NumPy" if method == "at" else f"NumPy dispatch: np.{ufunc.__name__}")

    def __array_function__(self, function: Any, kinds: Any, args: Any, kwargs: Any) -> Any:
        raise DeviceError(f"NumPy dispatch: np.{function.__name__}")

    __array__ = refuse("implicit conversion to NumPy")
    __float__, __int__, __complex__ = refuse("float()"), refuse("int()"), refuse("complex()")
    __bool__, __index__ = refuse("bool()"), refuse("use as an index")

    def __len__(self) -> int:
        return len(self._on_device)

    def __iter__(self) -> Any:
        return (self[k] for k in range(len(self)))

    def __getitem__(self, index: Any) -> Any:
        """An element is a 0-d view, not a scalar: it changes with its array."""
        index = host(index)
        parts = index if isinstance(index, tuple) else (index,)
        if all(part is None or isinstance(part, (int, np.integer, slice)) for part in parts):
            return DeviceArray(self._on_device[(*parts, ...)])
        return DeviceArray(np.asarray(self._on_device[index]))

    def __setitem__(self, index: Any, value: Any) -> None:
        index = host(index)
        if is_repeated(self._on_device, index):
            raise DeviceError("a store through an index that names a place twice")
        self._on_device[index] = operand(value)


def is_repeated(array: np.ndarray, index: Any) -> bool:
    """True where an integer-array index names one place more than once."""
    places = np.arange(array.size).reshape(array.shape)[index]
    return bool(np.unique(places).size != np.size(places))


OPERATORS = ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul", "and", "or", "xor")


def unary(function: Any) -> Any:
    return lambda self: device(function(self._on_device))


def operand(value: Any) -> Any:
    """The other operand of an operator.  Raises DeviceError for a list."""
    if isinstance(value, (tuple, list)):
        raise DeviceError("a list where a device array is expected")
    return host(value)


def binary(function: Any) -> Any:
    return lambda self, other: device(function(self._on_device, operand(other)))


def reflected(function: Any) -> Any:
    return lambda self, other: device(function(operand(other), self._on_device))


def in_place(function: Any) -> Any:
    def operate(self: Any, other: Any) -> Any:
        function(self._on_device, operand(other))
        return self
    return operate


for _word in OPERATORS:
    _plain = getattr(operator, _word if _word not in ("and", "or") else _word + "_")
    setattr(DeviceArray, f"__{_word}__", binary(_plain))
    setattr(DeviceArray, f"__r{_word}__", reflected(_plain))
    setattr(DeviceArray, f"__i{_word}__", in_place(getattr(operator, "i" + _word)))
for _word in ("lt", "le", "gt", "ge", "eq", "ne"):
    setattr(DeviceArray, f"__{_word}__", binary(getattr(operator, _word)))
for _word in ("neg", "pos", "abs", "invert"):
    setattr(DeviceArray, f"__{_word}__", unary(getattr(operator, _word)))


class DeviceFunction:
    """A function or ufunc of the fake `cupy`."""

    def __init__(self, name: str, function: Any) -> None:
        self.__name__, self._function = name, function

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        check_keywords(self.__name__, kwargs)
        return device(self._function(*map(host, args), **{key: host(value) for key, value in kwargs.items()}))

    def at(self, array: Any, index: Any, *values: Any) -> None:
        if self.__name__ not in ("add", "subtract", "maximum", "minimum"):
            raise DeviceError(f"{self.__name__}.at on the device")
        self._function.at(array._on_device, host(index), *map(host, values))


class DeviceModule(types.ModuleType):
    """A module with the names that CuPy has, found in a module of the CPU."""

    def __init__(self, name: str, source: Any) -> None:
        super().__init__(name)
        self._source = source

    def __getattr__(self, name: str) -> Any:
        if f"{self.__name__}.{name}" not in NAMES:
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        if name == "ndarray":
            return DeviceArray
        found = getattr(self._source, name)
        if isinstance(found, type) or not callable(found):
            return found
        return DeviceFunction(name, found)


def to_device(value: Any) -> Any:
    """A copy of an argument whose arrays are on the device."""
    if isinstance(value, np.ndarray):
        return DeviceArray(value.copy(order="K"))
    if isinstance(value, (tuple, list)):
        return type(value)(map(to_device, value))
    if isinstance(value, dict):
        return {key: to_device(item) for key, item in value.items()}
    return value


def to_host(value: Any) -> Any:
    """The inverse of `to_device`."""
    if isinstance(value, DeviceArray):
        return value.get()
    if isinstance(value, (tuple, list)):
        return type(value)(map(to_host, value))
    if isinstance(value, dict):
        return {key: to_host(item) for key, item in value.items()}
    return value


def install(monkeypatch: Any) -> types.ModuleType:
    """Put the fake `cupy` and `cupyx` into `sys.modules`; returns `cupy`."""
    cupy, cupyx = DeviceModule("cupy", np), types.ModuleType("cupyx")
    scipy = types.ModuleType("cupyx.scipy")
    special = DeviceModule("cupyx.scipy.special", None)
    try:
        import scipy.special as on_host
        special._source = on_host
    except ImportError:
        pass
    cupy.linalg = DeviceModule("cupy.linalg", np.linalg)
    cupyx.scatter_add = lambda array, index, value: np.add.at(array._on_device, host(index), host(value))
    cupyx.scipy, scipy.special = scipy, special
    for module in (cupy, cupy.linalg, cupyx, scipy, special):
        monkeypatch.setitem(sys.modules, module.__name__, module)
    return cupy
