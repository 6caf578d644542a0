"""The tables of the output contract: their columns, how rows are made from records, the ledger, the checks."""

from extract.tables.build import build
from extract.tables.schema import Tables, tables

__all__ = ["Tables", "build", "tables"]
