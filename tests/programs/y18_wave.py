# expect: gradient
"""Three buffers change places in each trip; that their sizes are equal is known from the call alone."""
import numpy as np

ARGNUMS = (0, 1, 2)


def inputs():
    rng = np.random.default_rng(41)
    return [(1.0 + 0.1 * rng.normal(size=7), rng.normal(size=7), rng.normal(size=7), 4)]


def f(c, u, u_prev, steps):
    u = u.copy()
    u_prev = u_prev.copy()
    u_next = np.zeros_like(u)
    r2 = (0.3 * c) ** 2
    trace = np.zeros(steps)
    for n in range(steps):
        u_next[1:-1] = 2 * u[1:-1] - u_prev[1:-1] + r2[1:-1] * (u[2:] - 2 * u[1:-1] + u[:-2])
        u_prev, u, u_next = u, u_next, u_prev
        trace[n] = u[len(u) // 2]
    return np.sum(trace ** 2)
