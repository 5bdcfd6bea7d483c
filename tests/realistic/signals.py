"""Transforms, interpolation, alignment, images."""
import numpy as np


def interp(xp, fp, x):
    s = 0.0
    for xi in x:
        k = np.searchsorted(xp, xi) - 1
        k = min(max(k, 0), len(xp) - 2)
        t = (xi - xp[k]) / (xp[k+1] - xp[k])
        s += (1 - t) * fp[k] + t * fp[k+1]
    return s


def interp_arrays(xp, fp, x):
    k = np.clip(np.searchsorted(xp, x) - 1, 0, len(xp) - 2)
    t = (x - xp[k]) / (xp[k + 1] - xp[k])
    return np.sum(((1 - t) * fp[k] + t * fp[k + 1]) ** 2)


def poly(coef, x):
    y = 0.0
    for c in reversed(coef):
        y = y * x + c
    return np.sum(y**2)


def fourier_power(x, k):
    n = len(x)
    c = np.cos(2 * np.pi * k * np.arange(n) / n)
    s = np.sin(2 * np.pi * k * np.arange(n) / n)
    return (x @ c) ** 2 + (x @ s) ** 2


def fft(re, im):
    """Cooley-Tukey by recursion, real and imaginary parts apart."""
    n = len(re)
    if n == 1:
        return re, im
    er, ei = fft(re[::2], im[::2])
    od_r, od_i = fft(re[1::2], im[1::2])
    angle = -2 * np.pi * np.arange(n // 2) / n
    wr, wi = np.cos(angle), np.sin(angle)
    tr = wr * od_r - wi * od_i
    ti = wr * od_i + wi * od_r
    return np.concatenate([er + tr, er - tr]), np.concatenate([ei + ti, ei - ti])


def spectral_flatness(x):
    re, im = fft(x, np.zeros_like(x))
    power = re ** 2 + im ** 2 + 1e-3
    return np.exp(np.mean(np.log(power))) / power.mean()


def fft_complex(x):
    n = x.shape[0]
    if n <= 1:
        return x
    even, odd = fft_complex(x[0::2]), fft_complex(x[1::2])
    twiddle = np.exp(-2j * np.pi * np.arange(n // 2) / n) * odd
    return np.concatenate([even + twiddle, even - twiddle])


def bandpass_energy(x, lo, hi):
    X = fft_complex(x.astype(complex))
    return np.sum(np.abs(X[lo:hi]) ** 2)


def haar(x, levels):
    """Wavelets with strided slices, coarse part first, in place."""
    y = x.copy()
    n = len(y)
    for _ in range(levels):
        s = (y[0:n:2] + y[1:n:2]) / np.sqrt(2)
        d = (y[0:n:2] - y[1:n:2]) / np.sqrt(2)
        y[:n // 2] = s
        y[n // 2:n] = d
        n //= 2
    return y


def wavelet_denoise(x, threshold):
    y = haar(x, 3)
    y[1:] = np.sign(y[1:]) * np.maximum(np.abs(y[1:]) - threshold, 0)
    return np.sum(y ** 4)


def lifting(x, predict, update):
    even, odd = x[::2].copy(), x[1::2].copy()
    odd[:-1] -= predict * (even[:-1] + even[1:])
    odd[-1] -= 2 * predict * even[-1]
    even[1:] += update * (odd[:-1] + odd[1:])
    even[0] += 2 * update * odd[0]
    out = np.empty_like(x)
    out[::2], out[1::2] = even, odd
    return np.sum(np.abs(out))


def dtw(a, b):
    n, m = len(a), len(b)
    D = np.full((n + 1, m + 1), np.inf)
    D[0, 0] = 0
    for i in range(1, n + 1):
        for j in range(1, m + 1):
            cost = (a[i-1] - b[j-1]) ** 2
            D[i, j] = cost + min(D[i-1, j], D[i, j-1], D[i-1, j-1])
    return D[n, m]


def soft_dtw(a, b, gamma=0.5):
    def softmin(*values):
        m = min(values)
        return m - gamma * np.log(sum(np.exp(-(v - m) / gamma) for v in values))

    n, m = len(a), len(b)
    D = np.full((n + 1, m + 1), 1e6)
    D[0, 0] = 0.0
    for i in range(n):
        for j in range(m):
            D[i+1, j+1] = (a[i] - b[j]) ** 2 + softmin(D[i, j+1], D[i+1, j], D[i, j])
    return D[-1, -1]


def needleman_wunsch(sub, gap, s, t):
    """Alignment of two strings of integers with soft maxima."""
    prev = -gap * np.arange(len(t) + 1.0)
    for i, a in enumerate(s, start=1):
        row = np.zeros(len(t) + 1)
        row[0] = -gap * i
        for j, b in enumerate(t, 1):
            options = np.array([prev[j-1] + sub[a, b], prev[j] - gap, row[j-1] - gap])
            top = options.max()
            row[j] = top + np.log(np.sum(np.exp(options - top)))
        prev = row
    return prev[-1]


def edit_alignment(a, b, gap):
    """Hard alignment: three moves by if and elif, a table of scores."""
    score = np.zeros((len(a) + 1, len(b) + 1))
    score[:, 0] = -gap * np.arange(len(a) + 1)
    score[0, :] = -gap * np.arange(len(b) + 1)
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            diagonal = score[i-1, j-1] + a[i-1] * b[j-1]
            up = score[i-1, j] - gap
            left = score[i, j-1] - gap
            if diagonal >= up and diagonal >= left:
                score[i, j] = diagonal
            elif up >= left:
                score[i, j] = up
            else:
                score[i, j] = left
    return score[-1, -1]


def bilinear_warp(img, flow):
    """Each pixel looks where the flow says; integer corners, clipped."""
    h, w = img.shape
    out = np.zeros_like(img)
    for i in range(h):
        for j in range(w):
            y = min(max(i + flow[0, i, j], 0.0), h - 1.001)
            x = min(max(j + flow[1, i, j], 0.0), w - 1.001)
            y0, x0 = int(np.floor(y)), int(np.floor(x))
            dy, dx = y - y0, x - x0
            out[i, j] = ((1 - dy) * (1 - dx) * img[y0, x0] + (1 - dy) * dx * img[y0, x0 + 1]
                         + dy * (1 - dx) * img[y0 + 1, x0] + dy * dx * img[y0 + 1, x0 + 1])
    return np.sum((out - img) ** 2)


def affine_warp(img, A, shift):
    """The same with index arrays."""
    h, w = img.shape
    yy, xx = np.meshgrid(np.arange(h), np.arange(w), indexing="ij")
    y = A[0, 0] * yy + A[0, 1] * xx + shift[0]
    x = A[1, 0] * yy + A[1, 1] * xx + shift[1]
    y0 = np.clip(np.floor(y).astype(int), 0, h - 2)
    x0 = np.clip(np.floor(x).astype(int), 0, w - 2)
    fy, fx = y - y0, x - x0
    top = img[y0, x0] * (1 - fx) + img[y0, x0 + 1] * fx
    bottom = img[y0 + 1, x0] * (1 - fx) + img[y0 + 1, x0 + 1] * fx
    return np.mean((top * (1 - fy) + bottom * fy) ** 2)


def gaussian_blur(img, sigma, radius=2):
    """Separable, with padding by concatenation."""
    t = np.arange(-radius, radius + 1)
    k = np.exp(-0.5 * (t / sigma) ** 2)
    k = k / k.sum()
    for axis in (0, 1):
        img = img.T if axis else img
        first, last = img[:1], img[-1:]
        padded = np.concatenate([first] * radius + [img] + [last] * radius, axis=0)
        img = sum(w * padded[i:i + img.shape[0]] for i, w in enumerate(k))
        img = img.T if axis else img
    return np.sum(img ** 2)


def total_variation_flow(img, noisy, lam, steps):
    u = img.copy()
    for _ in range(steps):
        gx, gy = np.zeros_like(u), np.zeros_like(u)
        gx[:, :-1] = np.diff(u, axis=1)
        gy[:-1] = np.diff(u, axis=0)
        norm = np.sqrt(gx ** 2 + gy ** 2 + 1e-2)
        px, py = gx / norm, gy / norm
        div = px + py
        div[:, 1:] -= px[:, :-1]
        div[1:, :] -= py[:-1, :]
        u += 0.1 * (div + lam * (noisy - u))
    return np.sum((u - img) ** 2)


def natural_spline(x, y, xs):
    """Second derivatives by elimination, then values between the knots."""
    n = len(x)
    h = np.diff(x)
    m = np.zeros(n)
    c = np.zeros(n)
    for i in range(1, n - 1):
        mu = h[i-1] / (h[i-1] + h[i])
        rhs = 6 * ((y[i+1] - y[i]) / h[i] - (y[i] - y[i-1]) / h[i-1]) / (h[i-1] + h[i])
        p = mu * c[i-1] + 2.0
        c[i] = (mu - 1.0) / p
        m[i] = (rhs - mu * m[i-1]) / p
    for i in range(n - 2, 0, -1):
        m[i] += c[i] * m[i+1]
    total = 0.0
    for xq in xs:
        k = max(0, min(int(np.searchsorted(x, xq, side="right")) - 1, n - 2))
        a, b = (x[k+1] - xq) / h[k], (xq - x[k]) / h[k]
        total += (a * y[k] + b * y[k+1] + ((a ** 3 - a) * m[k] + (b ** 3 - b) * m[k+1]) * h[k] ** 2 / 6) ** 2
    return total


def de_boor(t, knots, control, degree=3):
    """A point on a spline; the triangle of points is a list that is overwritten."""
    k = degree
    while k < len(control) - 1 and t >= knots[k + 1]:
        k += 1
    d = [control[j + k - degree] for j in range(degree + 1)]
    for r in range(1, degree + 1):
        for j in range(degree, r - 1, -1):
            left = knots[j + k - degree]
            alpha = (t - left) / (knots[j + 1 + k - r] - left)
            d[j] = (1.0 - alpha) * d[j - 1] + alpha * d[j]
    return np.sum(d[degree] ** 2)


def bezier(points, t):
    """De Casteljau with shrinking arrays."""
    while len(points) > 1:
        points = (1 - t) * points[:-1] + t * points[1:]
    return np.sum(points[0] ** 2)


def autocorrelation(x, max_lag):
    x = x - x.mean()
    denominator = np.sum(x * x)
    acf = [np.sum(x[lag:] * x[:len(x) - lag]) / denominator for lag in range(max_lag + 1)]
    tau = 1.0
    for rho in acf[1:]:
        if rho < 0:
            break
        tau += 2 * rho
    return tau


def lms(x, desired, mu, taps):
    """Adaptive filter: weights and a delay line that is shifted in place."""
    w = np.zeros(taps)
    line = np.zeros(taps)
    cost = 0.0
    for xn, dn in zip(x, desired):
        line[1:] = line[:-1]
        line[0] = xn
        error = dn - w @ line
        w += mu * error * line
        cost += error ** 2
    return cost / len(x)


def levinson(r, order):
    """Linear prediction by Durbin's recursion, with new coefficient vectors in each step."""
    a = np.zeros(order + 1)
    a[0] = 1.0
    err = r[0]
    for i in range(1, order + 1):
        acc = r[i] + sum(a[j] * r[i - j] for j in range(1, i))
        k = -acc / err
        a_new = a.copy()
        for j in range(1, i):
            a_new[j] = a[j] + k * a[i - j]
        a_new[i] = k
        a = a_new
        err *= 1 - k * k
    return err + np.sum(a ** 2)


def maxpool_mask_upsample(img):
    pooled = np.maximum(np.maximum(img[::2, ::2], img[1::2, ::2]), np.maximum(img[::2, 1::2], img[1::2, 1::2]))
    up = np.repeat(np.repeat(pooled, 2, axis=0), 2, axis=1)
    return np.sum((up - img)[img < up] ** 2)


def cases():
    rng = np.random.default_rng(7)
    r = rng.normal
    xs = np.sort(rng.uniform(size=6))
    return [
        (interp, (0, 1, 2), (np.linspace(0, 1, 6), r(size=6), rng.uniform(size=4))),
        (interp_arrays, (0, 1, 2), (np.linspace(0, 1, 6), r(size=6), rng.uniform(size=4))),
        (poly, (0, 1), ([1., 2., 3.], r(size=4))),
        (poly, (0, 1), (r(size=3), r(size=4))),
        (fourier_power, (0, 1), (r(size=6), 1.3)),
        (spectral_flatness, (0,), (r(size=8),)),
        (bandpass_energy, (0,), (r(size=8), 1, 3)),
        (wavelet_denoise, (0, 1), (r(size=8), 0.2)),
        (lifting, (0, 1, 2), (r(size=8), 0.5, 0.25)),
        (dtw, (0, 1), (r(size=4), r(size=5))),
        (soft_dtw, (0, 1, 2), (r(size=3), r(size=4), 0.4)),
        (needleman_wunsch, (0, 1), (r(size=(4, 4)), 0.6, [0, 2, 1, 3], np.array([0, 1, 3]))),
        (edit_alignment, (0, 1, 2), (r(size=4), r(size=3), 0.3)),
        (bilinear_warp, (0, 1), (r(size=(4, 4)), 0.4 * r(size=(2, 4, 4)))),
        (affine_warp, (0, 1, 2), (r(size=(4, 5)), np.eye(2) + 0.1 * r(size=(2, 2)), np.array([0.3, 0.4]))),
        (gaussian_blur, (0, 1), (r(size=(4, 5)), 0.9)),
        (total_variation_flow, (0, 1, 2), (r(size=(4, 4)), r(size=(4, 4)), 0.5, 3)),
        (natural_spline, (0, 1, 2), (xs, r(size=6), np.array([0.3, 0.55]))),
        (de_boor, (0, 2), (0.4, np.array([0., 0, 0, 0, 0.3, 0.7, 1, 1, 1, 1]), r(size=(6, 2)))),
        (bezier, (0, 1), (r(size=(5, 2)), 0.3)),
        (autocorrelation, (0,), (np.cumsum(r(size=9)), 4)),
        (lms, (0, 1, 2), (r(size=8), r(size=8), 0.1, 3)),
        (levinson, (0,), (np.array([2.0, 0.7, 0.3, 0.1]), 3)),
        (maxpool_mask_upsample, (0,), (r(size=(4, 4)),)),
    ]
