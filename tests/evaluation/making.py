"""Types of numbers, and how arrays are made and joined."""
import numpy as np

from .helpers import refused


def intarr(x):
    i = np.arange(3)
    return np.sum(x * i) + np.sum(x ** i) + np.sum(i / x)


def boolarr(x):
    m = x > 1.5
    return np.sum(m * x) + np.sum(~m * x ** 2) + np.sum(x, where=m) if False else np.sum(m * x)


def intres(x):
    n = 0
    for v in x:
        if v > 1.5:
            n += 1
    return n * x[0] + n


def intidx2(x):
    k = int(np.argmax(x))
    return x[k] * x[(k + 1) % 3] * x[k - 1]


def complexs(x):
    z = x[0] + 1j * x[1]
    w = z * z.conjugate() + z ** 2
    return w.real + abs(z) + z.imag


def complexa(x):
    z = np.exp(1j * x)
    return np.sum(z.real * x) + np.sum(np.abs(z * x)) + np.sum((z * np.conj(z)).real)


def floatconv(x):
    return float(x[0]) * float(np.sum(x)) + np.float64(x[1])


@refused
def itemm(x):
    return x[1].item() * x.sum().item() + x.item(0)


def zeroint(x):
    y = np.zeros(3)
    y += x
    y[1] = 3
    return np.sum(y * x)


def fulls(x):
    y = np.full(3, x[0])
    z = np.full_like(x, x[1])
    return np.sum(y * z * x)


def identity(x):
    return x @ (np.eye(3) + np.diag(x)) @ x


def linspace(x):
    t = np.linspace(0.0, 1.0, 3)
    return np.sum(t * x) + np.sum(np.linspace(x[0], x[1], 4) ** 2)


def arangef(x):
    return np.sum(np.arange(0.0, 1.5, 0.5) * x)


def ones2(x):
    return np.sum(np.ones((2, 3)) * x * 2)


def emptyfill(x):
    y = np.empty(3)
    for i in range(3):
        y[i] = x[i] ** 2
    return np.sum(y * x)


def emptylike(x):
    y = np.empty_like(x)
    y[:] = x ** 2
    y[1:] -= y[:-1]
    return np.sum(y * x)


def reshape2(x):
    A = np.concatenate([x, x * x]).reshape(2, 3)
    return np.sum(A[0] * A[1]) + np.sum(A.reshape(-1)[1:4]) + np.sum(A.T.reshape(6) * np.arange(6))


def transp(x):
    A = np.arange(6.0).reshape(2, 3) * x
    B = np.transpose(A)
    return np.sum(B @ A) + np.sum(B[0] * A[:, 1])


def swapax(x):
    A = np.arange(12.0).reshape(2, 2, 3) * x
    return np.sum(np.swapaxes(A, 0, 2)[1] * np.moveaxis(A, 2, 0)[0])


def squeeze2(x):
    A = x[None, :, None]
    return np.sum(np.squeeze(A) * x) + np.sum(A[0, :, 0])


def splits(x):
    a, b = np.split(np.concatenate([x, x * x]), 2)
    return np.sum(a * b) + np.sum(np.array_split(x, 2)[1]) if False else np.sum(a * b)


def vstack(x):
    A = np.vstack([x, x * x])
    B = np.hstack([x, x])
    return np.sum(A[1]) + np.sum(B * np.arange(6))


def colstack(x):
    A = np.column_stack([x, x * x])
    return np.sum(A[:, 0] * A[:, 1])


def is_nan(x):
    y = np.where(np.isnan(x), 0.0, x)
    return np.sum(y * y)


def anyall(x):
    if np.any(x > 3) and not np.all(x > 3):
        return np.sum(x * x)
    return x[0]


def allclose(x):
    if np.allclose(x, x * 1.0):
        return np.sum(x ** 2)
    return x[0]


def searchs(x):
    k = np.searchsorted(x, 2.5)
    return x[k] ** 2


def argsort(x):
    o = np.argsort(-x)
    return np.sum(x[o] * np.arange(3.0))


def unique(x):
    return np.sum(x[::1]) + x[...][0]
