"""Benchmarks; `make bench` measures the figures in `speed.md`."""
