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
