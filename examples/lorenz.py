"""The Lorenz system by explicit Euler steps, in plain Python floats."""

EXAMPLE = ("lorenz", (0, 1, 2, 3, 4, 5))


def lorenz(x, y, z, sigma, rho, beta, dt, steps):
    for _ in range(steps):
        dx = sigma * (y - x)
        dy = x * (rho - z) - y
        dz = x * y - beta * z
        x = x + dt * dx
        y = y + dt * dy
        z = z + dt * dz
    return x * x + y * y + z * z


def example_args():
    return 1.0, 1.2, 0.9, 10.0, 28.0, 8.0 / 3.0, 0.01, 60
