# expect: gradient
"""Loops over the entries of a dict that ask what their names are, go on, and are left."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(0)
    return [({"W1": rng.normal(size=(3, 3)), "b1": rng.normal(size=3), "W2": rng.normal(size=(3, 3)),
              "b2": rng.normal(size=3)}, rng.normal(size=3))]


def penalty(params):
    total = 0.0
    for name, value in params.items():
        if name.startswith("b"):
            continue
        total = total + np.sum(value * value)
    return total


def first(params, x):
    for name in params:
        if name == "W2":
            return params[name] @ x
        if "b" in name:
            x = x + params[name]
    return x


def f(params, x):
    weights = {"one": x[0], "two": x[1]}
    total = 0.0
    for name, weight in weights.items():
        total = total + (weight * weight if name == "one" else weight)
    for name in ("W1", "b1", "none"):
        if name == "none":
            break
        total = total + np.sum(params[name])
    for name, value in params.items():
        if name.endswith("1") and len(name) == 2:
            for k in range(2):
                if k == 1:
                    break
                total = total + np.sum(np.sin(value))
    return total + penalty(params) + np.sum(first(params, x))
