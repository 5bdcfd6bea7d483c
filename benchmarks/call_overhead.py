"""Prints what a warm call of the gradient of a two-operation scalar function costs, and the dispatcher's share."""
import statistics
import timeit

import adjoint

TARGET = 1.0
RUNS, CALLS = 15, 100_000


def product_sum(x, y):
    return x * y + x


def microseconds(function):
    """Per call, the median of several runs."""
    timer = timeit.Timer("function(1.5, 2.5)", globals={"function": function})
    return statistics.median(timer.repeat(RUNS, CALLS)) / CALLS * 1e6


def main():
    gradient = adjoint.grad(product_sum, argnums=(0, 1))
    assert gradient(1.5, 2.5) == (3.5, 1.5)
    emitted = gradient.specialize(1.5, 2.5).function
    total, alone = microseconds(gradient), microseconds(emitted)
    print(f"warm call of a gradient: {total:.3f} µs, of which the dispatcher {total - alone:.3f} µs "
          f"(median of {RUNS} x {CALLS:,}); target <= {TARGET:.0f} µs: {'met' if total <= TARGET else 'NOT met'}")


if __name__ == "__main__":
    main()
