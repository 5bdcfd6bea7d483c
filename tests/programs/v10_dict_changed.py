# expect: gradient
"""A dict that the function changes: entries replaced, added, added to, removed; arrays in it written."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    return [(np.array([0.3, 0.8, 0.5]), 0.7, 3), (np.array([0.3, 0.8, 0.5]), -0.7, 0)]


def step(state, a):
    state["place"] = state["place"] + 0.1 * state["speed"] * a
    state["speed"] *= 1.0 - 0.05 * a
    state["count"] = state.get("count", 0.0) + a * a


def f(x, a, n):
    state = {"place": x, "speed": a * np.sin(x)}
    other = state
    total = {"energy": 0.0, "spare": x * a}
    state["count"] = 1.0
    for k in range(n):
        step(state, a)
        total["energy"] += np.sum(other["speed"] ** 2) * state["count"]
        if total["energy"] > 0.1:
            total["energy"] = 0.5 * total["energy"]
    unused = total.pop("spare")
    merged = {**total, "last": other["place"], **{"energy": total["energy"] * a}}
    del merged["last"]
    s = 0.0
    for key, v in state.items():
        s = s + np.sum(v * v * a)
    return s + merged["energy"] * len(state) + np.sum(unused) if "last" not in merged else s
