# expect: gradient
"""Dicts made by comprehensions, by `dict(...)`, and filled in a loop over their keys."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    return [(np.array([0.3, 0.8, 0.5]), 0.7), (np.array([-0.3, 0.8, 0.5]), -0.2)]


def f(x, a):
    powers = {name: x ** k * a for k, name in enumerate(("one", "two", "three"), 1) if name != "two"}
    sums = {}
    for name in ("one", "three"):
        sums[name] = np.sum(powers[name])
        powers[name] *= a
    both = dict(powers, last=x * a)
    both["last"] = both["last"] * sums["one"]
    s = 0.0
    for key, v in both.items():
        s += np.sum(v) * (2.0 if key == "last" else sums[key])
    return s
