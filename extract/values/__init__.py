"""Values from text: numerals, quantities, dates. Each function takes text and gives records with offsets, or None."""

from extract.values.dates import find_dates, open_deadline
from extract.values.mask import find_values
from extract.values.numerals import parse_numeral
from extract.values.quantities import find_quantities
from extract.values.units import UnitTable, default_units

__all__ = ["UnitTable", "default_units", "find_dates", "find_quantities", "find_values", "open_deadline", "parse_numeral"]
