"""The rulebook: rules/ read, checked and compiled."""

from extract.rulebook.load import Rulebook, load
from extract.rulebook.schema import Example, Fragment, Lookup, Rule

__all__ = ["Example", "Fragment", "Lookup", "Rule", "Rulebook", "load"]
