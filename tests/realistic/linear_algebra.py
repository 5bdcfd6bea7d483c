"""Factorisations, solvers and eigenvalues by hand."""
import numpy as np


def thomas(a, b, c, d):
    n = len(d)
    cp = np.zeros(n)
    dp = np.zeros(n)
    cp[0] = c[0] / b[0]
    dp[0] = d[0] / b[0]
    for i in range(1, n):
        den = b[i] - a[i] * cp[i-1]
        cp[i] = c[i] / den
        dp[i] = (d[i] - a[i] * dp[i-1]) / den
    x = np.empty(n)
    x[-1] = dp[-1]
    for i in range(n - 2, -1, -1):
        x[i] = dp[i] - cp[i] * x[i+1]
    return np.sum(x ** 2)


def lu_det(A):
    A = A.copy()
    n = len(A)
    det = 1.0
    for k in range(n):
        p = k + np.argmax(np.abs(A[k:, k]))
        if p != k:
            A[[k, p]] = A[[p, k]]
            det = -det
        det *= A[k, k]
        for i in range(k + 1, n):
            A[i, k:] -= A[i, k] / A[k, k] * A[k, k:]
    return det


def lu_decompose(A):
    """Partial pivoting; L and U in one array, the rows' order beside it."""
    LU = np.array(A, dtype=float)
    n = LU.shape[0]
    perm = np.arange(n)
    for k in range(n - 1):
        p = np.argmax(np.abs(LU[k:, k])) + k
        if p != k:
            LU[[k, p], :] = LU[[p, k], :]
            perm[k], perm[p] = perm[p], perm[k]
        LU[k+1:, k] /= LU[k, k]
        LU[k+1:, k+1:] -= np.outer(LU[k+1:, k], LU[k, k+1:])
    return LU, perm


def lu_solve(LU, perm, b):
    n = len(b)
    x = b[perm]
    for i in range(1, n):
        x[i] -= LU[i, :i] @ x[:i]
    for i in range(n - 1, -1, -1):
        x[i] = (x[i] - LU[i, i+1:] @ x[i+1:]) / LU[i, i]
    return x


def lu_residual(A, b, target):
    LU, perm = lu_decompose(A)
    x = lu_solve(LU, perm, b)
    return np.sum((x - target) ** 2)


def gram_schmidt(A):
    m, n = A.shape
    Q = np.zeros((m, n))
    R = np.zeros((n, n))
    for j in range(n):
        v = A[:, j].copy()
        for i in range(j):
            R[i, j] = Q[:, i] @ v
            v -= R[i, j] * Q[:, i]
        R[j, j] = np.sqrt(v @ v)
        Q[:, j] = v / R[j, j]
    return Q, R


def qr_logdet(A, x):
    Q, R = gram_schmidt(A)
    return np.sum(np.log(np.diag(R))) + (Q.T @ x) @ np.arange(1.0, A.shape[1] + 1)


def householder_lstsq(A, b):
    """Householder triangularisation in place, then back substitution."""
    A, b = A.copy(), b.copy()
    m, n = A.shape
    for k in range(n):
        x = A[k:, k].copy()
        alpha = -np.sqrt(np.sum(x ** 2)) if x[0] > 0 else np.sqrt(np.sum(x ** 2))
        x[0] -= alpha
        x /= np.sqrt(x @ x)
        A[k:, k:] -= 2.0 * np.outer(x, x @ A[k:, k:])
        b[k:] -= 2.0 * x * (x @ b[k:])
    sol = np.zeros(n)
    for i in reversed(range(n)):
        sol[i] = (b[i] - A[i, i+1:n] @ sol[i+1:]) / A[i, i]
    return sol.sum() + np.sum(b[n:] ** 2)


def givens(a, b):
    if b == 0:
        return 1.0, 0.0
    if abs(b) > abs(a):
        tau = -a / b
        s = 1.0 / np.sqrt(1 + tau ** 2)
        return s * tau, s
    tau = -b / a
    c = 1.0 / np.sqrt(1 + tau ** 2)
    return c, c * tau


def givens_qr(A):
    R = A.copy()
    m, n = R.shape
    for j in range(n):
        for i in range(m - 1, j, -1):
            c, s = givens(R[i-1, j], R[i, j])
            G = np.array([[c, -s], [s, c]])
            R[i-1:i+1, j:] = G @ R[i-1:i+1, j:]
    return np.log(np.abs(np.diagonal(R))).sum() + R[0, -1] ** 2


def cholesky(A):
    n = A.shape[0]
    L = np.zeros_like(A)
    for i in range(n):
        for j in range(i + 1):
            s = A[i, j]
            for k in range(j):
                s -= L[i, k] * L[j, k]
            if i == j:
                L[i, i] = np.sqrt(s)
            else:
                L[i, j] = s / L[j, j]
    return L


def forward_sub(L, b):
    y = np.zeros_like(b)
    for i in range(len(b)):
        y[i] = (b[i] - np.dot(L[i, :i], y[:i])) / L[i, i]
    return y


def gaussian_loglik(mu, Sigma, x):
    L = cholesky(Sigma)
    z = forward_sub(L, x - mu)
    return -0.5 * np.sum(z ** 2) - np.log(np.diag(L)).sum() - 0.5 * len(x) * np.log(2 * np.pi)


def conjugate_gradient(A, b, x0, tol=1e-8, maxiter=50):
    x = x0
    r = b - A @ x
    p = r.copy()
    rs = r @ r
    it = 0
    while np.sqrt(rs) > tol and it < maxiter:
        Ap = A @ p
        alpha = rs / (p @ Ap)
        x = x + alpha * p
        r = r - alpha * Ap
        rs_new = r @ r
        p = r + (rs_new / rs) * p
        rs = rs_new
        it += 1
    return x


def compliance(A, b):
    x = conjugate_gradient(A, b, np.zeros_like(b), maxiter=3)
    return b @ x


def jacobi_in_place(A, b, sweeps):
    """Gauss-Seidel with over-relaxation, element by element."""
    n = len(b)
    x = np.zeros(n)
    omega = 1.1
    for sweep in range(sweeps):
        for i in range(n):
            sigma = 0.0
            for j in range(n):
                if j != i:
                    sigma += A[i, j] * x[j]
            x[i] += omega * ((b[i] - sigma) / A[i, i] - x[i])
    return np.sum((A @ x - b) ** 2) + x[0]


def power_iter(A, v, n):
    for _ in range(n):
        v = A @ v
        v = v / np.sqrt(np.sum(v ** 2))
    return v @ A @ v


def dominant_eigenvalue(A, v, tol=1e-6):
    lam_old, lam = 0.0, np.inf
    while abs(lam - lam_old) > tol:
        lam_old = lam
        w = A @ v
        v = w / np.sqrt(w @ w)
        lam = v @ A @ v
    return lam


def lanczos(A, v, m):
    """Diagonals of the tridiagonal matrix, as lists; the last vectors rotate."""
    v = v / np.sqrt(v @ v)
    v_prev = np.zeros_like(v)
    beta = 0.0
    alphas, betas = [], []
    for j in range(m):
        w = A @ v - beta * v_prev
        alpha = w @ v
        w = w - alpha * v
        alphas.append(alpha)
        beta = np.sqrt(w @ w)
        betas.append(beta)
        v_prev, v = v, w / beta
    return sum(alphas) + np.prod(np.array(betas))


def jacobi_eigen(A, sweeps=2):
    """Cyclic Jacobi rotations; the sum of fourth powers of the diagonal."""
    A = A.copy()
    n = A.shape[0]
    for _ in range(sweeps):
        for p in range(n - 1):
            for q in range(p + 1, n):
                if abs(A[p, q]) < 1e-12:
                    continue
                theta = (A[q, q] - A[p, p]) / (2 * A[p, q])
                t = np.sign(theta) / (abs(theta) + np.sqrt(theta ** 2 + 1))
                c = 1 / np.sqrt(t ** 2 + 1)
                s = t * c
                Ap, Aq = A[:, p].copy(), A[:, q].copy()
                A[:, p] = c * Ap - s * Aq
                A[:, q] = s * Ap + c * Aq
                Ap, Aq = A[p].copy(), A[q].copy()
                A[p] = c * Ap - s * Aq
                A[q] = s * Ap + c * Aq
    return np.sum(np.diag(A) ** 4)


def matrix_power(A, n):
    R = np.eye(A.shape[0])
    while n > 0:
        if n & 1:
            R = R @ A
        A = A @ A
        n >>= 1
    return np.trace(R)


def expm_taylor(A, order=6, squarings=2):
    X = A / 2 ** squarings
    term = np.eye(len(A))
    total = term.copy()
    for k in range(1, order + 1):
        term = term @ X / k
        total += term
    for _ in range(squarings):
        total = total @ total
    return total


def expm_action(theta, A, B, x):
    y = expm_taylor(theta * A + (1 - theta) * B) @ x
    return np.max(np.abs(y))


def determinant(M):
    """By minors, recursively."""
    if len(M) == 1:
        return M[0, 0]
    total = 0.0
    for j in range(len(M)):
        minor = np.concatenate([M[1:, :j], M[1:, j+1:]], axis=1)
        total += (-1) ** j * M[0, j] * determinant(minor)
    return total


def strassen(A, B):
    n = A.shape[0]
    if n == 1:
        return A * B
    h = n // 2
    a, b, c, d = A[:h, :h], A[:h, h:], A[h:, :h], A[h:, h:]
    e, f, g, k = B[:h, :h], B[:h, h:], B[h:, :h], B[h:, h:]
    p1, p2 = strassen(a, f - k), strassen(a + b, k)
    p3, p4 = strassen(c + d, e), strassen(d, g - e)
    p5, p6, p7 = strassen(a + d, e + k), strassen(b - d, g + k), strassen(a - c, e + f)
    top = np.hstack([p5 + p4 - p2 + p6, p1 + p2])
    bottom = np.hstack([p3 + p4, p1 + p5 - p3 - p7])
    return np.vstack([top, bottom])


def strassen_norm(A, B):
    return np.sum(strassen(A, B) ** 2)


def pagerank(links, d, tol=1e-7):
    n = links.shape[0]
    out = links.sum(axis=0)
    M = links / out
    rank = np.ones(n) / n
    change = 1.0
    while change > tol:
        new = d * M @ rank + (1 - d) / n
        change = np.abs(new - rank).sum()
        rank = new
    return rank[0] - rank[-1]


def banded_matvec(diags, offsets, x):
    y = np.zeros_like(x)
    n = len(x)
    for d, k in zip(diags, offsets):
        if k >= 0:
            y[:n-k] += d[:n-k] * x[k:]
        else:
            y[-k:] += d[:n+k] * x[:k]
    return np.sum(y ** 3)


def cases():
    rng = np.random.default_rng(2)
    r = rng.normal

    def spd(n):
        a = r(size=(n, n))
        return a @ a.T + n * np.eye(n)

    return [
        (thomas, (0, 1, 2, 3), (r(size=5), 4 + r(size=5), r(size=5), r(size=5))),
        (lu_det, (0,), (r(size=(4, 4)),)),
        (lu_residual, (0, 1, 2), (r(size=(4, 4)), r(size=4), r(size=4))),
        (qr_logdet, (0, 1), (r(size=(4, 3)), r(size=4))),
        (householder_lstsq, (0, 1), (r(size=(4, 2)), r(size=4))),
        (givens_qr, (0,), (r(size=(3, 3)),)),
        (gaussian_loglik, (0, 1, 2), (r(size=3), spd(3), r(size=3))),
        (compliance, (0, 1), (spd(4), r(size=4))),
        (jacobi_in_place, (0, 1), (spd(3), r(size=3), 2)),
        (power_iter, (0, 1), (spd(3), r(size=3), 5)),
        (dominant_eigenvalue, (0,), (spd(3), r(size=3))),
        (lanczos, (0, 1), (spd(4), r(size=4), 3)),
        (jacobi_eigen, (0,), (spd(3),)),
        (matrix_power, (0,), (.5 * r(size=(3, 3)), 6)),
        (expm_action, (0, 1, 2, 3), (0.4, r(size=(3, 3)), r(size=(3, 3)), r(size=3))),
        (determinant, (0,), (r(size=(3, 3)),)),
        (strassen_norm, (0, 1), (r(size=(2, 2)), r(size=(2, 2)))),
        (pagerank, (0, 1), (rng.uniform(size=(4, 4)), 0.85)),
        (banded_matvec, (0, 2), ([r(size=5), r(size=5), r(size=5)], [0, 1, -2], r(size=5))),
    ]
