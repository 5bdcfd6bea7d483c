"""Differential equations, maps, control."""
import math
from collections import namedtuple
from dataclasses import dataclass

import numpy as np


def rk4(theta, y0, dt, n):
    def rhs(y, theta):
        return np.array([y[1], theta[0] * (1 - y[0]**2) * y[1] - theta[1] * y[0]])
    y = y0
    out = 0.0
    for k in range(n):
        k1 = rhs(y, theta)
        k2 = rhs(y + 0.5*dt*k1, theta)
        k3 = rhs(y + 0.5*dt*k2, theta)
        k4 = rhs(y + dt*k3, theta)
        y = y + dt/6*(k1 + 2*k2 + 2*k3 + k4)
        out += y[0]**2
    return out


def rk45(f, y, t_end, args=(), rtol=1e-3, h=0.2):
    """Bogacki-Shampine pairs with steps that are rejected and repeated."""
    t = 0.0
    while t < t_end:
        h = min(h, t_end - t)
        k1 = f(t, y, *args)
        k2 = f(t + h / 2, y + h / 2 * k1, *args)
        k3 = f(t + 3 * h / 4, y + 3 * h / 4 * k2, *args)
        y_new = y + h * (2 * k1 + 3 * k2 + 4 * k3) / 9
        k4 = f(t + h, y_new, *args)
        error = h * np.max(np.abs(-5 * k1 / 72 + k2 / 12 + k3 / 9 - k4 / 8))
        if error <= rtol:
            t += h
            y = y_new
        factor = 0.9 * (rtol / (error + 1e-12)) ** (1 / 3)
        h *= min(2.0, max(0.3, factor))
    return y


def lotka_volterra(t, y, a, b, c, d):
    return np.array([a * y[0] - b * y[0] * y[1], -c * y[1] + d * y[0] * y[1]])


def predator_prey_loss(params, y0, target):
    y = rk45(lotka_volterra, y0, 1.0, args=(params["a"], params["b"], params["c"], params["d"]))
    return np.sum((y - target) ** 2)


def adaptive_steps(y0, rate, t_end, tol):
    """Step doubling for a scalar; what is accepted depends on the data."""
    t, y, h, steps = 0.0, y0, 0.1, 0
    while t < t_end and steps < 100:
        if t + h > t_end:
            h = t_end - t
        full = y - h * rate * y ** 2
        half = y - 0.5 * h * rate * y ** 2
        double = half - 0.5 * h * rate * half ** 2
        if abs(double - full) > tol:
            h *= 0.5
            continue
        y = 2 * double - full
        t += h
        steps += 1
        if abs(double - full) < 0.1 * tol:
            h *= 2
    return y


def logistic_map(r, x, n):
    xs = []
    for _ in range(n):
        x = r * x * (1 - x)
        xs.append(x)
    return sum(xs) / len(xs)


def lyapunov(a, b, x, y, n):
    """The Henon map and the growth of a tangent vector."""
    vx, vy, total = 1.0, 0.0, 0.0
    for i in range(n):
        vx, vy = -2 * a * x * vx + vy, b * vx
        x, y = 1 - a * x * x + y, b * x
        norm = math.hypot(vx, vy)
        total += math.log(norm)
        vx /= norm
        vy /= norm
    return total / n


def pendulum(theta, omega, L, dt, steps, g=9.81):
    E = []
    for _ in range(steps):
        omega -= dt * g / L * math.sin(theta)
        theta += dt * omega
        E.append(0.5 * (L * omega) ** 2 - g * L * math.cos(theta))
    return max(E) - min(E)


def sir(p, y, steps):
    state = {"s": y[0], "i": y[1], "r": y[2]}
    for _ in range(steps):
        new = p["beta"] * state["s"] * state["i"]
        rec = p["gamma"] * state["i"]
        state = {"s": state["s"] - new, "i": state["i"] + new - rec, "r": state["r"] + rec}
    return state["r"] + 0.5 * state["i"]


def seir_compartments(contact, incubation, recovery, populations, days, interventions):
    """Rows for compartments, columns for age groups, contacts cut on some days."""
    n_groups = len(populations)
    state = np.zeros((4, n_groups))
    state[0] = populations
    state[1, 0] = 1.0
    state[0, 0] -= 1.0
    peak = 0.0
    for day in range(days):
        factor = interventions.get(day, 1.0)
        S, E, I, R = state[0], state[1], state[2], state[3]
        force = factor * contact @ (I / populations)
        flows = np.stack([S * (1 - np.exp(-force)), incubation * E, recovery * I])
        state[:3] -= flows
        state[1:] += flows
        peak = max(peak, state[2].sum())
    return peak


def pid_loop(gains, setpoint, plant, dt, steps):
    kp, ki, kd = gains["p"], gains["i"], gains["d"]
    x = integral = 0.0
    previous = None
    cost = 0.0
    for k in range(steps):
        error = setpoint - x
        integral += error * dt
        slope = 0.0 if previous is None else (error - previous) / dt
        u = kp * error + ki * integral + kd * slope
        u = max(-5.0, min(5.0, u))
        x += dt * (-plant[0] * x + plant[1] * u)
        previous = error
        cost += error ** 2 * dt + 1e-3 * u ** 2
    return cost


@dataclass
class Controller:
    K: np.ndarray
    limit: float

    def __call__(self, x):
        return np.clip(-self.K @ x, -self.limit, self.limit)


def cartpole(controller, x0, dt, steps, m=0.1, M=1.0, length=0.5, g=9.8):
    x = x0.copy()
    cost = 0.0
    for _ in range(steps):
        u = controller(x)
        s, c = math.sin(x[2]), math.cos(x[2])
        temp = (u + m * length * x[3] ** 2 * s) / (m + M)
        alpha = (g * s - c * temp) / (length * (4 / 3 - m * c ** 2 / (m + M)))
        acc = temp - m * length * alpha * c / (m + M)
        x[0] += dt * x[1]
        x[1] += dt * acc
        x[2] += dt * x[3]
        x[3] += dt * alpha
        cost += x @ x + 0.01 * u ** 2
        if abs(x[2]) > 1.0:
            cost += 10.0
            break
    return cost


def lqr(A, B, Q, R, horizon, x0):
    """Riccati recursion backwards with one input, gains in a list, then the forward pass."""
    P = Q
    gains = []
    for _ in range(horizon):
        s = R + B @ P @ B
        K = (B @ P @ A) / s
        P = Q + A.T @ P @ A - np.outer(K, K) * s
        gains.append(K)
    x, cost = x0, 0.0
    for K in reversed(gains):
        u = -K @ x
        cost += x @ Q @ x + R * u ** 2
        x = A @ x + B * u
    return cost + x @ Q @ x


def shooting(v0, gravity, drag, target, iterations):
    """The angle that hits a target, by secants, through an integrator."""
    def miss(angle):
        x = y = 0.0
        vx, vy = v0 * math.cos(angle), v0 * math.sin(angle)
        for _ in range(20):
            speed = math.sqrt(vx * vx + vy * vy)
            vx -= 0.05 * drag * speed * vx
            vy -= 0.05 * (gravity + drag * speed * vy)
            x += 0.05 * vx
            y += 0.05 * vy
        return y - target * x

    a0, a1 = 0.6, 0.7
    f0, f1 = miss(a0), miss(a1)
    for _ in range(iterations):
        a0, a1 = a1, a1 - f1 * (a1 - a0) / (f1 - f0)
        f0, f1 = f1, miss(a1)
    return a1


def neural_ode(params, x0, times):
    """Euler between given times, a network as the right side; the trajectory in an array."""
    def field(x, t):
        h = np.concatenate((x, np.array([t])))
        for W, b in params[:-1]:
            h = np.tanh(W @ h + b)
        W, b = params[-1]
        return W @ h + b

    trajectory = np.empty((len(times), len(x0)))
    trajectory[0] = x0
    for k in range(1, len(times)):
        x, t, h = trajectory[k-1].copy(), times[k-1], (times[k] - times[k-1]) / 2
        for _ in range(2):
            x = x + h * field(x, t)
            t += h
        trajectory[k] = x
    return np.mean(trajectory ** 2)


def double_pendulum(lengths, masses, angles, dt, steps):
    l1, l2 = lengths
    m1, m2 = masses

    def derivative(state):
        t1, t2, w1, w2 = state
        d = t1 - t2
        den = 2 * m1 + m2 - m2 * np.cos(2 * d)
        a1 = (-9.8 * (2 * m1 + m2) * np.sin(t1) - m2 * 9.8 * np.sin(t1 - 2 * t2)
              - 2 * np.sin(d) * m2 * (w2 ** 2 * l2 + w1 ** 2 * l1 * np.cos(d))) / (l1 * den)
        a2 = (2 * np.sin(d) * (w1 ** 2 * l1 * (m1 + m2) + 9.8 * (m1 + m2) * np.cos(t1)
                               + w2 ** 2 * l2 * m2 * np.cos(d))) / (l2 * den)
        return (w1, w2, a1, a2)

    state = (angles[0], angles[1], 0.0, 0.0)
    for _ in range(steps):
        k1 = derivative(state)
        middle = tuple(s + 0.5 * dt * k for s, k in zip(state, k1))
        k2 = derivative(middle)
        state = tuple(s + dt * k for s, k in zip(state, k2))
    return l1 * np.sin(state[0]) + l2 * np.sin(state[1])


def kuramoto(omega, coupling, theta, dt, steps):
    order = 0.0
    for _ in range(steps):
        diff = theta[np.newaxis, :] - theta[:, np.newaxis]
        theta = theta + dt * (omega + coupling / len(theta) * np.sin(diff).sum(axis=1))
        order += np.hypot(np.cos(theta).mean(), np.sin(theta).mean())
    return order / steps


def hodgkin_huxley(I_ext, g_na, g_k, dt, steps):
    def rates(v):
        am = 0.1 * (v + 40) / (1 - np.exp(-(v + 40) / 10))
        bm = 4 * np.exp(-(v + 65) / 18)
        ah = 0.07 * np.exp(-(v + 65) / 20)
        bh = 1 / (1 + np.exp(-(v + 35) / 10))
        an = 0.01 * (v + 55) / (1 - np.exp(-(v + 55) / 10))
        bn = 0.125 * np.exp(-(v + 65) / 80)
        return (am, bm), (ah, bh), (an, bn)

    v, gates = -65.0, [0.05, 0.6, 0.32]
    v_max = v
    for k in range(steps):
        m, h, n = gates
        i_ion = g_na * m ** 3 * h * (v - 50) + g_k * n ** 4 * (v + 77) + 0.3 * (v + 54.4)
        gates = [x + dt * (a * (1 - x) - b * x) for x, (a, b) in zip(gates, rates(v))]
        v += dt * (I_ext - i_ion)
        v_max = np.maximum(v_max, v)
    return v_max


def cellular_tissue(u, v, a, eps, steps):
    """Excitable medium; cells above threshold are set by a mask."""
    for k in range(steps):
        lap = -4 * u
        lap[1:] += u[:-1]
        lap[:-1] += u[1:]
        lap[:, 1:] += u[:, :-1]
        lap[:, :-1] += u[:, 1:]
        fired = u > 0.9
        u += 0.1 * (u * (1 - u) * (u - a) - v + 0.2 * lap)
        v += 0.1 * eps * (u - v)
        u[fired] *= 0.8
    return np.sum(u * v)


Particle = namedtuple("Particle", "x v")


def billiard(particle, gravity, restitution, dt, steps):
    """State in tuples that are unpacked and made again; walls reflect."""
    x, v = particle.x.copy(), particle.v.copy()
    bounces = 0
    for _ in range(steps):
        v[1] -= gravity * dt
        x += v * dt
        for axis in range(2):
            if x[axis] < 0:
                x[axis], v[axis] = -x[axis], -restitution * v[axis]
                bounces += 1
            elif x[axis] > 1:
                x[axis] = 2 - x[axis]
                v[axis] *= -restitution
                bounces += 1
    return x @ x + v @ v + 0 * bounces


def parareal(y0, lam, coarse_steps, fine_steps, iterations):
    def fine(y, dt):
        for _ in range(fine_steps):
            y = y + dt / fine_steps * lam * y * (1 - y)
        return y

    dt = 1.0 / coarse_steps
    U = np.zeros(coarse_steps + 1)
    U[0] = y0
    for k in range(coarse_steps):
        U[k+1] = U[k] + dt * lam * U[k] * (1 - U[k])
    for _ in range(iterations):
        F = [fine(U[k], dt) for k in range(coarse_steps)]
        G = [U[k] + dt * lam * U[k] * (1 - U[k]) for k in range(coarse_steps)]
        for k in range(coarse_steps):
            U[k+1] = F[k] + (U[k] + dt * lam * U[k] * (1 - U[k])) - G[k]
    return U[-1]


def cases():
    rng = np.random.default_rng(9)
    r = rng.normal
    network = [(0.5 * r(size=(4, 3)), r(size=4)), (0.5 * r(size=(2, 4)), r(size=2))]
    return [
        (rk4, (0, 1), (np.array([1., 1.]), np.array([.5, .1]), .1, 5)),
        (predator_prey_loss, (0, 1, 2), ({"a": 1.1, "b": 0.4, "c": 0.4, "d": 0.1}, np.array([3.0, 2.0]), r(size=2))),
        (adaptive_steps, (0, 1, 2), (1.2, 0.9, 0.93, 1e-2)),
        (logistic_map, (0, 1), (3.2, .3, 6)),
        (lyapunov, (0, 1, 2, 3), (1.3, 0.3, 0.1, 0.2, 5)),
        (pendulum, (0, 1, 2, 3), (.5, .1, 1.2, .05, 6)),
        (sir, (0, 1), ({"beta": .5, "gamma": .2}, np.array([.9, .1, 0.]), 5)),
        (seir_compartments, (0, 1, 2, 3), (rng.uniform(0.5, 1, size=(3, 3)), 0.3, 0.2, np.array([50., 80., 30.]), 5,
                                           {2: 0.5, 3: 0.2})),
        (pid_loop, (0, 1, 2), ({"p": 2.0, "i": 0.5, "d": 0.1}, 1.0, np.array([0.5, 1.2]), 0.1, 6)),
        (cartpole, (0, 1), (Controller(np.array([-1.0, -2.0, 20.0, 3.0]), 10.0), np.array([0.1, 0.0, 0.2, 0.1]), 0.05, 6)),
        (lqr, (0, 1, 2, 3, 5), (np.eye(2) + 0.1 * r(size=(2, 2)), r(size=2), np.eye(2), 0.5, 4, r(size=2))),
        (shooting, (0, 1, 2, 3), (12.0, 9.81, 0.02, 0.3, 3)),
        (neural_ode, (0, 1, 2), (network, r(size=2), np.array([0.0, 0.1, 0.3, 0.4]))),
        (double_pendulum, (0, 1, 2), ((1.0, 0.8), (1.0, 1.5), np.array([0.7, -0.3]), 0.05, 4)),
        (kuramoto, (0, 1, 2), (r(size=4), 1.3, r(size=4), 0.1, 4)),
        (hodgkin_huxley, (0, 1, 2), (10.0, 120.0, 36.0, 0.02, 8)),
        (cellular_tissue, (0, 1, 2, 3), (rng.uniform(size=(4, 4)), 0.1 * r(size=(4, 4)), 0.2, 0.3, 3)),
        (billiard, (0, 1, 2), (Particle(np.array([0.53, 0.1]), np.array([1.0, -2.0])), 9.8, 0.9, 0.1, 8)),
        (parareal, (0, 1), (0.2, 1.5, 4, 3, 2)),
    ]
