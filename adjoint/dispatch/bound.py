"""The derivative of a bound method: that of its function, with the object in its first place."""
from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any


class Bound:
    """`function` called with `owner` first; all else is asked of `function`.  It is pickled with its object."""

    def __init__(self, function: Any, owner: Any) -> None:
        self.function = function
        self.owner = owner
        self.__signature__ = without_first(inspect.signature(function))
        self.__doc__ = function.__doc__

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.function(self.owner, *args, **kwargs)

    def specialize(self, *args: Any, **kwargs: Any) -> Any:
        """The derivative that a call with arguments like these would run; `.source` is its text."""
        return self.function.specialize(self.owner, *args, **kwargs)

    def save(self, path: str | Path, *args: Any, **kwargs: Any) -> None:
        """Write the derivative of the function, whose first parameter is the object, as a module."""
        self.function.save(path, *([self.owner, *args] if args or kwargs else []), **kwargs)

    def __getattr__(self, name: str) -> Any:
        if name == "function" or name.startswith("__") and name not in ("__name__", "__wrapped__", "__module__"):
            raise AttributeError(name)
        return getattr(self.function, name)

    def __reduce__(self) -> tuple[Any, ...]:
        return Bound, (self.function, self.owner)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Bound) and self.function is other.function and self.owner is other.owner

    def __hash__(self) -> int:
        return hash((self.function, id(self.owner)))

    def __repr__(self) -> str:
        return f"<bound {self.function.__name__} of {self.owner!r}>"


def without_first(signature: inspect.Signature) -> inspect.Signature:
    return signature.replace(parameters=list(signature.parameters.values())[1:])
