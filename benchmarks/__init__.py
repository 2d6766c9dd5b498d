"""Benchmarks; `make bench` measures the README's performance tables."""
