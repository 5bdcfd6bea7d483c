"""Likelihoods, mixtures, Gaussian processes, samplers' weights."""
import math
from collections import namedtuple

import numpy as np

Mixture = namedtuple("Mixture", ["logits", "means", "log_scales"])


def kmeans_loss(X, C):
    d = ((X[:, None, :] - C[None, :, :]) ** 2).sum(-1)
    return d.min(axis=1).mean()


def hist_soft(x, centers, width):
    w = np.exp(-((x[:, None] - centers) / width) ** 2)
    w = w / w.sum(axis=1, keepdims=True)
    p = w.mean(axis=0)
    return -np.sum(p * np.log(p))


def mixture_loglik(mix, x):
    logits = mix.logits - np.log(np.sum(np.exp(mix.logits)))
    z = (x[:, np.newaxis] - mix.means) / np.exp(mix.log_scales)
    logp = logits - 0.5 * z ** 2 - mix.log_scales - 0.5 * math.log(2 * math.pi)
    top = logp.max(axis=1)
    return np.sum(top + np.log(np.exp(logp - top[:, None]).sum(axis=1)))


def em_gaussian_mixture(X, means, weights, sigma, iterations):
    """Expectation-maximisation, component by component, then the log likelihood."""
    n, d = X.shape
    k = len(means)
    for _ in range(iterations):
        resp = np.empty((n, k))
        for j in range(k):
            diff = X - means[j]
            resp[:, j] = weights[j] * np.exp(-0.5 * np.sum(diff * diff, axis=1) / sigma ** 2)
        resp /= resp.sum(axis=1, keepdims=True)
        nk = resp.sum(axis=0)
        means = (resp.T @ X) / nk[:, None]
        weights = nk / n
        sq = sum(np.sum(resp[:, j, None] * (X - means[j]) ** 2) for j in range(k))
        sigma = np.sqrt(sq / (n * d))
    total = np.zeros(n)
    for w, mu in zip(weights, means):
        total += w * np.exp(-0.5 * ((X - mu) ** 2).sum(1) / sigma ** 2) / (2 * np.pi * sigma ** 2) ** (d / 2)
    return np.log(total).sum()


def rbf(X1, X2, length, variance):
    sq = np.sum(X1 ** 2, 1)[:, None] + np.sum(X2 ** 2, 1)[None, :] - 2 * X1 @ X2.T
    return variance * np.exp(-0.5 * sq / length ** 2)


def chol(A):
    n = len(A)
    L = np.zeros((n, n))
    for j in range(n):
        L[j, j] = np.sqrt(A[j, j] - np.sum(L[j, :j] ** 2))
        for i in range(j + 1, n):
            L[i, j] = (A[i, j] - np.sum(L[i, :j] * L[j, :j])) / L[j, j]
    return L


def solve_lower(L, b, transpose=False):
    n = len(b)
    x = b.copy()
    order = range(n - 1, -1, -1) if transpose else range(n)
    for i in order:
        for j in (range(i + 1, n) if transpose else range(i)):
            x[i] -= (L[j, i] if transpose else L[i, j]) * x[j]
        x[i] /= L[i, i]
    return x


def gp_marginal(log_theta, X, y):
    """Gaussian process regression with Cholesky factors by hand."""
    length, variance, noise = np.exp(log_theta)
    K = rbf(X, X, length, variance) + noise * np.eye(len(X))
    L = chol(K)
    alpha = solve_lower(L, solve_lower(L, y), transpose=True)
    return 0.5 * y @ alpha + np.sum(np.log(np.diag(L))) + 0.5 * len(y) * np.log(2 * np.pi)


def gp_predict(theta, X, y, Xs):
    K = rbf(X, X, length=theta["length"], variance=theta["variance"])
    K[np.diag_indices(len(X))] += theta["noise"]
    Ks = rbf(X, Xs, theta["length"], theta["variance"])
    L = chol(K)
    mean = np.array([ks @ solve_lower(L, solve_lower(L, y), True) for ks in Ks.T])
    v = np.stack([solve_lower(L, k) for k in Ks.T])
    var = theta["variance"] - np.sum(v ** 2, axis=1)
    return mean.sum() + np.log(var).sum()


def logistic_regression(beta, X, y, prior):
    eta = X @ beta[1:] + beta[0]
    loglik = np.sum(y * eta - np.logaddexp(0, eta))
    return loglik - 0.5 * prior * np.sum(beta[1:] ** 2)


def poisson_glm(beta, X, counts, exposure=1.0):
    mu = exposure * np.exp(X @ beta)
    fact = np.array([math.lgamma(c + 1) for c in counts])
    return np.sum(counts * np.log(mu) - mu - fact)


def irls(X, y, beta, steps):
    """Newton steps of logistic regression in two coefficients."""
    for _ in range(steps):
        p = 1 / (1 + np.exp(-X @ beta))
        w = p * (1 - p)
        H = X.T @ (w[:, None] * X)
        g = X.T @ (y - p)
        det = H[0, 0] * H[1, 1] - H[0, 1] * H[1, 0]
        inv = np.array([[H[1, 1], -H[0, 1]], [-H[1, 0], H[0, 0]]]) / det
        beta = beta + inv @ g
    return np.sum(beta ** 2)


def garch(params, returns):
    omega, alpha, beta = params
    var = np.empty(len(returns))
    var[0] = returns.var()
    for t in range(1, len(returns)):
        var[t] = omega + alpha * returns[t - 1] ** 2 + beta * var[t - 1]
    return 0.5 * np.sum(np.log(2 * np.pi * var) + returns ** 2 / var)


def arma(phi, theta, y):
    """Conditional sum of squares; lags by slices that may be short."""
    p, q = len(phi), len(theta)
    e = np.zeros(len(y))
    for t in range(len(y)):
        pred = 0.0
        for k in range(min(p, t)):
            pred += phi[k] * y[t - k - 1]
        for k in range(min(q, t)):
            pred += theta[k] * e[t - k - 1]
        e[t] = y[t] - pred
    return e @ e


def metropolis_weights(x0, proposals, uniforms, scale):
    """A chain with given draws: what is accepted depends on the data."""
    def logp(x):
        return -0.5 * np.sum((x / scale) ** 2) - 0.1 * np.sum(x ** 4)

    x, lp = x0, logp(x0)
    accepted, total = 0, 0.0
    for step, u in zip(proposals, uniforms):
        candidate = x + step
        lp_new = logp(candidate)
        if np.log(u) < lp_new - lp:
            x, lp = candidate, lp_new
            accepted += 1
        total += np.sum(x ** 2)
    return total / len(uniforms) + 0.1 * accepted


def hmc_trajectory(q, p, precision, eps, n_leap):
    """Hamiltonian at the end of leapfrog steps minus at the start."""
    def U(q):
        return 0.5 * q @ precision @ q + np.sum(np.log(1 + np.exp(q)))

    def dU(q):
        return precision @ q + 1 / (1 + np.exp(-q))

    start = U(q) + 0.5 * p @ p
    p = p - 0.5 * eps * dU(q)
    for i in range(n_leap):
        q = q + eps * p
        if i != n_leap - 1:
            p = p - eps * dU(q)
    p = p - 0.5 * eps * dU(q)
    return U(q) + 0.5 * p @ p - start


def importance_sampling(mu, log_sigma, z):
    x = mu + np.exp(log_sigma) * z
    logw = -0.25 * x ** 4 + 0.5 * z ** 2 + log_sigma
    w = np.exp(logw - logw.max())
    w /= np.sum(w)
    ess = 1.0 / np.sum(w ** 2)
    return w @ x ** 2 + 0.01 * ess


def kernel_density(x, data, bandwidth):
    out = np.zeros(len(x))
    for i, xi in enumerate(x):
        u = (xi - data) / bandwidth
        k = 0.75 * (1 - u ** 2)
        k[np.abs(u) > 1] = 0
        out[i] = k.mean() / bandwidth
    return np.sum(out ** 2)


def concordance(risk, time, event):
    """Cox's partial likelihood; who is at risk is a mask in each trip."""
    total = 0.0
    for i in range(len(time)):
        if not event[i]:
            continue
        at_risk = time >= time[i]
        total += risk[i] - np.log(np.sum(np.exp(risk[at_risk])))
    return -total


def rank_loss(scores, relevance):
    """Discounted gain of the sorted scores plus a pairwise hinge."""
    order = np.argsort(-scores)
    gains = (2.0 ** relevance[order] - 1) / np.log2(np.arange(len(scores)) + 2)
    hinge = 0.0
    for i, j in [(i, j) for i in range(len(scores)) for j in range(len(scores))]:
        if relevance[i] > relevance[j]:
            hinge += max(0.0, 1.0 - scores[i] + scores[j])
    return hinge + np.sum(gains * scores[order])


def quantile_loss(q, y, taus):
    err = y[:, None] - q
    return np.maximum(taus * err, (taus - 1) * err).sum(axis=0).mean()


def trimmed_variance(x, trim):
    s = np.sort(x)
    k = int(trim * len(x))
    core = s[k:len(s) - k] if k else s
    return np.var(core, ddof=1) / np.median(np.abs(x))


def correlation_matrix_penalty(X):
    Z = (X - X.mean(0)) / X.std(0)
    C = Z.T @ Z / len(Z)
    off = C[~np.eye(C.shape[0], dtype=bool)]
    return np.sum(off ** 2) + np.sum(np.triu(C, 1))


def cases():
    rng = np.random.default_rng(6)
    r = rng.normal
    return [
        (kmeans_loss, (0, 1), (r(size=(7, 2)), r(size=(3, 2)))),
        (hist_soft, (0, 1, 2), (r(size=8), np.linspace(-1, 1, 4), .7)),
        (mixture_loglik, (0, 1), (Mixture(r(size=3), r(size=3), 0.1 * r(size=3)), r(size=5))),
        (em_gaussian_mixture, (0, 1, 2, 3), (r(size=(6, 2)), r(size=(2, 2)), np.array([0.4, 0.6]), 1.0, 3)),
        (gp_marginal, (0, 1, 2), (np.zeros(3), r(size=(4, 2)), r(size=4))),
        (gp_predict, (0, 1, 2, 3), ({"length": 0.8, "variance": 1.2, "noise": 0.3}, r(size=(4, 2)), r(size=4),
                                    r(size=(2, 2)))),
        (logistic_regression, (0, 1, 3), (r(size=4), r(size=(6, 3)), np.array([0, 1, 1, 0, 1, 0]), 0.5)),
        (poisson_glm, (0, 1, 3), (0.3 * r(size=3), r(size=(4, 3)), [0, 2, 1, 3], 1.5)),
        (irls, (0, 2), (r(size=(6, 2)), np.array([0., 1, 1, 0, 1, 0]), np.zeros(2), 3)),
        (garch, (0, 1), (np.array([0.1, 0.2, 0.5]), r(size=6))),
        (garch, (0, 1), ((0.1, 0.2, 0.5), r(size=6))),
        (arma, (0, 1, 2), (0.4 * r(size=2), 0.3 * r(size=1), r(size=6))),
        (metropolis_weights, (0, 3), (r(size=2), 0.5 * r(size=(5, 2)), rng.uniform(size=5), 1.3)),
        (hmc_trajectory, (0, 1, 2, 3), (r(size=3), r(size=3), np.eye(3) + 0.1, 0.1, 4)),
        (importance_sampling, (0, 1), (0.3, -0.2, r(size=6))),
        (kernel_density, (0, 1, 2), (r(size=3), r(size=5), 0.9)),
        (concordance, (0,), (r(size=5), np.array([3.0, 1.0, 4.0, 2.0, 5.0]), [1, 1, 0, 1, 1])),
        (rank_loss, (0,), (r(size=4), np.array([2, 0, 1, 3]))),
        (quantile_loss, (0, 1), (r(size=3), r(size=6), np.array([0.1, 0.5, 0.9]))),
        (trimmed_variance, (0,), (r(size=8), 0.2)),
        (correlation_matrix_penalty, (0,), (r(size=(5, 3)),)),
    ]
