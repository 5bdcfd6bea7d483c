"""Exponentials, logarithms, roots, and the functions of statistics and analysis that are made of them."""


@elementwise(np.exp, math.exp, cost=dear)
@cases("np.exp(A23)", "np.exp(A)", "math.exp(A)", "np.exp(A03)", "np.exp(F23)", "np.exp(C23)")
def exp(z, x):
    """z = exp x."""
    dz_dx = z


@elementwise(np.exp2, math.exp2, cost=dear)
@cases("np.exp2(A23)", "np.exp2(A)", "math.exp2(A)", "np.exp2(F23)")
def exp2(z, x):
    """z = 2 ** x."""
    dz_dx = 0.6931471805599453 * z


@elementwise(np.expm1, math.expm1, cost=dear)
@cases("np.expm1(A23)", "np.expm1(A)", "math.expm1(A)", "np.expm1(F23)", "np.expm1(C23)")
def expm1(z, x):
    """z = exp(x) - 1."""
    dz_dx = z + 1.0


@elementwise(np.log, math.log, cost=dear)
@cases("np.log(P23)", "np.log(P)", "math.log(P)", "np.log(P03)", "np.log(G23)", "np.log(C23)")
def log(z, x):
    """z = log x."""
    dz_dx = 1.0 / x
    safe_x = 1.0


@elementwise(np.log1p, math.log1p, cost=dear)
@cases("np.log1p(U23)", "np.log1p(P)", "math.log1p(P)", "np.log1p(G23)", "np.log1p(C23)")
def log1p(z, x):
    """z = log(1 + x)."""
    dz_dx = 1.0 / (1.0 + x)
    safe_x = 0.0


@elementwise(np.log2, math.log2, cost=dear)
@cases("np.log2(P23)", "np.log2(P)", "math.log2(P)", "np.log2(G23)", "np.log2(C23)")
def log2(z, x):
    """z = log x / log 2."""
    dz_dx = 1.4426950408889634 / x
    safe_x = 1.0


@elementwise(np.log10, math.log10, cost=dear)
@cases("np.log10(P23)", "np.log10(P)", "math.log10(P)", "np.log10(G23)", "np.log10(C23)")
def log10(z, x):
    """z = log x / log 10."""
    dz_dx = 0.4342944819032518 / x
    safe_x = 1.0


@elementwise(np.logaddexp, cost=dear)
@cases("np.logaddexp(A23, B23)", "np.logaddexp(A23, B3)", "np.logaddexp(A, B)", "np.logaddexp(A21, B13)",
       "np.logaddexp(A23, 0.0)", "np.logaddexp(F23, F3)")
def logaddexp(z, x, y):
    """z = log(exp x + exp y)."""
    dz_dx = np.exp(x - z)
    dz_dy = np.exp(y - z)


@elementwise(np.logaddexp2, cost=dear)
@cases("np.logaddexp2(A23, B23)", "np.logaddexp2(A23, B3)", "np.logaddexp2(A, B)")
def logaddexp2(z, x, y):
    """z = log2(2 ** x + 2 ** y)."""
    dz_dx = np.exp2(x - z)
    dz_dy = np.exp2(y - z)


@elementwise(np.sqrt, math.sqrt, cost=dear)
@cases("np.sqrt(P23)", "np.sqrt(P)", "math.sqrt(P)", "np.sqrt(P03)", "np.sqrt(G23)", "np.sqrt(C23)")
def sqrt(z, x):
    """z = sqrt x."""
    dz_dx = 0.5 / z
    safe_x = 1.0


@elementwise(np.cbrt, math.cbrt, cost=dear)
@cases("np.cbrt(A23)", "np.cbrt(A)", "math.cbrt(A)", "np.cbrt(G23)")
def cbrt(z, x):
    """z = the cube root of x."""
    dz_dx = 1.0 / (3.0 * z * z)
    safe_x = 1.0


@elementwise(np.hypot, math.hypot, cost=dear)
@cases("np.hypot(A23, B23)", "np.hypot(A23, B3)", "np.hypot(A, B)", "math.hypot(A, B)", "np.hypot(A21, B13)",
       "np.hypot(F23, F3)")
def hypot(z, x, y):
    """z = sqrt(x x + y y)."""
    dz_dx = x / z
    dz_dy = y / z
    safe_x = 1.0


@elementwise(scipy.special.erf, math.erf, cost=dear)
@cases("scipy.special.erf(A23)", "math.erf(A)", "scipy.special.erf(A03)", "scipy.special.erf(F23)")
def erf(z, x):
    """z = 2 / sqrt(pi) times the integral of exp(-t t) from 0 to x."""
    dz_dx = 1.1283791670955126 * np.exp(-(x * x))


@elementwise(scipy.special.erfc, math.erfc, cost=dear)
@cases("scipy.special.erfc(A23)", "math.erfc(A)", "scipy.special.erfc(F23)")
def erfc(z, x):
    """z = 1 - erf x."""
    dz_dx = -1.1283791670955126 * np.exp(-(x * x))


@elementwise(scipy.special.gamma, math.gamma, cost=dear)
@cases("scipy.special.gamma(P23)", "math.gamma(P)", "scipy.special.gamma(G23)")
def gamma(z, x):
    """z = the gamma function of x."""
    dz_dx = z * scipy.special.psi(x)
    safe_x = 1.0


@elementwise(scipy.special.gammaln, math.lgamma, cost=dear)
@cases("scipy.special.gammaln(P23)", "math.lgamma(P)", "scipy.special.gammaln(G23)")
def gammaln(z, x):
    """z = log |gamma x|."""
    dz_dx = scipy.special.psi(x)
    safe_x = 1.0


@elementwise(scipy.special.psi, cost=dear)
@cases("scipy.special.psi(P23)", "scipy.special.psi(P)", "scipy.special.digamma(P23)")
def psi(z, x):
    """z = the derivative of log gamma x."""
    dz_dx = scipy.special.zeta(2.0, x)
    safe_x = 1.0


@elementwise(scipy.special.zeta, cost=dear)
@cases("scipy.special.zeta(2.0, P23)", "scipy.special.zeta(3.0, P)")
def zeta(z, order, x):
    """z = the sum of (k + x) ** -order over k = 0, 1, ...; no derivative with respect to the order."""
    dz_dx = -order * scipy.special.zeta(order + 1.0, x)


@elementwise(scipy.special.expit, cost=dear)
@cases("scipy.special.expit(A23)", "scipy.special.expit(A)", "scipy.special.expit(F23)")
def expit(z, x):
    """z = 1 / (1 + exp -x)."""
    dz_dx = z * (1.0 - z)


@elementwise(scipy.special.logit, cost=dear)
@cases("scipy.special.logit(0.5 + 0.4 * U23)", "scipy.special.logit(0.5 + 0.4 * U)")
def logit(z, x):
    """z = log(x / (1 - x))."""
    dz_dx = 1.0 / (x * (1.0 - x))
    safe_x = 0.5
