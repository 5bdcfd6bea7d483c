def swapped(a, b, c, n):
    for _ in range(n):
        a, b = b, a + c * b * b
    return a * b
