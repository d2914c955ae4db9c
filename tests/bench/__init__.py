"""Tests of the benchmarks' arithmetic; what they measure is judged by no test."""
