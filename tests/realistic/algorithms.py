"""Small algorithms: state machines, sorts, merges, searches."""
import math

import numpy as np


def positive_runs(x):
    """Runs of what is positive, each opened by its first value."""
    state, start, total = 0, None, 0.0
    for k, v in enumerate(x):
        if state == 0 and v > 0:
            state, start = 1, v
        elif state == 1 and v <= 0:
            total += start * v
            state, start = 0, None
    if state == 1:
        total += start ** 2
    return total


def neighbours_of_the_largest(x, n):
    best, arg = x[0], 0
    for i in range(1, len(x)):
        if x[i] > best:
            best, arg = x[i], i
    return best * x[arg - 1] + x[(arg + 1) % len(x)]


def gauss_jordan(A, b):
    n = len(b)
    x = b.copy()
    M = A.copy()
    for i in range(n):
        piv = M[i, i]
        M[i] /= piv
        x[i] /= piv
        for j in range(n):
            if i != j:
                f = M[j, i]
                M[j] -= f * M[i]
                x[j] -= f * x[i]
    return np.sum(x ** 2)


def merge(x, y):
    i = j = 0
    out = 0.0
    while i < len(x) and j < len(y):
        if x[i] < y[j]:
            out += x[i] * (i + 1)
            i += 1
        else:
            out += y[j] * (j + 2)
            j += 1
    while i < len(x):
        out += x[i]
        i += 1
    return out


def bubble_sort(x):
    n = len(x)
    x = x.copy()
    for i in range(n):
        for j in range(n - 1 - i):
            if x[j] > x[j + 1]:
                x[j], x[j + 1] = x[j + 1], x[j]
    return np.sum(x * np.arange(n))


def delay_line(u, n):
    hist = [u]
    for k in range(n):
        u = u + 0.1 * np.sin(hist[-1])
        hist.append(u)
    return np.sum(hist[-1] * hist[0]) + np.sum(np.stack(hist) ** 2)


def first_rows(x, w):
    total = 0.0
    count = 0
    for row in x:
        s = row @ w
        if s < 0:
            continue
        if count >= 2:
            break
        total += s ** 2
        count += 1
    else:
        total += 100 * w[0]
    return total / max(count, 1)


def babylonian(x, tol):
    it = 0
    while True:
        it += 1
        y = 0.5 * (x + 2.0 / x)
        if abs(y - x) < tol or it > 20:
            break
        x = y
    return y * it


def relaxed_grid(p, q):
    grid = np.zeros((3, 3))
    grid[0, :] = p
    grid[:, 0] += q
    for i, j in [(1, 1), (1, 2), (2, 1), (2, 2)]:
        grid[i, j] = 0.5 * (grid[i - 1, j] + grid[i, j - 1])
    return grid[-1, -1] * grid.max()


def two_pointers(x):
    lo, hi = 0, len(x) - 1
    acc = 1.0
    while lo < hi:
        acc *= 1 + x[lo] * x[hi]
        lo, hi = lo + 1, hi - 1
    return acc


def even_states(W, seq):
    h = np.zeros(W.shape[0])
    outs = {}
    for t, s in enumerate(seq):
        h = np.tanh(W @ h + s)
        if t % 2 == 0:
            last_even = h
    return h @ last_even


def support_vectors(theta, X, y):
    w, b = theta[:-1], theta[-1]
    margins = y * (X @ w + b)
    hinge = np.where(margins < 1, 1 - margins, 0)
    return hinge.mean() + 0.5 * w @ w


def moments(x):
    d = {"sum": 0.0, "sq": 0.0}
    for v in x:
        d["sum"] += v
        d["sq"] += v * v
    mean = d["sum"] / len(x)
    return d["sq"] / len(x) - mean ** 2


def damped_descent(x, lam):
    f = lambda u: 0.5 * u ** 2 + lam * np.cos(u)
    df = lambda u: u - lam * np.sin(u)
    for _ in range(4):
        step = 1.0
        while f(x - step * df(x)) > f(x):
            step /= 2
        x -= step * df(x)
    return f(x)


def subspace_iteration(A, k):
    Q = np.linspace(1.0, 2.0, A.shape[0] * k).reshape(A.shape[0], k)
    for _ in range(2):
        Z = A @ Q
        for j in range(k):
            for i in range(j):
                Z[:, j] -= (Z[:, i] @ Z[:, j]) * Z[:, i]
            Z[:, j] /= math.sqrt(Z[:, j] @ Z[:, j])
        Q = Z
    return np.trace(Q.T @ A @ Q)


def differences(z):
    total = 0.0
    for i in range(len(z)):
        if i > 0:
            prev = z[i - 1]
            total += (z[i] - prev) ** 2
        if i == len(z) - 1:
            total += prev
    return total


def exchange_of_rows(A):
    n = A.shape[0]
    B = A.T.copy()
    for i in range(n):
        B[i], A[i] = A[i] * 2, B[i] + 1
    return np.sum(A * B)


def spread(x):
    best = -np.inf
    for v in x:
        best = max(best, v * v)
    worst = np.inf
    for v in x:
        worst = min(worst, v)
    return best - worst


def relaxation(x, tol=1e-3):
    prev, cur, it = np.inf, 0.0, 0
    while abs(prev - cur) > tol:
        prev = cur
        cur = cur + (x - cur) / 2
        it += 1
        if it > 50:
            raise RuntimeError(f"no convergence after {it}")
    return cur * prev


def centred_selection(u, m):
    v = np.where(m, u, 0.0)
    v[m] -= v[m].mean()
    u[~m] = v.max()
    return np.sum(u * v) + np.sum(u[m])


def segmentation(x, w):
    n = len(x)
    dp = np.full(n + 1, -1e9)
    dp[0] = 0.0
    for i in range(1, n + 1):
        for j in range(max(0, i - 3), i):
            cand = dp[j] + w[i - j - 1] * x[j:i].sum()
            if cand > dp[i]:
                dp[i] = cand
    return dp[n]


def cases():
    rng = np.random.default_rng(11)
    r = rng.normal
    return [
        (positive_runs, (0,), (np.array([.3, -.2, .5, .1, -.4, .6]),)),
        (neighbours_of_the_largest, (0,), (r(size=5), 1)),
        (gauss_jordan, (0, 1), (r(size=(3, 3)) + 3 * np.eye(3), r(size=3))),
        (merge, (0, 1), (np.array([.1, .5, .9]), np.array([.2, .3]))),
        (bubble_sort, (0,), (r(size=5),)),
        (delay_line, (0,), (r(size=2), 3)),
        (first_rows, (0, 1), (r(size=(6, 3)), r(size=3))),
        (babylonian, (0,), (3., 1e-6)),
        (relaxed_grid, (0, 1), (r(size=3), r(size=3))),
        (two_pointers, (0,), (r(size=5),)),
        (even_states, (0, 1), (r(size=(2, 2)), r(size=(4, 2)))),
        (support_vectors, (0, 1), (r(size=4), r(size=(5, 3)), np.sign(r(size=5)))),
        (moments, (0,), (r(size=5),)),
        (damped_descent, (0, 1), (.8, 1.7)),
        (subspace_iteration, (0,), (r(size=(4, 4)), 2)),
        (differences, (0,), (r(size=4),)),
        (exchange_of_rows, (0,), (r(size=(3, 3)),)),
        (spread, (0,), (r(size=4),)),
        (relaxation, (0,), (1.3,)),
        (centred_selection, (0,), (r(size=5), np.array([1, 0, 1, 1, 0], bool))),
        (segmentation, (0, 1), (r(size=5), r(size=3))),
    ]
