"""Fields on grids: waves, diffusion, multigrid, shallow water."""
import numpy as np


def laplacian(u, dx=1.0, bc="periodic"):
    if bc == "periodic":
        return (np.roll(u, 1, 0) + np.roll(u, -1, 0) + np.roll(u, 1, 1) + np.roll(u, -1, 1) - 4 * u) / dx ** 2
    out = np.zeros_like(u)
    out[1:-1, 1:-1] = (u[2:, 1:-1] + u[:-2, 1:-1] + u[1:-1, 2:] + u[1:-1, :-2] - 4 * u[1:-1, 1:-1]) / dx ** 2
    return out


def wave(c, u, u_prev, nt, dt, dx):
    u = u.copy()
    u_prev = u_prev.copy()
    u_next = np.zeros_like(u)
    r2 = (c * dt / dx) ** 2
    trace = np.zeros(nt)
    for n in range(nt):
        u_next[1:-1] = 2*u[1:-1] - u_prev[1:-1] + r2[1:-1]*(u[2:] - 2*u[1:-1] + u[:-2])
        u_prev, u, u_next = u, u_next, u_prev
        trace[n] = u[len(u)//2]
    return np.sum(trace**2)


def burgers(u, nu, n):
    N = len(u)
    for _ in range(n):
        un = u.copy()
        for i in range(1, N - 1):
            u[i] = un[i] - un[i] * 0.1 * (un[i] - un[i-1]) + nu * (un[i+1] - 2*un[i] + un[i-1])
    return (u**2).sum()


def gray_scott(U, V, feed, kill, steps, bc="periodic"):
    """Reaction and diffusion, both fields in place."""
    U, V = U.copy(), V.copy()
    for step in range(steps):
        Lu, Lv = laplacian(U, bc=bc), laplacian(V, bc=bc)
        uvv = U * V ** 2
        U += 0.16 * Lu - uvv + feed * (1 - U)
        V += 0.08 * Lv + uvv - (feed + kill) * V
    return V.mean()


def heat_implicit(T0, conductivity, dt, dx, steps):
    """Backward Euler with varying conductivity; the tridiagonal solve overwrites its inputs."""
    T = T0.copy()
    n = len(T)
    k_face = 0.5 * (conductivity[1:] + conductivity[:-1])
    r = dt / dx ** 2
    for _ in range(steps):
        lower = np.zeros(n)
        diag = np.ones(n)
        upper = np.zeros(n)
        diag[1:-1] += r * (k_face[1:] + k_face[:-1])
        lower[1:-1] = -r * k_face[:-1]
        upper[1:-1] = -r * k_face[1:]
        rhs = T.copy()
        for i in range(1, n):
            w = lower[i] / diag[i-1]
            diag[i] -= w * upper[i-1]
            rhs[i] -= w * rhs[i-1]
        T[-1] = rhs[-1] / diag[-1]
        for i in range(n - 2, -1, -1):
            T[i] = (rhs[i] - upper[i] * T[i+1]) / diag[i]
    return np.sum(T[1:-1] ** 2)


def smooth(u, f, h, sweeps):
    for _ in range(sweeps):
        u[1:-1:2] = 0.5 * (u[:-2:2] + u[2::2] + h * h * f[1:-1:2])
        u[2:-2:2] = 0.5 * (u[1:-3:2] + u[3:-1:2] + h * h * f[2:-2:2])
    return u


def v_cycle(u, f, h):
    """Multigrid on 2^k + 1 points."""
    n = len(u)
    if n <= 3:
        u[1] = 0.5 * (u[0] + u[2] + h * h * f[1])
        return u
    u = smooth(u, f, h, 2)
    res = np.zeros_like(u)
    res[1:-1] = f[1:-1] + (u[2:] - 2 * u[1:-1] + u[:-2]) / h ** 2
    coarse = res[::2].copy()
    coarse[1:-1] = 0.25 * (res[1:-3:2] + 2 * res[2:-2:2] + res[3:-1:2])
    e = v_cycle(np.zeros(len(coarse)), coarse, 2 * h)
    u[::2] += e
    u[1::2] += 0.5 * (e[:-1] + e[1:])
    return smooth(u, f, h, 1)


def multigrid_energy(f, cycles):
    u = np.zeros(len(f))
    for _ in range(cycles):
        u = v_cycle(u, f, 1.0 / (len(f) - 1))
    return f @ u


def upwind(q, velocity, dt, dx, steps):
    q = q.copy()
    for _ in range(steps):
        vp, vm = np.maximum(velocity, 0), np.minimum(velocity, 0)
        dq_minus = q - np.roll(q, 1)
        dq_plus = np.roll(q, -1) - q
        q -= dt / dx * (vp * dq_minus + vm * dq_plus)
    return np.sum(q ** 2)


def minmod(a, b):
    return np.where(a * b > 0, np.where(np.abs(a) < np.abs(b), a, b), 0.0)


def muscl(u, dt, dx, steps):
    """Second-order finite volumes with a slope limiter and Rusanov fluxes."""
    for _ in range(steps):
        slope = np.zeros_like(u)
        slope[1:-1] = minmod(u[1:-1] - u[:-2], u[2:] - u[1:-1])
        left = (u + 0.5 * slope)[:-1]
        right = (u - 0.5 * slope)[1:]
        speed = np.maximum(np.abs(left), np.abs(right))
        flux = 0.25 * (left ** 2 + right ** 2) - 0.5 * speed * (right - left)
        u[1:-1] -= dt / dx * (flux[1:] - flux[:-1])
    return u @ u


def shallow_water(h, hu, g, dt, dx, steps):
    """Lax-Friedrichs; states stacked, new arrays in each step."""
    state = np.stack([h, hu])
    for _ in range(steps):
        depth, momentum = state
        flux = np.array([momentum, momentum ** 2 / depth + 0.5 * g * depth ** 2])
        mean = 0.5 * (state[:, 2:] + state[:, :-2])
        inner = mean - 0.5 * dt / dx * (flux[:, 2:] - flux[:, :-2])
        new = state.copy()
        new[:, 1:-1] = inner
        new[0, 0], new[0, -1] = new[0, 1], new[0, -2]
        new[1, [0, -1]] = 0.0
        state = new
    return np.sum(state[1] ** 2 / state[0]) + 0.5 * g * np.sum(state[0] ** 2)


def poisson_sor(rho, omega, tol):
    """Red-black relaxation with masks, until it stands still."""
    n = rho.shape[0]
    i, j = np.arange(n)[:, None], np.arange(n)[None, :]
    inside = (i > 0) & (i < n - 1) & (j > 0) & (j < n - 1)
    red = inside & ((i + j) % 2 == 0)
    black = inside & ((i + j) % 2 == 1)
    phi = np.zeros_like(rho)
    err = np.inf
    while err > tol:
        old = phi.copy()
        for mask in (red, black):
            nb = np.zeros_like(phi)
            nb[1:-1, 1:-1] = phi[:-2, 1:-1] + phi[2:, 1:-1] + phi[1:-1, :-2] + phi[1:-1, 2:]
            phi[mask] += omega * (0.25 * (nb[mask] + rho[mask]) - phi[mask])
        err = np.abs(phi - old).max()
    return np.sum(phi * rho)


def leapfrog_em(ez, hy, eps, steps, source):
    """One-dimensional FDTD with a source and absorbing ends."""
    n = ez.size
    for t in range(steps):
        hy[:-1] += 0.5 * (ez[1:] - ez[:-1])
        left, right = ez[1], ez[-2]
        ez[1:] += 0.5 / eps[1:] * (hy[1:] - hy[:-1])
        ez[n // 2] += source[t]
        ez[0], ez[-1] = left, right
    return np.sum(eps * ez ** 2 + hy ** 2)


def level_set(phi, speed, dt, steps):
    for _ in range(steps):
        dxm, dxp = np.zeros_like(phi), np.zeros_like(phi)
        dxm[1:, :] = phi[1:, :] - phi[:-1, :]
        dxp[:-1, :] = dxm[1:, :]
        dym, dyp = np.zeros_like(phi), np.zeros_like(phi)
        dym[:, 1:] = phi[:, 1:] - phi[:, :-1]
        dyp[:, :-1] = dym[:, 1:]
        grad = np.sqrt(np.maximum(dxm, 0) ** 2 + np.minimum(dxp, 0) ** 2
                       + np.maximum(dym, 0) ** 2 + np.minimum(dyp, 0) ** 2 + 1e-12)
        phi = phi - dt * speed * grad
    return np.sum(1.0 / (1.0 + np.exp(-phi)))


def adi_sweep(u, r):
    """Alternating directions: the same line solver along rows and, through a transpose, along columns."""
    def lines(v):
        for row in v:
            row[1:-1] = (row[1:-1] + r * (row[2:] + row[:-2])) / (1 + 2 * r)
        return v

    w = lines(u)
    w = lines(w.T).T
    return np.sum(w * w)


def cases():
    rng = np.random.default_rng(3)
    r = rng.normal
    return [
        (wave, (0, 1, 2), (1 + .1 * r(size=9), r(size=9), r(size=9), 5, .1, .5)),
        (burgers, (0, 1), (r(size=7), .1, 3)),
        (gray_scott, (0, 1, 2, 3), (r(size=(4, 4)), r(size=(4, 4)), 0.06, 0.05, 3)),
        (gray_scott, (0, 1), (r(size=(4, 4)), r(size=(4, 4)), 0.06, 0.05, 2, "fixed")),
        (heat_implicit, (0, 1, 2), (r(size=6), rng.uniform(0.5, 1.5, size=6), 0.1, 0.5, 3)),
        (multigrid_energy, (0,), (r(size=9), 2)),
        (upwind, (0, 1), (r(size=6), r(size=6), 0.1, 0.5, 3)),
        (muscl, (0, 1), (r(size=7), 0.1, 0.5, 3)),
        (shallow_water, (0, 1, 2), (rng.uniform(1, 2, size=6), r(size=6), 9.81, 0.01, 0.5, 3)),
        (poisson_sor, (0, 1), (r(size=(5, 5)), 1.2, 1e-3)),
        (leapfrog_em, (0, 1, 2, 4), (r(size=7), r(size=7), rng.uniform(1, 3, size=7), 4, r(size=4))),
        (level_set, (0, 1), (r(size=(4, 5)), 0.7, 0.1, 3)),
        (adi_sweep, (0, 1), (r(size=(4, 5)), 0.3)),
    ]
