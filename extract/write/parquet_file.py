"""Parquet: one typed file per table, for pandas, DuckDB and Spark."""

from __future__ import annotations

from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extract.tables.schema import Column, Table, tables

if TYPE_CHECKING:
    import pyarrow

    from extract.write.formats import Rows

_GROUP = 1 << 16
"""Rows of a row group: fixed, so that the same rows give the same bytes."""


def write(folder: Path, rows: Rows) -> None:
    """Write `<table>.parquet` for every table into `folder`; no more than one row group is in memory at a time."""
    for table in tables():
        _write(folder / f"{table.name}.parquet", table, rows)


def _write(path: Path, table: Table, rows: Rows) -> None:
    import pyarrow
    from pyarrow import parquet

    schema = pyarrow.schema([_field(column) for column in table.columns])
    with parquet.ParquetWriter(path, schema, compression="zstd") as file:
        left = rows(table)
        while group := list(islice(left, _GROUP)):
            columns = [_cells(column, cells) for column, cells in zip(table.columns, zip(*group, strict=True), strict=True)]
            arrays = [pyarrow.array(cells, field.type) for cells, field in zip(columns, schema, strict=True)]
            file.write_table(pyarrow.Table.from_arrays(arrays, schema=schema), row_group_size=_GROUP)


def _field(column: Column) -> pyarrow.Field[Any]:
    import pyarrow

    types = {
        "string": pyarrow.string(),
        "integer": pyarrow.int64(),
        "number": pyarrow.float64(),
        "date": pyarrow.date32(),
        "boolean": pyarrow.bool_(),
    }
    return pyarrow.field(column.name, types[column.type], nullable=not column.required, metadata={"about": column.about})


def _cells(column: Column, cells: tuple[Any, ...]) -> list[Any]:
    if column.type == "number":
        return [float(cell) if isinstance(cell, Decimal) else cell for cell in cells]
    return list(cells)
