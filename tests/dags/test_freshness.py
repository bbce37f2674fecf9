from __future__ import annotations


def test_a_source_with_a_time_to_be_good_by_has_a_dag_that_looks(read_dags, write_source):
    folder = write_source("prompt", good_by="09:05", timezone="Asia/Tokyo", start="2026-11-01", end="2026-11-03")
    write_source("easy")
    dags = read_dags(folder).dags
    assert {name for name in dags if name.startswith("fresh_")} == {"fresh_prompt"}
    assert dags["fresh_prompt"]["tasks"] == {"look": []}
    assert (dags["fresh_prompt"]["start"], dags["fresh_prompt"]["end"]) == (
        "2026-11-01 15:00:00+00:00",
        "2026-11-04 15:00:00+00:00",
    )


def test_a_time_that_is_none_is_told(read_dags, write_source):
    [error] = read_dags(write_source("prompt", good_by="9 am")).errors.values()
    assert "prompt.toml: good_by: " in error
