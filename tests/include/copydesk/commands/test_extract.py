from __future__ import annotations

import pyarrow.parquet as pq

STORY = "Ferry is late again\n\nThe ferry to the outer island was late again, and nobody on the quay could say what had kept it so long.\n"


def test_a_link_out_of_a_folder_is_told_and_not_read(call, tmp_path):
    folder, secret = tmp_path / "folder", tmp_path / "secret.txt"
    folder.mkdir()
    for file in (folder / "a.txt", secret):
        file.write_text(STORY)
    (folder / "b.txt").symlink_to(secret)
    said = call("extract", str(folder), "-o", str(tmp_path / "out.parquet"))
    assert "b.txt: a link that leads out of" in said.err
    assert pq.read_table(tmp_path / "out.parquet")["origin_uri"].to_pylist() == [str(folder / "a.txt")]


def test_why_records_are_rejected_is_said_with_the_first_of_them(call, tmp_path):
    table = tmp_path / "table.csv"
    table.write_text(f'id,text\n1,"{STORY}"\n2,"{STORY}"\n')
    said = call("extract", str(table), "-o", str(tmp_path / "out.parquet"))
    assert said.code == 1
    assert "rejected: missing_content: 2, such as" in said.err
    assert "field 'content' is missing; the row has 'id', 'text'; [record] content names the one with the text" in said.err


def test_a_field_that_no_record_fills_is_told(call, tmp_path):
    table, source = tmp_path / "table.csv", tmp_path / "harbour.toml"
    table.write_text(f'Titel,Text,Erschienen,Autor\nFerry,"{STORY}",2026-11-03,\n')
    source.write_text(
        'name = "harbour"\nraw = "harbour/{key}/*.csv"\nformat = "csv"\n[record]\nmedia_type = "text/plain"\ncontent = "Text"\n'
        'title = "Titel"\npublished_at = "Erschienen "\nauthors = ["Autor", "Autorin"]\n'
    )
    said = call("extract", str(table), "--source", str(source), "-o", str(tmp_path / "out.parquet"))
    assert said.code == 0
    assert "published_at: nothing stands in field 'Erschienen ' of any record" in said.err
    assert "authors: nothing stands in field 'Autor' or 'Autorin' of any record" in said.err
    assert "title:" not in said.err and "url:" not in said.err
