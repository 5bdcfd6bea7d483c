"""Filters, smoothers and hidden states."""
from collections import namedtuple

import numpy as np

State = namedtuple("State", "mean cov")


def kalman(F, H, Q, R, x0, P0, zs):
    x, P = x0, P0
    ll = 0.0
    for z in zs:
        x = F @ x
        P = F @ P @ F.T + Q
        y = z - H @ x
        S = H @ P @ H.T + R
        K = P @ H.T @ np.linalg.inv(S)
        x = x + K @ y
        P = P - K @ H @ P
        sign, logdet = np.linalg.slogdet(S)
        ll -= 0.5 * (logdet + y @ np.linalg.solve(S, y))
    return ll


def kf_predict(state, F, Q):
    return State(F @ state.mean, F @ state.cov @ F.T + Q)


def kf_update(state, z, h, r):
    innovation = z - h @ state.mean
    ph = state.cov @ h
    s = h @ ph + r
    gain = ph / s
    mean = state.mean + gain * innovation
    cov = state.cov - np.outer(gain, ph)
    loglik = -0.5 * (np.log(2 * np.pi * s) + innovation ** 2 / s)
    return State(mean, cov), loglik


def kalman_loglik(params, state, zs):
    """Scalar observations, state as a namedtuple, parameters in a dict."""
    total = 0.0
    for z in zs:
        state = kf_predict(state, params["F"], params["q"] * np.eye(len(state.mean)))
        state, loglik = kf_update(state, z, params["h"], r=params["r"])
        total += loglik
    return total


def rts_smoother(a, q, r, x0, p0, ys):
    """Scalar Rauch-Tung-Striebel smoother with lists of what was filtered."""
    means, variances, predicted = [], [], []
    m, p = x0, p0
    for y in ys:
        mp, pp = a * m, a * a * p + q
        k = pp / (pp + r)
        m, p = mp + k * (y - mp), (1 - k) * pp
        means.append(m)
        variances.append(p)
        predicted.append(pp)
    smooth = np.zeros(len(ys))
    smooth[-1] = means[-1]
    for t in range(len(ys) - 2, -1, -1):
        g = variances[t] * a / predicted[t + 1]
        smooth[t] = means[t] + g * (smooth[t + 1] - a * means[t])
    return np.sum((smooth - ys) ** 2)


def ekf(theta, x, P, zs, dt=0.1):
    """Extended Kalman filter of a pendulum that is seen through a sine."""
    def f(x):
        return np.array([x[0] + dt * x[1], x[1] - dt * theta[0] * np.sin(x[0])])

    def jac(x):
        J = np.eye(2)
        J[0, 1] = dt
        J[1, 0] = -dt * theta[0] * np.cos(x[0])
        return J

    nll = 0.0
    for z in zs:
        J = jac(x)
        x = f(x)
        P = J @ P @ J.T + theta[1] * np.eye(2)
        H = np.array([np.cos(x[0]), 0.0])
        v = z - np.sin(x[0])
        S = H @ P @ H + theta[2]
        K = P @ H / S
        x = x + K * v
        P = (np.eye(2) - np.outer(K, H)) @ P
        nll += 0.5 * (np.log(S) + v ** 2 / S)
    return nll


def hmm(logA, logB, logpi, obs):
    alpha = logpi + logB[:, obs[0]]
    for t in range(1, len(obs)):
        m = np.max(alpha)
        alpha = np.log(np.exp(alpha - m) @ np.exp(logA)) + m + logB[:, obs[t]]
    m = alpha.max()
    return m + np.log(np.sum(np.exp(alpha - m)))


def logsumexp(a, axis=None):
    m = np.max(a, axis=axis, keepdims=True)
    return np.squeeze(m, axis=axis) + np.log(np.sum(np.exp(a - m), axis=axis))


def hmm_forward_backward(log_trans, means, obs):
    """Posterior mean of a Gaussian HMM: forward and backward tables filled in place."""
    T, K = len(obs), len(means)
    log_emit = -0.5 * (obs[:, None] - means[None, :]) ** 2
    alpha = np.zeros((T, K))
    beta = np.zeros((T, K))
    alpha[0] = log_emit[0]
    for t in range(1, T):
        alpha[t] = log_emit[t] + logsumexp(alpha[t - 1][:, np.newaxis] + log_trans, axis=0)
    for t in reversed(range(T - 1)):
        beta[t] = logsumexp(log_trans + log_emit[t + 1] + beta[t + 1], axis=1)
    gamma = alpha + beta
    gamma = np.exp(gamma - gamma.max(axis=1, keepdims=True))
    gamma /= gamma.sum(axis=1, keepdims=True)
    return np.sum(gamma @ means * obs)


def viterbi_soft(logits, trans):
    T, K = logits.shape
    alpha = logits[0]
    for t in range(1, T):
        s = alpha[:, None] + trans
        mx = s.max(axis=0)
        alpha = mx + np.log(np.exp(s - mx).sum(axis=0)) + logits[t]
    return alpha.max()


def viterbi_path_score(logits, trans):
    """The score of the best path, with back pointers kept as integers."""
    T, K = logits.shape
    score = logits[0].copy()
    back = np.zeros((T, K), dtype=int)
    for t in range(1, T):
        cand = score[:, None] + trans
        back[t] = np.argmax(cand, axis=0)
        score = np.max(cand, axis=0) + logits[t]
    path = [int(np.argmax(score))]
    for t in range(T - 1, 0, -1):
        path.append(int(back[t, path[-1]]))
    path.reverse()
    total = logits[0, path[0]]
    for t in range(1, T):
        total = total + trans[path[t - 1], path[t]] + logits[t, path[t]]
    return total


def particle_filter(phi, sigma, noise, ys):
    """Weights of a bootstrap particle filter with given draws, without resampling."""
    n_particles = noise.shape[1]
    x = np.zeros(n_particles)
    logw = np.full(n_particles, -np.log(n_particles))
    for eps, y in zip(noise, ys):
        x = phi * x + sigma * eps
        logw = logw - 0.5 * (y - x) ** 2
        if logw.max() < -3.0:
            logw = logw - logw.max()
    w = np.exp(logw - logw.max())
    w /= w.sum()
    return np.dot(w, x) ** 2 - np.log((w ** 2).sum())


def ensemble_kalman(X, y, R, inflation):
    """One analysis step of the ensemble Kalman filter; the anomalies are scaled in place."""
    n = X.shape[1]
    mean = X.mean(axis=1, keepdims=True)
    A = X - mean
    A *= np.sqrt(inflation)
    C = A @ A.T / (n - 1)
    K = np.linalg.solve(C + R, C).T
    Xa = mean + A + K @ (y[:, None] - mean - A)
    return np.mean(Xa ** 2)


def moving_average(x, width):
    y = np.empty_like(x)
    for i in range(len(x)):
        lo = max(0, i - width)
        hi = min(len(x), i + width + 1)
        y[i] = x[lo:hi].mean()
    return np.sum((x - y) ** 2)


def biquad(b, a, x):
    """Direct form II transposed."""
    z1 = z2 = 0.0
    out = np.zeros(len(x))
    for n, xn in enumerate(x):
        yn = b[0] * xn + z1
        z1 = b[1] * xn - a[0] * yn + z2
        z2 = b[2] * xn - a[1] * yn
        out[n] = yn
    return np.mean(out ** 2)


def fir(taps, x):
    n, k = len(x), len(taps)
    padded = np.concatenate([np.zeros(k - 1), x])
    y = np.array([np.dot(taps[::-1], padded[i:i + k]) for i in range(n)])
    return np.sum(np.abs(y))


def complementary(gyro, accel, alpha, dt):
    angle = 0.0
    history = []
    for w, (ax, az) in zip(gyro, accel):
        angle = alpha * (angle + w * dt) + (1 - alpha) * np.arctan2(ax, az)
        history.append(angle)
    return sum(h ** 2 for h in history)


def spd(r, n):
    a = r(size=(n, n))
    return a @ a.T + n * np.eye(n)


def cases():
    rng = np.random.default_rng(0)
    r = rng.normal
    return [
        (kalman, (0, 1, 2, 3), (0.5 * r(size=(2, 2)), r(size=(1, 2)), spd(r, 2), spd(r, 1), r(size=2), spd(r, 2),
                                r(size=(4, 1)))),
        (kalman_loglik, (0, 1), ({"F": 0.5 * r(size=(2, 2)), "q": 0.3, "h": r(size=2), "r": 0.5},
                                 State(r(size=2), spd(r, 2)), r(size=4))),
        (rts_smoother, (0, 1, 2, 3, 4, 5), (0.9, 0.2, 0.5, 0.1, 1.0, r(size=5))),
        (ekf, (0, 1, 2), (np.array([1.0, 0.1, 0.2]), r(size=2), spd(r, 2), r(size=3))),
        (hmm, (0, 1, 2), (r(size=(3, 3)), r(size=(3, 4)), r(size=3), [0, 2, 1, 3])),
        (hmm, (0, 1, 2), (r(size=(3, 3)), r(size=(3, 4)), r(size=3), np.array([0, 2, 1, 3]))),
        (hmm_forward_backward, (0, 1, 2), (r(size=(3, 3)), r(size=3), r(size=4))),
        (viterbi_soft, (0, 1), (r(size=(5, 3)), r(size=(3, 3)))),
        (viterbi_path_score, (0, 1), (r(size=(5, 3)), r(size=(3, 3)))),
        (particle_filter, (0, 1, 3), (0.8, 0.4, r(size=(4, 6)), r(size=4))),
        (ensemble_kalman, (0, 1, 2, 3), (r(size=(3, 5)), r(size=3), spd(r, 3), 1.1)),
        (moving_average, (0,), (r(size=8), 2)),
        (biquad, (0, 1, 2), (r(size=3), 0.3 * r(size=2), r(size=7))),
        (fir, (0, 1), (r(size=3), r(size=6))),
        (complementary, (0, 1, 2), (r(size=4), [(0.1, 1.0), (0.2, 0.9), (-0.1, 1.1), (0.3, 0.8)], 0.9, 0.05)),
    ]
