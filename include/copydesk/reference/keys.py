"""The keys that people write in source files, in words."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterable
from typing import Any

import annotated_types
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from copydesk.quality.rule_wording import Undescribed
from copydesk.settings import MEBIBYTE


def keys(model: type[BaseModel], table: str = "") -> Iterable[tuple[str, FieldInfo]]:
    """The keys of a source file, those of its tables with the table's name before a dot."""
    for name, field in model.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from keys(field.annotation, f"{table}{name}.")
        else:
            yield f"{table}{name}", field


def meaning(name: str, field: FieldInfo) -> str:
    """What it is for; Undescribed where nobody said."""
    if not field.description:
        raise Undescribed(f"{name} has no description; add one where the field is declared")
    return field.description


def default(field: FieldInfo) -> str:
    """What holds where it is not given."""
    if field.is_required():
        return "required"
    if annotated_types.Unit("byte") in field.metadata and field.default >= MEBIBYTE:
        return f"`{field.default}` ({field.default // MEBIBYTE} MiB)"
    return "none" if field.default in (None, {}) else f"`{field.default}`"


def values_of(field: FieldInfo) -> str:
    """The values a key takes, with its limits."""
    limits = []
    for mark in field.metadata:
        if isinstance(mark, annotated_types.Ge):
            limits.append(f"at least {mark.ge}")
        elif isinstance(mark, annotated_types.Le):
            limits.append(f"at most {mark.le}")
    return ", ".join([_python_type(field.annotation), *limits])


def _python_type(kind: Any) -> str:
    plain = {str: "text", int: "whole number", float: "number", bool: "true or false", tuple[str, ...]: "list of texts"}
    if typing.get_origin(kind) is typing.Literal:
        return " or ".join(f'`"{value}"`' for value in typing.get_args(kind))
    if typing.get_origin(kind) is dict:
        return "table"
    if typing.get_origin(kind) is typing.Annotated:
        return _python_type(typing.get_args(kind)[0])
    if typing.get_origin(kind) in (types.UnionType, typing.Union):
        return " or ".join(_python_type(part) for part in typing.get_args(kind) if part is not types.NoneType)
    if kind not in plain:
        raise Undescribed(f"type {kind} of a source file's key has no words; add them in {__name__}")
    return plain[kind]
