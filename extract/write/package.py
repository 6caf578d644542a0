"""`datapackage.json`: what the tables are, for machines (Frictionless Data Package)."""

from __future__ import annotations

import json
from typing import Any

from extract.tables.schema import CONTRACT_VERSION, Column, Table, tables


def descriptor() -> bytes:
    """The package descriptor of a run's tables: fields, types, codes, keys and the contract's version."""
    content = {
        "profile": "tabular-data-package",
        "name": "taizhang",
        "contract_version": CONTRACT_VERSION,
        "resources": [_resource(table) for table in tables()],
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _resource(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(column) for column in table.columns], "missingValues": [""]}
    if table.key:
        schema["primaryKey"] = [table.key]
    references = [_reference(column, target, table.name) for column, target in table.foreign]
    if references:
        schema["foreignKeys"] = references
    return {
        "name": table.name,
        "description": table.about,
        "profile": "tabular-data-resource",
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "dialect": {"lineTerminator": "\n", "delimiter": ",", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": schema,
    }


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": column.type, "description": column.about}
    if column.type == "boolean":
        field |= {"trueValues": ["true"], "falseValues": ["false"]}
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if column.codes:
        constraints["enum"] = list(column.codes)
    return field | ({"constraints": constraints} if constraints else {})


def _reference(column: str, target: str, name: str) -> dict[str, Any]:
    key = next(table.key for table in tables() if table.name == target)
    return {"fields": [column], "reference": {"resource": "" if target == name else target, "fields": [key]}}
