"""Loops, lists and functions as in programs of numerical methods."""
import math

import numpy as np

from .helpers import refused


def polyval(x):
    s = 0.0
    for c in x:
        s = s * 0.5 + c
    return s * s


def newton(x):
    z = 1.0
    while abs(z * z - x[1]) > 1e-12:
        z = 0.5 * (z + x[1] / z)
    return z * x[0]


def fib(x):
    a, b = x[0], x[1]
    for _ in range(4):
        a, b = b, a * b + x[2]
    return a - b


def matpow(x):
    A = np.outer(x, x) * 0.1
    B = np.eye(3)
    for _ in range(3):
        B = B @ A + A
    return np.sum(B)


def runge(x):
    y, t = x, 0.0
    for _ in range(3):
        k1 = np.sin(y)
        k2 = np.sin(y + 0.05 * k1)
        y = y + 0.1 * (k1 + k2) / 2
        t += 0.1
    return np.sum(y * t)


def gather(x):
    s = 0.0
    for i, j in ((0, 1), (1, 2), (2, 0)):
        s += x[i] * x[j] ** 2
    return s


def listcomp(x):
    ys = [v ** 2 for v in x if v > 1.5]
    return sum(ys) * len(ys)


@refused
def nestedlist(x):
    rows = [[x[i] * x[j] for j in range(3)] for i in range(3)]
    return np.sum(np.array(rows) ** 2)


def genexp(x):
    return sum(v ** 2 for v in x) + max(v * 2 for v in x)


def dictloop(x):
    d = {'a': x[0], 'b': x[1]}
    s = 0.0
    for k, v in d.items():
        s += v * v if k == 'a' else v
    return s


def enumstart(x):
    s = 0.0
    for i, v in enumerate(x, start=1):
        s += i * v
    return s


def zip3(x):
    s = 0.0
    for a, b, c in zip(x, x[1:], range(5)):
        s += a * b * c
    return s


def ziprev(x):
    s = 0.0
    for a, b in zip(reversed(x), x):
        s += a * b * b
    return s


def rangestep(x):
    s = 0.0
    for i in range(2, -1, -1):
        s = s * 0.5 + x[i]
    for i in range(0, 3, 2):
        s += x[i]
    return s


def mathfn(x):
    return math.sin(x[0]) * math.exp(x[1] / 10) + math.log(x[2]) + math.pow(x[0], 2) + math.sqrt(x[1])


def lambdas(x):
    fs = [lambda v: v ** 2, lambda v: np.sin(v)]
    return fs[0](x[0]) + fs[1](x[1])


def closure3(x):
    k = x[0]
    def sc(v):
        return v * k
    k = x[1]
    return sc(x[2])


def defaults(x):
    def p(v, n=2, *, m=3.0):
        return v ** n * m
    return p(x[0]) + p(x[1], 3) + p(x[2], m=x[0])


def recur2(x):
    def fact(v, n):
        return 1.0 if n == 0 else v * fact(v + 1.0, n - 1)
    return fact(x[0], 3)


def early(x):
    for v in x:
        if v > 2.0:
            return v ** 3
    return 0.0


def earlyw(x):
    i = 0
    while True:
        if x[i] > 2.0:
            return x[i] ** 3 * i
        i += 1


def unionnone(x):
    best = None
    for v in x:
        if best is None or v > best:
            best = v
    return best ** 2


def besti(x):
    best, at = -1.0, 0
    for i in range(3):
        if x[i] * (3 - i) > best:
            best, at = x[i] * (3 - i), i
    return best * x[at]


def accum2(x):
    out = np.zeros(3)
    for i in range(3):
        for j in range(i + 1):
            out[i] += x[j] * x[i - j]
    return np.sum(out * x)


def convol(x):
    w = np.array([0.25, 0.5, 0.25])
    out = np.zeros(3)
    for i in range(3):
        for j in range(3):
            k = i + j - 1
            if 0 <= k < 3:
                out[i] += w[j] * x[k]
    return np.sum(out ** 2)


def prefix(x):
    s = np.zeros(4)
    for i in range(3):
        s[i + 1] = s[i] + x[i]
    return np.sum(s * s)


def gauss(x):
    A = np.outer(x, x) + 3.0 * np.eye(3)
    b = x.copy()
    for k in range(3):
        for i in range(k + 1, 3):
            m = A[i, k] / A[k, k]
            A[i, k:] -= m * A[k, k:]
            b[i] -= m * b[k]
    y = np.zeros(3)
    for i in range(2, -1, -1):
        y[i] = (b[i] - A[i, i + 1:] @ y[i + 1:]) / A[i, i]
    return np.sum(y * x)


def chol(x):
    A = np.outer(x, x) + 3.0 * np.eye(3)
    L = np.zeros_like(A)
    for i in range(3):
        for j in range(i + 1):
            s = A[i, j] - np.dot(L[i, :j], L[j, :j])
            L[i, j] = np.sqrt(s) if i == j else s / L[j, j]
    return np.sum(np.log(np.diag(L)))


def life(x):
    u = x.copy()
    v = np.zeros_like(u)
    for _ in range(3):
        v[1:-1] = u[:-2] + u[2:]
        u, v = v, u
    return np.sum(u * x)


def inplace_chain(x):
    u = x.copy()
    u *= 2
    u -= x
    u /= x + 1
    u **= 2
    return np.sum(u)


def matinplace(x):
    A = np.outer(x, x)
    A @= A
    return np.sum(A)


def floordivin(x):
    u = x * 3.0
    u //= 2.0
    u %= 2.0
    return np.sum(u * x)
