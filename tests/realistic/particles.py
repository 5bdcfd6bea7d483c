"""Molecules, bodies, springs, rays."""
from dataclasses import dataclass

import numpy as np


def lj(pos, eps, sigma, box):
    n = pos.shape[0]
    E = 0.0
    for i in range(n):
        for j in range(i + 1, n):
            d = pos[i] - pos[j]
            d = d - box * np.round(d / box)
            r2 = np.dot(d, d)
            if r2 < (2.5 * sigma)**2:
                s6 = (sigma**2 / r2)**3
                E += 4 * eps * (s6*s6 - s6)
    return E


def lj_forces(pos, eps, sigma, cutoff):
    """Forces pair by pair, added to both partners."""
    n = len(pos)
    forces = np.zeros_like(pos)
    energy = 0.0
    for i in range(n - 1):
        for j in range(i + 1, n):
            rij = pos[i] - pos[j]
            r2 = (rij ** 2).sum()
            if r2 > cutoff ** 2:
                continue
            inv6 = (sigma ** 2 / r2) ** 3
            fij = 24 * eps * (2 * inv6 ** 2 - inv6) / r2 * rij
            forces[i] += fij
            forces[j] -= fij
            energy += 4 * eps * inv6 * (inv6 - 1)
    return forces, energy


def velocity_verlet(pos, vel, eps, sigma, dt, steps):
    f, _ = lj_forces(pos, eps, sigma, cutoff=3.0)
    for _ in range(steps):
        vel = vel + 0.5 * dt * f
        pos = pos + dt * vel
        f, energy = lj_forces(pos, eps, sigma, cutoff=3.0)
        vel = vel + 0.5 * dt * f
    return energy + 0.5 * np.sum(vel ** 2)


def verlet_masks(pos, vel, box, cutoff, dt, steps):
    """All pairs at once; neighbours by a mask, positions wrapped into the box."""
    def acceleration(pos):
        d = pos[:, None, :] - pos[None, :, :]
        d -= box * np.round(d / box)
        r2 = np.sum(d ** 2, axis=-1)
        near = (r2 < cutoff ** 2) & ~np.eye(len(pos), dtype=bool)
        w = np.zeros_like(r2)
        w[near] = 1.0 / r2[near] ** 2
        return np.sum(w[:, :, None] * d, axis=1)

    acc = acceleration(pos)
    for _ in range(steps):
        pos += vel * dt + 0.5 * acc * dt ** 2
        pos %= box
        new = acceleration(pos)
        vel += 0.5 * (acc + new) * dt
        acc = new
    return np.sum(vel ** 2) + np.sum(np.cos(2 * np.pi * pos / box))


@dataclass
class Bodies:
    mass: np.ndarray
    pos: np.ndarray
    vel: np.ndarray
    softening: float = 0.1


def pairwise_accel(bodies, G):
    n = len(bodies.mass)
    acc = np.zeros((n, 3))
    for i in range(n):
        for j in range(n):
            if i == j:
                continue
            r = bodies.pos[j] - bodies.pos[i]
            acc[i] += G * bodies.mass[j] * r / (r @ r + bodies.softening ** 2) ** 1.5
    return acc


def potential_energy(bodies, G):
    acc = pairwise_accel(bodies, G)
    kinetic = 0.5 * np.sum(bodies.mass * (bodies.vel ** 2).sum(axis=1))
    virial = np.sum(bodies.mass[:, None] * acc * bodies.pos)
    return kinetic + virial


def yoshida(pos, vel, mass, dt, steps, G=1.0):
    """Fourth-order symplectic steps with coefficients in tuples."""
    w1 = 1.0 / (2.0 - 2.0 ** (1.0 / 3.0))
    w0 = -2.0 ** (1.0 / 3.0) * w1
    cs = (w1 / 2, (w0 + w1) / 2, (w0 + w1) / 2, w1 / 2)
    ds = (w1, w0, w1)
    for _ in range(steps):
        for k, c in enumerate(cs):
            pos = pos + c * dt * vel
            if k < len(ds):
                diff = pos[None, :, :] - pos[:, None, :]
                dist2 = (diff ** 2).sum(-1) + 0.01
                acc = G * (mass[None, :, None] * diff / dist2[..., None] ** 1.5).sum(1)
                vel = vel + ds[k] * dt * acc
    centre = (mass[:, None] * pos).sum(0) / mass.sum()
    return np.sum((pos - centre) ** 2)


def cubic_kernel(q):
    return np.where(q < 1, 1 - 1.5*q**2 + 0.75*q**3, np.where(q < 2, 0.25*(2-q)**3, 0.0))


def sph(pos, m, h):
    n = len(pos)
    rho = np.zeros(n)
    for i in range(n):
        d = np.sqrt(np.sum((pos - pos[i]) ** 2, axis=1) + 1e-9)
        rho[i] = np.sum(m * cubic_kernel(d / h))
    return np.sum(rho**2)


def sph_step(pos, vel, h, stiffness, dt):
    """Densities from neighbour lists that are made by comprehension, then pressures."""
    n = len(pos)
    neighbours = [[j for j in range(n) if np.sum((pos[i] - pos[j]) ** 2) < 4 * h * h] for i in range(n)]
    rho = np.zeros(n)
    for i, near in enumerate(neighbours):
        for j in near:
            rho[i] += np.exp(-np.sum((pos[i] - pos[j]) ** 2) / h ** 2)
    p = stiffness * (rho - 1.0)
    acc = np.zeros_like(pos)
    for i, near in enumerate(neighbours):
        for j in near:
            if j != i:
                r = pos[i] - pos[j]
                acc[i] += (p[i] / rho[i] ** 2 + p[j] / rho[j] ** 2) * r * np.exp(-(r @ r) / h ** 2) / h ** 2
    vel = vel + dt * acc
    return np.sum((pos + dt * vel) ** 2)


def cloth(pos, springs, rest, k, damping, dt, steps):
    """Springs as pairs of integers; the corners are pinned."""
    x = pos.copy()
    v = np.zeros_like(x)
    pinned = [0, 2]
    for _ in range(steps):
        force = np.zeros_like(x)
        force[:, 1] -= 9.81
        for (i, j), length in zip(springs, rest):
            d = x[j] - x[i]
            stretch = np.sqrt(np.sum(d ** 2))
            f = k * (stretch - length) * d / stretch
            force[i] += f
            force[j] -= f
        force -= damping * v
        force[pinned] = 0.0
        v += dt * force
        x += dt * v
    return np.mean(x[:, 1]) + 0.5 * np.sum(v ** 2)


def cloth_at(pos, pairs, rest, k, dt, steps):
    """The same with index arrays and add.at."""
    x, v = pos.copy(), np.zeros_like(pos)
    a, b = pairs[:, 0], pairs[:, 1]
    for _ in range(steps):
        d = x[b] - x[a]
        length = np.sqrt((d ** 2).sum(axis=1, keepdims=True))
        f = k * (length - rest[:, None]) * d / length
        force = np.zeros_like(x)
        np.add.at(force, a, f)
        np.subtract.at(force, b, f)
        v += dt * force
        x += dt * v
    return np.sum(x ** 2)


def tree_force(points, masses, target, theta):
    """Barnes-Hut in one dimension: far halves act from their centres."""
    if len(points) == 1:
        d = points[0] - target
        return masses[0] * d / (d * d + 0.01) ** 1.5
    total = masses.sum()
    centre = np.sum(masses * points) / total
    size = points[-1] - points[0]
    if size < theta * abs(centre - target):
        d = centre - target
        return total * d / (d * d + 0.01) ** 1.5
    mid = len(points) // 2
    return (tree_force(points[:mid], masses[:mid], target, theta)
            + tree_force(points[mid:], masses[mid:], target, theta))


def barnes_hut(points, masses, theta):
    return sum(tree_force(points, masses, p + 0.05, theta) ** 2 for p in points)


def ray_spheres(origin, directions, centres, radii, albedo, light):
    """Nearest hits of many rays by masks, diffuse shading."""
    n = directions.shape[0]
    nearest = np.full(n, np.inf)
    image = np.zeros(n)
    dirs = directions / np.sqrt((directions ** 2).sum(axis=1, keepdims=True))
    for c, rad, a in zip(centres, radii, albedo):
        oc = origin - c
        b = dirs @ oc
        disc = b ** 2 - (oc @ oc - rad ** 2)
        hit = disc > 0
        t = np.full(n, np.inf)
        t[hit] = -b[hit] - np.sqrt(disc[hit])
        closer = hit & (t > 0) & (t < nearest)
        if not closer.any():
            continue
        nearest[closer] = t[closer]
        point = origin + t[closer][:, None] * dirs[closer]
        normal = (point - c) / rad
        image[closer] = a * np.maximum(normal @ light, 0.0) + 0.1 * a
    return np.sum(image ** 2)


def ray_march(centre, radius, origin, direction, max_steps=40):
    """Sphere tracing with a smooth union; early returns."""
    t = 0.0
    for _ in range(max_steps):
        p = origin + t * direction
        sphere = np.sqrt(np.sum((p - centre) ** 2)) - radius
        plane = p[1] + 1.0
        h = max(0.2 - abs(sphere - plane), 0.0) / 0.2
        d = min(sphere, plane) - h * h * 0.05
        if d < 1e-7:
            return t
        t += d
        if t > 20.0:
            return 20.0
    return t


def ising(J, s, beta):
    E = -np.sum(J * s[:, None] * s[None, :]) / 2
    return np.log(np.cosh(beta * E))


def metropolis_energy(spins, J, beta):
    n = spins.shape[0]
    e = 0.0
    for i in range(n):
        for j in range(n):
            e += -J * spins[i, j] * (spins[(i + 1) % n, j] + spins[i, (j + 1) % n])
    return beta * e


def ewald_like(q, pos, alpha, kmax):
    energy = 0.0
    for kx in range(-kmax, kmax + 1):
        for ky in range(-kmax, kmax + 1):
            if kx == 0 and ky == 0:
                continue
            k = np.array([kx, ky], dtype=float)
            k2 = k @ k
            phase = pos @ k
            re, im = np.sum(q * np.cos(phase)), np.sum(q * np.sin(phase))
            energy += np.exp(-k2 / (4 * alpha ** 2)) / k2 * (re ** 2 + im ** 2)
    return energy


def contact_bounce(x, v, stiffness, dt, steps, g=9.81):
    """A ball and a floor; the highest point after the first bounce."""
    bounced, top = False, None
    for _ in range(steps):
        a = -g
        if x < 0:
            a += -stiffness * x
            bounced = True
        v += dt * a
        x += dt * v
        if bounced and (top is None or x > top):
            top = x
    return top if top is not None else x


def cases():
    rng = np.random.default_rng(5)
    r = rng.normal
    grid = np.array([[i, j] for i in range(3) for j in range(3)], dtype=float)
    dirs = np.stack([np.array([0.3 * i, 0.3 * j, 1.0]) for i in range(-2, 3) for j in range(-1, 2)])
    cloth_pos = np.array([[0.0, 0.0], [1.0, 0.1], [2.0, 0.0], [1.0, -1.0]])
    return [
        (lj, (0, 1, 2), (2 * r(size=(5, 3)), 1., 1., 8.)),
        (velocity_verlet, (0, 1, 2, 3), (1.3 * grid[:5] + 0.1 * r(size=(5, 2)), 0.1 * r(size=(5, 2)), 0.5, 1.0, 0.01, 3)),
        (verlet_masks, (0, 1), (grid[:6] + 0.1 * r(size=(6, 2)) + 0.3, 0.1 * r(size=(6, 2)), 4.0, 1.6, 0.02, 3)),
        (potential_energy, (0, 1), (Bodies(rng.uniform(1, 2, size=3), r(size=(3, 3)), r(size=(3, 3))), 1.0)),
        (yoshida, (0, 1, 2, 3), (r(size=(3, 2)), r(size=(3, 2)), rng.uniform(1, 2, size=3), 0.02, 2)),
        (sph, (0, 1, 2), (r(size=(5, 2)), 1.0, .7)),
        (sph_step, (0, 1, 2, 3), (0.5 * r(size=(4, 2)), r(size=(4, 2)), 0.6, 2.0, 0.01)),
        (cloth, (0, 2, 3, 4), (cloth_pos, [(0, 1), (1, 2), (1, 3)], [0.9, 0.95, 1.0], 50.0, 0.1, 0.01, 4)),
        (cloth_at, (0, 2, 3), (cloth_pos, np.array([[0, 1], [1, 2], [1, 3]]), np.array([0.9, 0.95, 1.0]), 50.0, 0.01, 4)),
        (barnes_hut, (0, 1), (np.sort(r(size=5)), rng.uniform(1, 2, size=5), 0.7)),
        (ray_spheres, (0, 1, 2, 3, 4), (np.zeros(3), dirs, np.array([[0.0, 0, 5], [1, 1, 4]]), np.array([1.5, 1.0]),
                                        np.array([0.8, 0.6]), np.array([0.3, 0.5, -0.8]))),
        (ray_march, (0, 1, 2, 3), (np.array([0.2, 0.0, 4.0]), 1.0, np.zeros(3), np.array([0.02, -0.01, 1.0]))),
        (ising, (0, 2), (r(size=(4, 4)), np.sign(r(size=4)), .3)),
        (metropolis_energy, (1, 2), (np.sign(r(size=(3, 3))), .7, .3)),
        (ewald_like, (0, 1, 2), (r(size=4), r(size=(4, 2)), 0.8, 1)),
        (contact_bounce, (0, 1, 2), (1.0, 0.0, 400.0, 0.02, 40)),
    ]
