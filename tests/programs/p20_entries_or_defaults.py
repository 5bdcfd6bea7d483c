# expect: gradient
"""`d.get(key, default)` of a dict that is an argument, with keys that it has and keys that it lacks."""
import numpy as np

ARGNUMS = (0, 1)


def inputs():
    rng = np.random.default_rng(20)
    return [(rng.normal(size=3), {"w": rng.normal(size=3), "b": 0.3}),
            (rng.normal(size=2), {"w": rng.normal(size=2)})]


def f(x, params):
    y = params.get("w") * x + params.get("b", 0.0)
    if params.get("scale") is not None:
        y = y * params["scale"]
    for name in ("b", "w", "c"):
        y = y + params.get(name, 1.0) * y * y
    return np.sum(y)
