"""Neural networks without a framework."""
from dataclasses import dataclass

import numpy as np


def sigmoid(x):
    return 1.0 / (1.0 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)


def softmax(z, axis=-1):
    z = z - np.max(z, axis=axis, keepdims=True)
    e = np.exp(z)
    return e / e.sum(axis=axis, keepdims=True)


def cross_entropy(probs, labels, eps=1e-12):
    n = labels.shape[0]
    return -np.log(probs[np.arange(n), labels] + eps).mean()


def init_state(hidden):
    return np.zeros(hidden), np.zeros(hidden)


def lstm(params, xs, h, c):
    loss = 0.0
    for x in xs:
        gates = params["W"] @ np.concatenate([x, h]) + params["b"]
        i, f, o, g = np.split(gates, 4)
        c = 1/(1+np.exp(-f)) * c + 1/(1+np.exp(-i)) * np.tanh(g)
        h = 1/(1+np.exp(-o)) * np.tanh(c)
        loss += np.sum(h**2)
    return loss


def lstm_classifier(params, sequence, label):
    """Four weight matrices by name, states from a helper, gates by slices."""
    H = params["Wh"].shape[0]
    h, c = init_state(H)
    for t in range(sequence.shape[0]):
        z = sequence[t] @ params["Wx"] + h @ params["Wh"] + params["b"]
        i = sigmoid(z[:H])
        f = sigmoid(z[H:2 * H] + 1.0)
        o = sigmoid(z[2 * H:3 * H])
        g = np.tanh(z[3 * H:])
        c = f * c + i * g
        h = o * np.tanh(c)
    logits = h @ params["Wy"]
    return np.log(np.sum(np.exp(logits))) - logits[label]


def gru(weights, xs):
    Wz, Uz, Wr, Ur, Wh, Uh = weights
    h = np.zeros((xs.shape[1], Uz.shape[0]))
    outputs = []
    for x in xs:
        z = sigmoid(x @ Wz + h @ Uz)
        r = sigmoid(x @ Wr + h @ Ur)
        h_tilde = np.tanh(x @ Wh + (r * h) @ Uh)
        h = (1 - z) * h + z * h_tilde
        outputs.append(h)
    out = np.stack(outputs, axis=1)
    return np.mean(out[:, -1] ** 2) + 0.1 * np.abs(out).sum()


def gru_like(Wz, Wh, xs):
    h = np.zeros(Wh.shape[0])
    hist = []
    for t, x in enumerate(xs):
        z = 1 / (1 + np.exp(-(Wz @ h + x)))
        h = (1 - z) * h + z * np.tanh(Wh @ h + x)
        hist.append(h)
    H = np.array(hist)
    return np.sum(np.diff(H, axis=0) ** 2)


def attention(X, Wq, Wk, Wv):
    Q, K, V = X @ Wq, X @ Wk, X @ Wv
    S = Q @ K.T / np.sqrt(Q.shape[-1])
    S = S - S.max(axis=-1, keepdims=True)
    A = np.exp(S)
    A /= A.sum(axis=-1, keepdims=True)
    return ((A @ V) ** 2).mean()


def multihead_attention(X, Wq, Wk, Wv, Wo, n_heads):
    """Causal attention, a head at a time, each written into its columns."""
    T, D = X.shape
    d = D // n_heads
    mask = np.tril(np.ones((T, T))) == 0
    out = np.zeros((T, D))
    for head in range(n_heads):
        cols = slice(head * d, (head + 1) * d)
        q, k, v = X @ Wq[:, cols], X @ Wk[:, cols], X @ Wv[:, cols]
        scores = q @ k.T / np.sqrt(d)
        scores[mask] = -1e9
        out[:, cols] = softmax(scores) @ v
    y = X + out @ Wo
    return np.sum(np.tanh(y))


def layer_norm(x, gain, bias, eps=1e-5):
    mu = x.mean(axis=-1, keepdims=True)
    var = ((x - mu) ** 2).mean(axis=-1, keepdims=True)
    return gain * (x - mu) / np.sqrt(var + eps) + bias


def transformer_block(p, X):
    h = layer_norm(X, p["g1"], p["b1"])
    q, k, v = np.split(h @ p["Wqkv"], 3, axis=-1)
    att = softmax(np.einsum("td,sd->ts", q, k) / np.sqrt(q.shape[-1]))
    X = X + att @ v
    h = layer_norm(X, p["g1"], p["b1"])
    X = X + relu(h @ p["W1"]) @ p["W2"]
    return (X ** 2).mean()


def mlp(params, x, y, l2=0.0):
    for i, (W, b) in enumerate(params):
        x = x @ W + b
        if i < len(params) - 1:
            x = np.tanh(x)
    penalty = l2 * sum(np.sum(W ** 2) for W, _ in params)
    return np.mean((x - y) ** 2) + penalty


def softmax_xent(W, X, labels):
    Z = X @ W
    Z -= Z.max(axis=1, keepdims=True)
    P = np.exp(Z)
    P /= P.sum(axis=1, keepdims=True)
    return -np.log(P[np.arange(len(labels)), labels]).mean()


def classifier(params, X, labels):
    h = relu(X @ params["W1"] + params["b1"])
    return cross_entropy(softmax(h @ params["W2"] + params["b2"]), labels)


def batchnorm(X, gamma, beta):
    mu = X.mean(axis=0)
    var = X.var(axis=0)
    return np.sum((gamma * (X - mu) / np.sqrt(var + 1e-5) + beta) ** 3)


@dataclass
class RunningStats:
    mean: np.ndarray
    var: np.ndarray
    momentum: float


def batchnorm_running(X_batches, gamma, beta, stats):
    """Running statistics in a dataclass that is read, and made anew."""
    total = 0.0
    for X in X_batches:
        mu, var = X.mean(0), X.var(0)
        stats = RunningStats(stats.momentum * stats.mean + (1 - stats.momentum) * mu,
                             stats.momentum * stats.var + (1 - stats.momentum) * var, stats.momentum)
        total += np.sum(np.sin(gamma * (X - stats.mean) / np.sqrt(stats.var + 1e-5) + beta))
    return total


def conv1d(x, w, b):
    n, k = len(x), len(w)
    y = np.zeros(n - k + 1)
    for i in range(n - k + 1):
        y[i] = np.dot(x[i:i+k], w) + b
    y = np.maximum(y, 0)
    return np.sum(y * y)


def conv2d(img, ker):
    H, W = img.shape
    k, l = ker.shape
    out = np.zeros((H - k + 1, W - l + 1))
    for i in range(k):
        for j in range(l):
            out += ker[i, j] * img[i:i + H - k + 1, j:j + W - l + 1]
    return np.maximum(out, 0).sum()


def conv_pool_net(kernels, bias, W, img):
    """Convolution with channels, 2x2 max pooling by reshape, a linear layer."""
    n_out, _, k, _ = kernels.shape
    _, h, w = img.shape
    out = np.zeros((n_out, h - k + 1, w - k + 1))
    for f in range(n_out):
        for i in range(h - k + 1):
            for j in range(w - k + 1):
                out[f, i, j] = np.sum(kernels[f] * img[:, i:i + k, j:j + k]) + bias[f]
    out[out < 0] = 0.0
    ho, wo = out.shape[1] // 2, out.shape[2] // 2
    pooled = out[:, :2 * ho, :2 * wo].reshape(n_out, ho, 2, wo, 2).max(axis=(2, 4))
    return np.tanh(W @ pooled.ravel()).sum()


def maxpool(x):
    n = x.shape[0] // 2
    y = np.zeros(n)
    for i in range(n):
        y[i] = max(x[2*i], x[2*i+1])
    return np.sum(y**2)


def vae_loss(enc, dec, x, eps):
    """Evidence lower bound with given noise; encoder and decoder as lists of layers."""
    h = x
    for W, b in enc[:-1]:
        h = np.tanh(h @ W + b)
    W, b = enc[-1]
    stats = h @ W + b
    d = stats.shape[1] // 2
    mu, logvar = stats[:, :d], stats[:, d:]
    z = mu + np.exp(0.5 * logvar) * eps
    h = z
    for W, b in dec[:-1]:
        h = np.tanh(h @ W + b)
    p = sigmoid(h @ dec[-1][0] + dec[-1][1])
    rec = -np.sum(x * np.log(p) + (1 - x) * np.log(1 - p), axis=1)
    kl = -0.5 * np.sum(1 + logvar - mu ** 2 - np.exp(logvar), axis=1)
    assert rec.shape == kl.shape, f"reconstruction {rec.shape}, divergence {kl.shape}"
    return np.mean(rec + kl)


def autoencoder_dropout(W, V, X, mask, rate=0.5):
    H = np.tanh(X @ W)
    H *= mask / (1.0 - rate)
    return np.sum((H @ V - X) ** 2) / X.shape[0]


def residual_net(blocks, x):
    for k, block in enumerate(blocks):
        h = x
        for W in block["weights"]:
            h = np.tanh(W @ h)
        x = x + block["scale"] * h if k % 2 == 0 else x - block["scale"] * h
    return np.linalg.norm(x)


def embedding_bag(table, W, tokens, offsets, labels):
    """Sums of embeddings of bags of tokens; integer tables and labels."""
    bags = []
    for start, stop in zip(offsets[:-1], offsets[1:]):
        bags.append(table[tokens[start:stop]].sum(axis=0))
    logits = np.stack(bags) @ W
    logp = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
    return -sum(logp[i, y] for i, y in enumerate(labels))


def graph_network(A, X, W1, W2):
    deg = A.sum(axis=1)
    d = 1.0 / np.sqrt(deg + 1)
    A_hat = d[:, None] * (A + np.eye(A.shape[0])) * d[None, :]
    H = relu(A_hat @ X @ W1)
    return np.sum(softmax(A_hat @ H @ W2, axis=1)[:, 0])


def contrastive(Z1, Z2, temperature=0.5):
    Z = np.vstack([Z1, Z2])
    Z = Z / np.linalg.norm(Z, axis=1, keepdims=True)
    n = len(Z1)
    sim = Z @ Z.T / temperature
    np.fill_diagonal(sim, -1e9)
    targets = np.concatenate([np.arange(n, 2 * n), np.arange(n)])
    lse = np.log(np.exp(sim).sum(axis=1))
    return np.mean(lse - sim[np.arange(2 * n), targets])


def cases():
    rng = np.random.default_rng(1)
    r = rng.normal
    layers = [(0.5 * r(size=(3, 4)), r(size=4)), (0.5 * r(size=(4, 2)), r(size=2))]
    block = {"g1": 1 + 0.1 * r(size=4), "b1": r(size=4), "Wqkv": 0.5 * r(size=(4, 12)), "W1": 0.5 * r(size=(4, 5)),
             "W2": 0.5 * r(size=(5, 4))}
    stats = RunningStats(np.zeros(3), np.ones(3), 0.9)
    adjacency = np.abs(r(size=(4, 4)))
    return [
        (lstm, (0, 1), ({"W": r(size=(12, 5)), "b": r(size=12)}, r(size=(4, 2)), np.zeros(3), np.zeros(3))),
        (lstm_classifier, (0, 1), ({"Wx": r(size=(2, 12)), "Wh": 0.5 * r(size=(3, 12)), "b": r(size=12),
                                    "Wy": r(size=(3, 4))}, r(size=(5, 2)), 2)),
        (gru, (0, 1), (tuple(0.5 * r(size=(2, 3)) if k % 2 == 0 else 0.5 * r(size=(3, 3)) for k in range(6)),
                       r(size=(4, 2, 2)))),
        (gru_like, (0, 1, 2), (.5 * r(size=(3, 3)), .5 * r(size=(3, 3)), r(size=(4, 3)))),
        (attention, (0, 1, 2, 3), tuple(r(size=s) for s in ((4, 3), (3, 3), (3, 3), (3, 3)))),
        (multihead_attention, (0, 1, 2, 3, 4), (r(size=(3, 4)), *(r(size=(4, 4)) for _ in range(4)), 2)),
        (transformer_block, (0, 1), (block, r(size=(3, 4)))),
        (mlp, (0, 1, 2, 3), (layers, r(size=(5, 3)), r(size=(5, 2)), 0.01)),
        (softmax_xent, (0, 1), (r(size=(4, 3)), r(size=(5, 4)), np.array([0, 2, 1, 1, 0]))),
        (classifier, (0, 1), ({"W1": r(size=(3, 5)), "b1": r(size=5), "W2": r(size=(5, 3)), "b2": r(size=3)},
                              r(size=(4, 3)), np.array([0, 2, 1, 1]))),
        (batchnorm, (0, 1, 2), (r(size=(6, 3)), r(size=3), r(size=3))),
        (batchnorm_running, (0, 1, 2, 3), ([r(size=(4, 3)), r(size=(4, 3))], r(size=3), r(size=3), stats)),
        (conv1d, (0, 1, 2), (r(size=10), r(size=3), .1)),
        (conv2d, (0, 1), (r(size=(6, 5)), r(size=(2, 3)))),
        (conv_pool_net, (0, 1, 2, 3), (r(size=(2, 2, 2, 2)), r(size=2), r(size=(3, 8)), r(size=(2, 5, 5)))),
        (maxpool, (0,), (r(size=7),)),
        (vae_loss, (0, 1, 3), ([(r(size=(3, 4)), r(size=4)), (r(size=(4, 4)), r(size=4))],
                               [(r(size=(2, 4)), r(size=4)), (r(size=(4, 3)), r(size=3))],
                               rng.uniform(0.1, 0.9, size=(3, 3)), r(size=(3, 2)))),
        (autoencoder_dropout, (0, 1, 2), (r(size=(3, 4)), r(size=(4, 3)), r(size=(5, 3)),
                                          rng.integers(0, 2, size=(5, 4)))),
        (residual_net, (0, 1), ([{"weights": [r(size=(3, 3)), r(size=(3, 3))], "scale": 0.3},
                                 {"weights": [r(size=(3, 3)), r(size=(3, 3))], "scale": 0.7}], r(size=3))),
        (embedding_bag, (0, 1), (r(size=(6, 3)), r(size=(3, 4)), np.array([0, 3, 3, 5, 1, 0]), [0, 2, 5, 6],
                                 [1, 3, 0])),
        (graph_network, (0, 1, 2, 3), (adjacency + adjacency.T, r(size=(4, 3)), r(size=(3, 4)), r(size=(4, 2)))),
        (contrastive, (0, 1, 2), (r(size=(3, 4)), r(size=(3, 4)), 0.5)),
    ]
