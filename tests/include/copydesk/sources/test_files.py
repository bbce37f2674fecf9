from __future__ import annotations

import os

import pytest

from copydesk.errors import BadInput
from copydesk.sources import SourceError, find, load, load_all

MINIMAL = 'name = "lbc"\nraw = "lbc/{key}/*.txt*"\nformat = "text"\n'


def test_a_byte_order_mark_is_no_mistake(folder):
    (folder / "lbc.toml").write_text(MINIMAL, "utf-8-sig")
    assert load(folder / "lbc.toml").name == "lbc"


def test_a_file_is_named_as_its_source(folder):
    (folder / "lbc.toml").write_text(MINIMAL.replace('"lbc"', '"bbc"'))
    with pytest.raises(SourceError, match=r"lbc\.toml: name: is 'bbc', but the file is named 'lbc'; make them the same$"):
        load(folder / "lbc.toml")


@pytest.mark.parametrize("content", [b"name =", b"\xff\xfe", b'name = "lbc"\nname = "lbc"'])
def test_a_file_that_is_no_toml_is_named(folder, content):
    path = folder / "lbc.toml"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=r"lbc\.toml: not valid TOML: "):
        load(path)


@pytest.mark.parametrize("name", ["gone.toml", "folder.toml"])
def test_a_file_that_is_not_there_is_named(folder, name):
    (folder / "folder.toml").mkdir()
    with pytest.raises(SourceError, match=rf"{name}: "):
        load(folder / name)


def test_a_wrong_file_hides_no_other(folder):
    (folder / "bad.toml").write_text("name = 1")
    (folder / "art.toml").write_text(MINIMAL.replace('"lbc"', '"art"'))
    (folder / "deep.toml").write_text('name = "deep"\nx = ' + "[" * 100_000)
    (folder / "folder.toml").mkdir()
    (folder / "gone.toml").symlink_to("nowhere.toml")
    (folder / "up.TOML").write_text(MINIMAL.replace('"lbc"', '"up"'))
    sources, errors = load_all(folder)
    assert list(sources) == ["art", "lbc"]
    assert [str(error).replace(f"{folder}/", "").split(";")[0] for error in errors] == [
        "bad.toml: name: Input should be a valid string (found 1)\nbad.toml: raw: missing\nbad.toml: format: missing",
        "deep.toml: its values are nested too deeply",
        "folder.toml: cannot be read: Is a directory",
        "gone.toml: a link to nowhere.toml, which is not there",
        "up.TOML: the name of a source file ends with .toml",
    ]


def test_a_folder_that_is_not_there_is_one_error(tmp_path):
    sources, errors = load_all(tmp_path / "gone")
    assert sources == {}
    assert "COPYDESK_SOURCES" in str(errors[0])


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read_is_said_to_be_closed(folder):
    folder.chmod(0)
    try:
        sources, errors = load_all(folder)
        with pytest.raises(SourceError, match="cannot be read: Permission denied"):
            find("lbc", folder)
    finally:
        folder.chmod(0o755)
    assert sources == {}
    assert "cannot be read: Permission denied; grant read access" in str(errors[0])


def test_a_source_is_found_by_name(folder):
    assert find("lbc", folder).name == "lbc"


@pytest.mark.parametrize("name", ["bbc", "../lbc", "", "LBC"])
def test_an_unknown_source_is_told_the_known_ones(folder, name):
    with pytest.raises(SourceError, match="known sources: lbc"):
        find(name, folder)


def test_source_errors_are_bad_input():
    assert issubclass(SourceError, BadInput)
