# expect: gradient
"""Three scalars carried through time."""
ARGNUMS = (0, 1, 2, 3, 4)


def inputs():
    return [(1.0, 0.8, 1.1, 10.0, 28.0, 0.01, 5)]


def f(x, y, z, sigma, rho, dt, n):
    for _ in range(n):
        dx = sigma * (y - x)
        dy = x * (rho - z) - y
        dz = x * y - 2.5 * z
        x = x + dt * dx
        y = y + dt * dy
        z = z + dt * dz
    return x * x + y * z
