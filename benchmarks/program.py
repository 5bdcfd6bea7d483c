"""A function of 30 lines for `compile_time.py`: loops, branches, writes in place, a matrix product."""
import numpy as np


def simulate(u, w, A, bias, rate, drag, steps, target):
    energy = 0.0
    momentum = np.zeros_like(u)
    magnitude = np.abs(u)
    peak = np.max(magnitude)
    for k in range(steps):
        left = u[:-2]
        right = u[2:]
        curvature = left - 2.0 * u[1:-1] + right
        force = rate * curvature - drag * momentum[1:-1]
        if k % 2 == 0:
            force = force + np.sin(u[1:-1])
        else:
            force = force - np.cos(u[1:-1])
        momentum[1:-1] += force
        u[1:-1] += 0.1 * momentum[1:-1]
        u[0] = u[1]
        u[-1] = u[-2]
        kinetic = 0.5 * np.sum(momentum ** 2)
        elastic = 0.5 * rate * np.sum((u[1:] - u[:-1]) ** 2)
        energy = energy + kinetic + elastic
    hidden = np.tanh(A @ u + bias)
    gate = 1.0 / (1.0 + np.exp(-hidden))
    output = np.sum(w * gate * hidden)
    scale = 1.0 + peak ** 2
    error = output / scale
    error = error - target
    penalty = np.mean(np.abs(u)) + np.sqrt(1.0 + np.mean(u * u))
    if energy > 1.0:
        penalty = penalty + np.log(energy)
    return error * error + 0.01 * penalty


def arguments():
    rng = np.random.default_rng(0)
    n, m = 12, 5
    u, w, A, bias = (rng.standard_normal(shape) for shape in (n, m, (m, n), m))
    return u, w, A, bias, 0.2, 0.1, 6, 0.5
