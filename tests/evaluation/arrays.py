"""What slices, index arrays and broadcasting select, and what functions of arrays make."""
import numpy as np

from .helpers import refused


def clipslice(x):
    return np.sum(x[:10] * x[-10:]) + np.sum(x[5:])


def emptyslice(x):
    return np.sum(x[3:] * x[3:]) + np.sum(x[2:1]) + x[0]


def negstep(x):
    return np.sum(x[::-2] * x[::2]) + x[::-1][0]


def slicelen1(x):
    y = x[:1] * x
    return np.sum(y * y)


def halfslice(x):
    n = len(x) // 2
    return np.sum(x[:n] * x[n:2*n]) + x[n]


def bcast2(x):
    A = x[:, None] - x
    return np.sum(A * A * x)


def bcastone(x):
    b = x[:1]
    c = b + x
    return np.sum(c * b)


def bcastkeep(x):
    A = np.outer(x, x)
    B = A / A.sum(axis=1, keepdims=True)
    return np.sum(B * A)


def meanaxis(x):
    A = np.outer(x, x)
    return np.sum((A - A.mean(axis=0)) ** 2 * x)


def maxaxis(x):
    A = np.outer(x, x) + np.arange(9.0).reshape(3, 3)
    return np.sum(A.max(axis=1) * x)


def argmax(x):
    A = np.outer(x, x)
    return x[np.argmax(x)] * A[np.argmin(x), 1]


def fancypair(x):
    A = np.outer(x, x)
    return np.sum(A[[0, 1, 2], [2, 0, 1]] * x)


def fancyrep(x):
    return np.sum(x[[0, 0, 1, 2, 2, 2]] ** 2)


def fancyneg(x):
    return np.sum(x[np.array([-1, -2])] ** 2)


def fancy2d(x):
    return np.sum(x[np.array([[0, 1], [1, 2]])] ** 2)


def mixfancy(x):
    A = np.outer(x, x)
    return np.sum(A[1:, [0, 2]] ** 2)


def boolrow(x):
    A = np.outer(x, x)
    return np.sum(A[x > 1.5] * x)


def bool2d(x):
    A = np.outer(x, x)
    return np.sum(A[A > 2.0] ** 2)


def setfancyrep(x):
    y = np.zeros(3)
    y[[0, 0, 1]] = x
    return np.sum(y * y)


def setfancyadd(x):
    y = np.zeros(3)
    y[[0, 0, 1]] += x
    return np.sum(y * y * x)


def setmaskarr(x):
    y = x.copy()
    m = x > 1.5
    y[m] = x[m] ** 2
    return np.sum(y * x)


def setcol(x):
    A = np.zeros((3, 3))
    A[:, 0] = x
    A[1] = x * x
    A[:, 2] += A[:, 0]
    return np.sum(A * A.T)


def setblock(x):
    A = np.zeros((4, 4))
    A[1:, :3] = np.outer(x, x)
    A[:2, 2:] += 1.0
    return np.sum(A * A)


def setbcast(x):
    A = np.zeros((2, 3))
    A[:] = x
    A[0] *= x[0]
    A += x[1]
    return np.sum(A * A)


def diagset(x):
    A = np.outer(x, x)
    i = np.arange(3)
    A[i, i] = x
    return np.sum(A * A)


def triu(x):
    A = np.triu(np.outer(x, x))
    return np.sum(A * A * x)


def cumsum(x):
    return np.sum(np.cumsum(x) * x)


def cumprod(x):
    return np.prod(x) + np.sum(np.cumsum(x * x))


def diff(x):
    return np.sum(np.diff(x) ** 2)


def roll(x):
    return np.sum(np.roll(x, 1) * x) + np.sum(np.flip(x) * x)


def tile(x):
    return np.sum(np.tile(x, 2) * np.repeat(x, 2))


@refused
def concat2(x):
    y = np.concatenate([x, x[1:], [2.0]])
    return np.sum(y * y * np.arange(6.0))


def stackax(x):
    y = np.stack([x, x * x], axis=1)
    return np.sum(y[:, 0] * y[:, 1]) + np.sum(y @ y.T)


def dotmat(x):
    A = np.outer(x, x)
    return A @ x @ A @ x


def vecmat(x):
    A = np.arange(9.0).reshape(3, 3)
    return (x @ A) @ (A @ x) + np.dot(x, A) @ x


def batched(x):
    A = np.arange(18.0).reshape(2, 3, 3)
    return np.sum(A @ x) + np.sum((A * x) @ A)


def traces(x):
    return np.trace(np.outer(x, x)) + np.inner(x, x) + np.vdot(x, x)


def where3(x):
    return np.sum(np.where(x > 1.5, x ** 2, np.sin(x)))


def clipx(x):
    return np.sum(np.clip(x, 1.5, 2.5) ** 2) + np.sum(x.clip(None, 2.5))


def signs(x):
    return np.sum(np.sign(x) * x ** 2) + np.sum(np.abs(x - 2.0))


def maxpair(x):
    return np.sum(np.maximum(x, x[::-1])) + max(x) + min(x)


def softmax(x):
    e = np.exp(x - np.max(x))
    p = e / np.sum(e)
    return np.sum(p * np.log(p))


def varstd(x):
    return np.var(x) + np.std(x) + x.var(ddof=1) + x.std()


def powers(x):
    return np.sum(x ** 3) + np.sum(2.0 ** x) + x[0] ** x[1] + x[1] ** -2 + np.sum(x ** 0.5)


def modulo(x):
    return np.sum(x % 1.7) + x[2] // 2.0 + np.sum(np.floor(x) * x)


def hypot(x):
    return np.hypot(x[0], x[1]) + np.arctan2(x[1], x[2]) + np.logaddexp(x[0], x[1])
