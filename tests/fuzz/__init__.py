"""Fuzzing: `make fuzz` runs atheris on each target for a while; tests/test_fuzz.py tries what hypothesis thinks of, and every crasher kept."""
