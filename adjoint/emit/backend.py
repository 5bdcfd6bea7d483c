"""The one place that knows NumPy from CuPy.

A backend says what a function of NumPy is called there, under which name its module is imported, and
how a scattered addition is written.
"""
from __future__ import annotations

from dataclasses import dataclass, field, replace

LEAST = "min"
COPY = "copy"  # the method
SWAPAXES = "numpy.swapaxes"
ADDITION, SUBTRACTION = "numpy.add.at", "numpy.subtract.at"  # where an index may repeat
MODULES = ("math", "cupyx.scipy.special")     # those that have no shorter name


@dataclass(frozen=True)
class Backend:
    """`modules`: what stands for a module of the user's program; `functions`: exceptions to that.  `lists`: True where
    it makes arrays of the lists that it is given.
    """

    name: str
    modules: dict[str, str] = field(default_factory=dict)
    functions: dict[str, str] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    lists: bool = True

    def function(self, spelling: str) -> str:
        """The dotted name of a function in this backend."""
        if spelling in self.functions:
            return self.functions[spelling]
        module, _, word = spelling.rpartition(".")
        return f"{self.counterpart(module)}.{word}"

    def counterpart(self, module: str) -> str:
        """What stands for a module, or for the package that it is in."""
        package, _, word = module.rpartition(".")
        return self.modules.get(module) or (f"{self.counterpart(package)}.{word}" if package else module)

    def beside(self, aliases: dict[str, str], taken: set[str]) -> Backend:
        """The backend with these names for modules, changed where variables have them."""
        known = {**{module: module for module in MODULES}, **aliases}
        free = {module: alias if alias.partition(".")[0] not in taken else next(
            word for k in range(1, 100) if (word := alias.replace(".", "_") + "_" * k) not in taken)
            for module, alias in known.items()}
        return replace(self, aliases=free)

    def alias(self, module: str, used: dict[str, str]) -> str:
        """The name under which the text has a module, by itself or in its package; notes what it imports."""
        module = self.counterpart(module)
        package, _, word = module.rpartition(".")
        if module not in self.aliases and package in self.aliases:
            return f"{self.alias(package, used)}.{word}"
        if module not in used:
            used[module] = self.aliases.get(module, module)
        return used[module]


NUMPY = Backend("numpy", aliases={"numpy": "np", "scipy.special": "scipy.special"})
CUPY = Backend(
    "cupy",
    modules={"numpy": "cupy", "scipy.special": "cupyx.scipy.special"},
    functions={"numpy.add.at": "cupy.add.at"},
    aliases={"cupy": "cp"}, lists=False)
BACKENDS = {backend.name: backend for backend in (NUMPY, CUPY)}
