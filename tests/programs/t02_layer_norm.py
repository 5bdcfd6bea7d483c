# expect: gradient
"""Layer normalisation with gain and bias."""
import numpy as np

ARGNUMS = (0, 1, 2)


def inputs():
    rng = np.random.default_rng(1389)
    return [(rng.normal(size=(4, 3)), rng.normal(size=3), rng.normal(size=3), rng.normal(size=(4, 3))),
            (rng.normal(size=(2, 5)), rng.normal(size=5), rng.normal(size=5), rng.normal(size=(2, 5)))]


def f(x, gain, bias, t):
    mean = x.mean(axis=-1, keepdims=True)
    spread = np.var(x, axis=-1, keepdims=True)
    y = gain * (x - mean) / np.sqrt(spread + 1e-5) + bias
    return np.sum((y - t) ** 2)
