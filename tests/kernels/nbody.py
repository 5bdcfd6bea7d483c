"""Bodies under gravity by leapfrog steps; a mask keeps a body from pulling at itself."""
import numpy as np

ARGNUMS = (0, 1, 2, 3, 4)


def example_args():
    rng = np.random.default_rng(11)
    return rng.uniform(0.5, 1.5, size=(4, 1)), rng.normal(size=(4, 3)), rng.normal(size=(4, 3)), 1.1, 0.1, 0.02, 3


def acceleration(position, mass, G, softening):
    x, y, z = position[:, 0:1], position[:, 1:2], position[:, 2:3]
    dx, dy, dz = x.T - x, y.T - y, z.T - z
    inv_r3 = dx ** 2 + dy ** 2 + dz ** 2 + softening ** 2
    far = inv_r3 > 1.5 * softening ** 2
    inv_r3[far] = inv_r3[far] ** (-1.5)
    inv_r3[~far] = 0.0
    a = np.empty_like(position)
    a[:, 0] = (G * (dx * inv_r3) @ mass)[:, 0]
    a[:, 1] = (G * (dy * inv_r3) @ mass)[:, 0]
    a[:, 2] = (G * (dz * inv_r3) @ mass)[:, 0]
    return a


def kernel(mass, position, velocity, G, softening, dt, steps):
    velocity -= np.mean(mass * velocity, axis=0) / np.mean(mass)
    a = acceleration(position, mass, G, softening)
    for _ in range(steps):
        velocity += a * dt / 2.0
        position += velocity * dt
        a = acceleration(position, mass, G, softening)
        velocity += a * dt / 2.0
    return np.sum(velocity * velocity) + np.sum(position * position)
