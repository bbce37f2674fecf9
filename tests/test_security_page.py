from __future__ import annotations

import ast
import re

import pytest

ROW = re.compile(r"^\| (?!what they try|---)(.*) \|$", re.M)
TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


@pytest.fixture
def rows(checkout):
    return ROW.findall((checkout / "docs" / "security.md").read_text())


def test_every_row_of_the_threat_table_names_its_test(rows):
    assert len(rows) > 25
    assert [row for row in rows if not TEST.search(row)] == []


def test_every_test_that_is_named_is_there_and_asserts_something(rows, checkout):
    for file, name in (found for row in rows for found in TEST.findall(row)):
        functions = {
            node.name: node for node in ast.walk(ast.parse((checkout / file).read_text())) if isinstance(node, ast.FunctionDef)
        }
        assert name in functions, f"{file}::{name}"
        assert any(is_assertion(node) for node in ast.walk(functions[name])), f"{file}::{name}"


def is_assertion(node: ast.AST) -> bool:
    """Whether it fails where something is not so: `assert`, or a block that must raise or warn."""
    if isinstance(node, ast.With):
        return any(ast.unparse(item.context_expr).startswith(("pytest.raises(", "pytest.warns(")) for item in node.items)
    return isinstance(node, ast.Assert)


def test_a_file_that_is_opened_is_no_assertion():
    opened, raised = ast.parse("with open(x): pass\nwith pytest.raises(OSError), x: pass").body
    assert (is_assertion(opened), is_assertion(raised)) == (False, True)
