# Written by adjoint from lorenz.py:6 (lorenz): reverse mode, wrt x, y, z, sigma, rho, beta.


def lorenz_grad(x, y, z, sigma, rho, beta, dt, steps):
    """Gradient of `lorenz` with respect to `x`, `y`, `z`, `sigma`, `rho` and `beta`, in reverse
    mode.

    Args:
        x, y, z, sigma, rho, beta, dt: float.
        steps: int.

    Returns:
        x_bar: float, y_bar: float, z_bar: float, sigma_bar: float, rho_bar: float, beta_bar: float.

    Saved for the backward pass: (x, y, z), once per trip of line 7.
    """
    # forward
    saved = []
    for _ in range(steps):
        saved.append((x, y, z))
        dx = sigma * (y - x)
        dy = x * (rho - z) - y
        dz = x * y - beta * z
        x = x + dt * dx
        y = y + dt * dy
        z = z + dt * dz

    # backward
    beta_bar = rho_bar = sigma_bar = 0.0
    x_bar = 2.0 * x                                 # 14 | return x * x + y * y + z * z
    y_bar = 2.0 * y
    z_bar = 2.0 * z
    while saved:                                    # 7 | for _ in range(steps):
        dz_bar = z_bar * dt                         # 13 | z = z + dt * dz
        dy_bar = y_bar * dt                         # 12 | y = y + dt * dy
        dx_bar = x_bar * dt                         # 11 | x = x + dt * dx
        x, y, z = saved.pop()
        beta_bar -= dz_bar * z                      # 10 | dz = x * y - beta * z
        dy_in_bar = dy_bar * x                      # 9 | dy = x * (rho - z) - y
        rho_bar += dy_in_bar
        z_bar -= dz_bar * beta + dy_in_bar
        sigma_bar += dx_bar * (y - x)               # 8 | dx = sigma * (y - x)
        dx_in_bar = dx_bar * sigma
        y_bar += dz_bar * x - dy_bar + dx_in_bar
        x_bar += dz_bar * y + dy_bar * (rho - z) - dx_in_bar
    return x_bar, y_bar, z_bar, sigma_bar, rho_bar, beta_bar
