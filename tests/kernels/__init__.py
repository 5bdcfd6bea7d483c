"""Kernels in the style of PolyBench and NPBench; each returns a sum over everything it writes."""
