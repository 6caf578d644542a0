"""Tables as pandas frames."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pandas

from extract.tables.schema import Column, Table, Tables, tables

_DTYPES = {"string": "object", "integer": "Int64", "number": "Float64", "date": "datetime64[s]", "boolean": "boolean"}


def frames(rows: Tables) -> dict[str, pandas.DataFrame]:
    """A frame per table: text as str, whole numbers Int64, other numbers Float64, days datetime64; nothing is NA or the empty string."""
    return {table.name: _frame(table, getattr(rows, table.name)) for table in tables()}


def _frame(table: Table, rows: tuple[tuple[Any, ...], ...]) -> pandas.DataFrame:
    cells = zip(*rows, strict=True) if rows else ((),) * len(table.columns)
    return pandas.DataFrame({column.name: _series(column, list(values)) for column, values in zip(table.columns, cells, strict=True)})


def _series(column: Column, cells: list[Any]) -> pandas.Series[Any]:
    if column.type == "number":
        cells = [float(cell) if isinstance(cell, Decimal) else None for cell in cells]
    if column.type == "string":
        cells = ["" if cell is None else cell for cell in cells]
    return pandas.Series(cells, dtype=_DTYPES[column.type])
