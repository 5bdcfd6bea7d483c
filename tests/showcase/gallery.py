"""The showcase: each program, its ideal, and the inputs both are run on."""
from __future__ import annotations

import copy
import importlib
import runpy
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

FOLDER = Path(__file__).parent
rng = np.random.default_rng(0)
normal = rng.standard_normal


@dataclass(frozen=True)
class Case:
    """A function of a program, and its derivative with respect to `argnums` as `ideal` writes it."""

    program: str
    name: str
    ideal: str
    argnums: tuple[int, ...]
    inputs: list[tuple[Any, ...]]

    @property
    def mode(self) -> str:
        return "jvp" if "jvp" in self.ideal else "grad_grad" if "grad2" in self.ideal else "grad"

    @property
    def backend(self) -> str:
        return "cupy" if "cupy" in self.ideal else "numpy"

    @property
    def wrt(self) -> int | tuple[int, ...]:
        return self.argnums[0] if len(self.argnums) == 1 else self.argnums

    def fresh(self, k: int) -> tuple[Any, ...]:
        """A copy of the input number k."""
        return copy.deepcopy(self.inputs[k])

    def primal(self) -> Callable[..., Any]:
        return getattr(importlib.import_module(f"{__package__}.{self.program}"), self.name)

    def derivative(self) -> Callable[..., Any]:
        """The ideal."""
        return runpy.run_path(str(FOLDER / f"{self.ideal}.py"))[f"{self.name}_{self.mode}"]

    def user_text(self) -> str:
        return (FOLDER / f"{self.program}.py").read_text()

    def ideal_text(self) -> str:
        return (FOLDER / f"{self.ideal}.py").read_text()


def layers(*sizes: int) -> list[tuple[np.ndarray, np.ndarray]]:
    return [(normal((m, n)), normal(n)) for m, n in zip(sizes, sizes[1:])]


def bottlenecks(*sizes: int) -> list[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    return [(normal((m, 2)), normal((2, n)), normal(2)) for m, n in zip(sizes, sizes[1:])]


def named(*sizes: int) -> dict[str, dict[str, np.ndarray]]:
    return {f"layer {k}": {"W": W, "b": b} for k, (W, b) in enumerate(layers(*sizes))}


def bump(*sizes: int) -> np.ndarray:
    """A smooth positive array."""
    grid = np.meshgrid(*(np.linspace(0.5, 1.5, n) ** 2 for n in sizes), indexing="ij")
    return np.prod(grid, axis=0)


LIMITS = (0.5, 4.0, 6.0, 1e9)
BRANCHES: tuple[list[float], ...] = ([0.5, 1.5, -0.3, 1.2, 1.1, 0.4, -0.8, 2.0], [-1.0, 1.5, 0.2], [1.5, 1.2], [])

# What the compiler is held to.
CASES = [
    Case("mlp", "mlp_loss", "mlp_ideal", (0,),
         [(layers(4, 6, 3), normal((7, 4)), normal((7, 3))), (layers(4, 3), normal((7, 4)), normal((7, 3)))]),
    Case("mlp", "mlp_loss", "mlp_cupy_ideal", (0,), [(layers(4, 6, 3), normal((7, 4)), normal((7, 3)))]),
    Case("relax", "relax", "relax_ideal", (0, 1), [(bump(9), 0.2, 1e-3)]),
    Case("logistic", "logistic_loss", "logistic_ideal", (0, 1),
         [(normal(3), 0.3, normal((8, 3)), rng.integers(0, 2, 8).astype(float))]),
    Case("predict_loss", "loss_fun", "predict_loss_ideal", (0,),
         [(layers(4, 6, 5, 3), normal((7, 4)), normal((7, 3))), (layers(4, 3), normal((7, 4)), normal((7, 3)))]),
    Case("lorenz", "lorenz", "lorenz_ideal", (0, 1, 2, 3, 4, 5),
         [(1.0, 1.2, 0.9, 10.0, 28.0, 8.0 / 3.0, 0.01, n) for n in (0, 1, 60)]),
    Case("heat", "heat", "heat_ideal", (0, 1), [(normal(9), 0.3, n) for n in (0, 1, 7)]),
    Case("heat", "heat", "heat_u_ideal", (0,), [(normal(9), 0.3, n) for n in (0, 1, 7)]),
    Case("double_buffer", "double_buffer", "double_buffer_ideal", (0,),
         [(0.5 * normal(8), n) for n in (0, 1, 2, 5)]),
    Case("newton", "newton", "newton_ideal", (0, 1), [(2.0, 3.0, tol) for tol in (10.0, 0.5, 0.05, 1e-12)]),
    Case("tanh_grad2", "xtanh", "tanh_grad2_ideal", (0,), [(0.7,), (-1.3,), (0.0,)]),
    # variants
    Case("bottleneck", "bottleneck", "bottleneck_ideal", (0,),
         [(bottlenecks(*sizes), normal((7, 4)), normal((7, 3))) for sizes in ((4, 6, 3), (4, 6, 5, 3), (4, 3))]),
    Case("relax2d", "relax2d", "relax2d_ideal", (0, 1), [(bump(6, 5), 0.05, tol) for tol in (1e-2, 10.0)]),
    Case("relax_break", "relax_break", "relax_break_ideal", (0, 1),
         [(bump(9), 0.2, 1e-3, n) for n in (0, 1, 4, 1000)]),
    Case("two_fields", "two_fields", "two_fields_ideal", (0, 1),
         [(normal(8), normal(8), 0.1, n) for n in (0, 1, 6)]),
    Case("leapfrog", "leapfrog", "leapfrog_ideal", (0,), [(normal(8), 0.1, n) for n in (0, 1, 2, 3, 7)]),
    Case("recurrence", "recurrence", "recurrence_ideal", (0, 1), [(0.5 * normal(n), 0.7) for n in (6, 1, 2)]),
    Case("weighted_logistic", "weighted_logistic", "weighted_logistic_ideal", (0, 1),
         [(normal(3), 0.3, normal((8, 3)), rng.integers(0, 2, 8).astype(float), rng.uniform(0.5, 2.0, 8), 0.1)]),
    Case("swapped", "swapped", "swapped_ideal", (0, 1, 2), [(0.4, 0.7, -0.6, n) for n in (0, 1, 2, 9)]),
    Case("residual", "residual_loss", "residual_ideal", (0,),
         [(layers(*sizes), normal((7, 4)), normal((7, 4))) for sizes in ((4, 4, 4), (4, 4))]),
    Case("split_steps", "split_steps", "split_steps_ideal", (0,), [(normal(9), 0.3, n) for n in (0, 1, 2, 7)]),
]

# Control flow: held to a little less.
CONTROL_FLOW = [
    Case("branches", "branches", "branches_ideal", (0, 1), [(np.array(x), 0.7) for x in BRANCHES]),
    Case("dict_params", "net_loss", "dict_params_ideal", (0,),
         [(named(*sizes), normal((7, 4)), normal((7, 3))) for sizes in ((4, 6, 3), (4, 6, 5, 3))]),
    Case("rows", "rows", "rows_ideal", (0, 1),
         [(normal((n, 3)), normal(3)) for n in (2, 3, 6)] + [(np.asfortranarray(normal((5, 3))), normal(3))]),
    Case("rnn", "rnn_loss", "rnn_ideal", (0, 1, 2),
         [(normal((4, 4)), normal((3, 4)), normal(4), normal((5, 4)), normal((t, 5, 3)), normal((t, 5, 4)))
          for t in (1, 6)]),
    Case("early_exit", "early_exit", "early_exit_ideal", (0,),
         [(np.array(x), limit) for x in ([1.3, 0.9, 1.2, 1.1], [1.3, 0.9, 0.05, 1.1]) for limit in LIMITS]),
    Case("pair", "prod_tree", "pair_ideal", (0,),
         [(1.0 + 0.2 * normal(n + 1), 0, n) for n in (1, 2, 3, 8)] + [(1.0 + 0.2 * normal(9), 2, 7)]),
]
CASES += CONTROL_FLOW

# Ideals that nothing is held to yet, and what the compiler has to learn for each.
LATER = [
    (Case("settle", "settle", "settle_ideal", (0, 1), [(bump(9), 0.2, 1e-3, n) for n in (0, 1, 4, 1000)]),
     "a trip that breaks before its write adds nothing to any adjoint"),
    (Case("mlp", "mlp_loss", "mlp_jvp_ideal", (0,), [(layers(4, 6, 3), normal((7, 4)), normal((7, 3)))]),
     "forward mode"),
    (Case("heat", "heat", "heat_jvp_ideal", (0, 1), [(normal(9), 0.3, n) for n in (0, 1, 7)]), "forward mode"),
]
