"""Minimisers, root finders, and gradients of what they are told."""
import numpy as np


def bisect(a, b, c):
    lo, hi = 0.0, 10.0
    for _ in range(60):
        mid = 0.5 * (lo + hi)
        if a * mid + b * mid**3 - c > 0:
            hi = mid
        else:
            lo = mid
    x = 0.5 * (lo + hi)
    return x - (a * x + b * x**3 - c) / (a + 3*b*x*x)


def adam(w0, A, b, lr, steps):
    w = w0.copy()
    m = np.zeros_like(w)
    v = np.zeros_like(w)
    for t in range(1, steps + 1):
        g = A.T @ (A @ w - b)
        m = 0.9*m + 0.1*g
        v = 0.999*v + 0.001*g*g
        mhat = m / (1 - 0.9**t)
        vhat = v / (1 - 0.999**t)
        w = w - lr * mhat / (np.sqrt(vhat) + 1e-8)
    return np.sum((A @ w - b)**2)


def gradient_descent(w, X, y, lr, n):
    for i in range(n):
        r = X @ w - y
        loss = (r ** 2).mean()
        if loss < 1e-3:
            break
        w -= lr * 2 * X.T @ r / len(y)
    return loss


def unrolled_sgd(hyper, W, X, y, epochs, batch):
    """The loss after training, as a function of learning rate, momentum and decay."""
    W = {name: value.copy() for name, value in W.items()}
    velocity = {name: np.zeros_like(value) for name, value in W.items()}
    lr = hyper["lr"]
    for epoch in range(epochs):
        for start in range(0, len(X), batch):
            xb, yb = X[start:start + batch], y[start:start + batch]
            h = np.tanh(xb @ W["hidden"])
            err = h @ W["out"] - yb
            grads = {"out": h.T @ err / len(xb)}
            grads["hidden"] = xb.T @ (err[:, None] * W["out"] * (1 - h ** 2)) / len(xb)
            for name in W:
                velocity[name] = hyper["momentum"] * velocity[name] - lr * (grads[name] + hyper["l2"] * W[name])
                W[name] = W[name] + velocity[name]
        lr *= hyper["decay"]
    return np.mean((np.tanh(X @ W["hidden"]) @ W["out"] - y) ** 2)


def newton_backtracking(p, x, tol=1e-9):
    """Damped Newton steps in two variables; Armijo's rule shortens them."""
    def f(x):
        return (x[0] - p[0]) ** 4 + p[1] * (x[0] - x[1]) ** 2 + np.exp(p[2] * x[1])

    def gradient(x):
        g0 = 4 * (x[0] - p[0]) ** 3 + 2 * p[1] * (x[0] - x[1])
        g1 = -2 * p[1] * (x[0] - x[1]) + p[2] * np.exp(p[2] * x[1])
        return np.array([g0, g1])

    for _ in range(30):
        g = gradient(x)
        if np.max(np.abs(g)) < tol:
            break
        h00 = 12 * (x[0] - p[0]) ** 2 + 2 * p[1]
        h01 = -2 * p[1]
        h11 = 2 * p[1] + p[2] ** 2 * np.exp(p[2] * x[1])
        det = h00 * h11 - h01 * h01
        step = np.array([h11 * g[0] - h01 * g[1], h00 * g[1] - h01 * g[0]]) / det
        t = 1.0
        while f(x - t * step) > f(x) - 1e-4 * t * (g @ step):
            t *= 0.5
            if t < 1e-6:
                break
        x = x - t * step
    return x[0] + 2.0 * x[1]


def newton_sqrt(a):
    x = a if a > 1 else 1.0
    while abs(x * x - a) > 1e-12:
        x = 0.5 * (x + a / x)
    return x


def secant(f, x0, x1, tol=1e-10, maxiter=50):
    f0, f1 = f(x0), f(x1)
    for _ in range(maxiter):
        if abs(f1 - f0) < 1e-300:
            break
        x0, x1 = x1, x1 - f1 * (x1 - x0) / (f1 - f0)
        f0, f1 = f1, f(x1)
        if abs(x1 - x0) < tol:
            return x1
    return x1


def kepler(eccentricity, anomaly):
    E = secant(lambda E: E - eccentricity * np.sin(E) - anomaly, anomaly, anomaly + eccentricity)
    return np.sqrt((1 + eccentricity) / (1 - eccentricity)) * np.tan(E / 2)


def golden_section(coef, a, b, tol=0.3):
    """The value at the minimum that is found; the bracket shrinks by rules."""
    def poly(x):
        y = 0.0
        for c in coef:
            y = y * x + c
        return y

    invphi = (np.sqrt(5) - 1) / 2
    c, d = b - invphi * (b - a), a + invphi * (b - a)
    fc, fd = poly(c), poly(d)
    while b - a > tol:
        if fc < fd:
            b, d, fd = d, c, fc
            c = b - invphi * (b - a)
            fc = poly(c)
        else:
            a, c, fc = c, d, fd
            d = a + invphi * (b - a)
            fd = poly(d)
    return poly(0.5 * (a + b))


def rosenbrock(x):
    return sum(100.0 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2)


def rosen2(x):
    s = 0.0
    for a, b in zip(x[:-1], x[1:]):
        s += 100 * (b - a**2)**2 + (1 - a)**2
    return s


def lbfgs_two_loop(grad, s_list, y_list):
    """The direction of limited-memory BFGS, times the gradient."""
    q = grad.copy()
    alphas = []
    for s, y in zip(reversed(s_list), reversed(y_list)):
        rho = 1.0 / (y @ s)
        a = rho * (s @ q)
        q -= a * y
        alphas.append(a)
    q *= (s_list[-1] @ y_list[-1]) / (y_list[-1] @ y_list[-1])
    for s, y, a in zip(s_list, y_list, reversed(alphas)):
        beta = (y @ q) / (y @ s)
        q += s * (a - beta)
    return q @ grad


def ista(D, signal, lam, steps):
    """Sparse coding by iterated soft thresholds; the objective at the end."""
    def shrink(v, t):
        return np.sign(v) * np.maximum(np.abs(v) - t, 0.0)

    step = 0.05
    code = np.zeros(D.shape[1])
    prev, t = code, 1.0
    for _ in range(steps):
        t_next = (1 + np.sqrt(1 + 4 * t * t)) / 2
        z = code + (t - 1) / t_next * (code - prev)
        prev, code = code, shrink(z - step * D.T @ (D @ z - signal), lam * step)
        t = t_next
    residual = D @ code - signal
    return 0.5 * residual @ residual + lam * np.abs(code).sum()


def projected_gradient(Q, c, lower, upper, steps):
    x = np.clip(np.zeros_like(c), lower, upper)
    lr = 0.05
    for k in range(steps):
        g = Q @ x + c
        candidate = np.clip(x - lr * g, lower, upper)
        if np.array_equal(candidate, x):
            break
        x = candidate
    return 0.5 * x @ Q @ x + c @ x


def nelder_mead_reflect(simplex, shift):
    """One round of reflections: vertices are sorted by their values."""
    def value(x):
        return np.sum((x - shift) ** 2) + np.prod(x)

    values = np.array([value(v) for v in simplex])
    order = np.argsort(values)
    simplex = simplex[order]
    centroid = simplex[:-1].mean(axis=0)
    reflected = 2 * centroid - simplex[-1]
    if value(reflected) < values[order[0]]:
        expanded = 3 * centroid - 2 * simplex[-1]
        simplex[-1] = expanded if value(expanded) < value(reflected) else reflected
    elif value(reflected) < values[order[-2]]:
        simplex[-1] = reflected
    else:
        simplex[1:] = simplex[0] + 0.5 * (simplex[1:] - simplex[0])
    return sum(value(v) for v in simplex)


def sinkhorn(C, a, b, eps, iters):
    K = np.exp(-C / eps)
    u = np.ones_like(a)
    for _ in range(iters):
        v = b / (K.T @ u)
        u = a / (K @ v)
    P = u[:, None] * K * v[None, :]
    return np.sum(P * C)


def sinkhorn_log(C, log_a, log_b, eps, tol=1e-4):
    def lse(M, axis):
        top = M.max(axis=axis, keepdims=True)
        return (top + np.log(np.exp(M - top).sum(axis=axis, keepdims=True))).squeeze(axis)

    f, g = np.zeros_like(log_a), np.zeros_like(log_b)
    n_iter, err = 0, 1.0
    while err > tol and n_iter < 20:
        f_old = f
        f = eps * (log_a - lse((g[None, :] - C) / eps, 1))
        g = eps * (log_b - lse((f[:, None] - C) / eps, axis=0))
        err = np.max(np.abs(f - f_old))
        n_iter += 1
    return f @ np.exp(log_a) + g @ np.exp(log_b)


def fixed_point(W, x, b):
    """A deep equilibrium layer, iterated until it stands still."""
    z = np.zeros_like(b)
    for _ in range(100):
        z_new = np.tanh(W @ z + x + b)
        if np.abs(z_new - z).max() < 1e-10:
            z = z_new
            break
        z = z_new
    else:
        raise RuntimeError(f"no fixed point after {100} steps")
    return z @ z


def hungarian_relaxed(scores, temperature, rounds=5):
    P = np.exp(scores / temperature)
    for k in range(rounds):
        P = P / P.sum(axis=k % 2, keepdims=True)
    return -np.sum(P * np.log(P))


def floyd(D):
    n = D.shape[0]
    D = D.copy()
    for k in range(n):
        for i in range(n):
            for j in range(n):
                if D[i, k] + D[k, j] < D[i, j]:
                    D[i, j] = D[i, k] + D[k, j]
    return D.sum()


def dijkstra(W, source):
    """Shortest paths over a dense matrix; a mask of the visited, argmin over the rest."""
    n = W.shape[0]
    dist = np.full(n, 1e9)
    dist[source] = 0.0
    done = np.zeros(n, dtype=bool)
    for _ in range(n):
        u = np.argmin(np.where(done, np.inf, dist))
        done[u] = True
        for v in range(n):
            if not done[v] and dist[u] + W[u, v] < dist[v]:
                dist[v] = dist[u] + W[u, v]
    return dist.sum()


def knapsack_soft(values, weights, capacity, temperature):
    """Dynamic programming with a soft maximum, one row that is overwritten from its end."""
    best = np.zeros(capacity + 1)
    for v, w in zip(values, weights):
        for c in range(capacity, w - 1, -1):
            best[c] = temperature * np.logaddexp(best[c] / temperature, (best[c - w] + v) / temperature)
    return best[capacity]


def cases():
    rng = np.random.default_rng(4)
    r = rng.normal

    def spd(n):
        a = r(size=(n, n))
        return a @ a.T + n * np.eye(n)

    vectors = [r(size=3) for _ in range(3)]
    return [
        (bisect, (0, 1, 2), (1., .5, 3.)),
        (adam, (0, 1, 2, 3), (r(size=3), r(size=(4, 3)), r(size=4), .1, 5)),
        (gradient_descent, (0, 1, 2, 3), (r(size=3), r(size=(5, 3)), r(size=5), .05, 4)),
        (unrolled_sgd, (0, 1, 2, 3), ({"lr": 0.1, "momentum": 0.9, "l2": 0.01, "decay": 0.95},
                                      {"hidden": r(size=(3, 4)), "out": r(size=4)}, r(size=(5, 3)), r(size=5), 2, 2)),
        (newton_backtracking, (0,), (np.array([0.5, 1.0, 0.7]), np.array([2.0, 2.0]))),
        (newton_sqrt, (0,), (3.7,)),
        (newton_sqrt, (0,), (.37,)),
        (kepler, (0, 1), (0.3, 1.2)),
        (golden_section, (0, 1, 2), (np.array([1.0, 0.2, -1.0, 0.5]), 0.0, 2.0)),
        (rosenbrock, (0,), (r(size=5),)),
        (rosen2, (0,), (r(size=5),)),
        (lbfgs_two_loop, (0, 1, 2), (r(size=3), vectors, [v + 0.1 * r(size=3) for v in vectors])),
        (ista, (0, 1, 2), (r(size=(4, 5)), r(size=4), 0.1, 6)),
        (projected_gradient, (0, 1, 2, 3), (spd(3), r(size=3), -0.2, 0.3, 6)),
        (nelder_mead_reflect, (0, 1), (r(size=(3, 2)), r(size=2))),
        (sinkhorn, (0, 1, 2, 3), (np.abs(r(size=(3, 4))), np.ones(3)/3, np.ones(4)/4, .5, 4)),
        (sinkhorn_log, (0, 1, 2, 3), (np.abs(r(size=(3, 3))), r(size=3), r(size=3), 0.7)),
        (fixed_point, (0, 1, 2), (0.4 * r(size=(3, 3)), r(size=3), r(size=3))),
        (hungarian_relaxed, (0, 1), (r(size=(3, 3)), 0.6)),
        (floyd, (0,), (np.abs(r(size=(4, 4))),)),
        (dijkstra, (0,), (rng.uniform(0.1, 1, size=(5, 5)), 1)),
        (knapsack_soft, (0, 3), (rng.uniform(1, 3, size=4), [1, 2, 3, 2], 5, 0.3)),
    ]
