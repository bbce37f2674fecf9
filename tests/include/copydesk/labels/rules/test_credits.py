from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from copydesk import explain, extract
from copydesk.fields.matching import FEW
from copydesk.labels.rules.credits import worded_as_captions
from copydesk.labels.rules.ruling import WORDS, Ruling

CREDITED = [
    "港の岸壁で渡し船を待つ乗客ら＝ＡＰ",
    "修理を終えて港を出る渡し船＝3日、北浜港で",
    "記者会見する港湾局長＝北浜市で２０２６年１１月３日、田中海人撮影",
    "북항 부두에서 승객들이 여객선을 기다리고 있다. 연합뉴스",
    "수리를 마친 여객선이 3일 북항을 떠나고 있다. 김바다 기자",
    "항만청장이 기자회견에서 발언하고 있다. [사진 = 북항신문]",
    "3주 만에 운항을 재개한 여객선의 모습임. 북항시 제공",
    "The ferry leaves the harbour for the first time in three weeks. Ada Lind/AFP",
    "Passengers wait at the pier | Oda Berg / Harbour Courier",
    "Harbour and Coast / Ada Lind",
    "Ada Lind/REUTERS",
    "Screenshot: Tide Watch / Oda Berg",
    "El transbordador sale del puerto por primera vez. EFE/ A.B. Marina",
    "The mayor speaks to passengers at the pier. Courtesy of the harbour office",
    "A gull on the pier. Photo by Oda Berg.",
    "FILE - The ferry in the summer of 2024.",
    "Die Fähre am Anleger (Archivbild)",
    "Die Fähre legt ab. Bildrechte: Nordkanal/Ada Lind",
    "Captain Oda Berg (left) with two of her crew on the bridge",
    "The repaired pier, seen from the water. Ada Lind, Getty Images",
    "A map of the sandbanks in front of the harbour mouth.",
    "Aerial view of the harbour after the storm",
    "Auf dem Foto sind Fahrgäste zu sehen, die auf die Fähre warten.",
    "ferry-pier-2026.jpg",
]
TEXTS = [
    "渡し船は3日、北浜港を出た。修理には三週間かかった＝写真＝。",
    "ジャン＝ピエール・ムーランという名の船長だった。",
    "渡し船は三週間ぶりに港を出た。",
    "그는 20년 동안 이 신문의 기자",
    "여객선이 3주 만에 북항을 떠났다고 항만청은 밝혔다.",
    "사진 속의 배는 이미 사라지고 없다.",
    "It was 12 o'clock. AP",
    "The ferry is run by the city and the county, which is also the owner of Harbour/Coast.",
    "The road from Nordhafen/Westufer was closed, too",
    "Best for Day/Night Crossings",
    "Position: PG/SG",
    "Her photos by the window showed the ferry.",
    "It was a profile photo, she said.",
    "He turned left (and then right) at the pier",
    "The map shown to passengers was wrong.",
    "Auf dem Weg zur Fähre",
]


@pytest.mark.parametrize("times", [1, FEW])
def test_lines_that_end_in_a_credit_are_found_and_no_others(times: int) -> None:
    """However many: Python searches a few, Arrow many."""
    for lines, are_credited in ((CREDITED, True), (TEXTS, False)):
        found = worded_as_captions(pa.array(lines * times), np.zeros(len(lines) * times, bool))
        assert found.tolist() == [are_credited] * len(lines) * times


def test_a_caption_between_paragraphs_is_cut_for_its_credit() -> None:
    lines = [
        "북항 여객선, 3주 만에 운항 재개",
        "폭풍으로 선착장이 무너져 멈췄던 북항 여객선이 3주 만에 다시 운항을 시작했다고 항만청이 3일 밝혔다.",
        "북항 부두에서 승객들이 다시 운항하는 여객선을 기다리며 줄을 서 있다. 연합뉴스",
        "첫 배에는 자동차 40대와 승객 200명이 탔으며, 다음 배를 기다리는 줄도 길게 이어졌다고 선장은 말했다.",
        "수리에는 12억 원이 들었고, 이는 시가 겨울을 위해 마련해 둔 예산의 두 배에 이른다고 시의회는 설명했다.",
    ]
    record = {"id": "a", "content": "\n".join(lines), "media_type": "text/plain"}

    assert extract([record])["paragraphs"].to_pylist() == [[lines[1], *lines[3:]]]
    (told,) = (row for row in explain(record).to_pylist() if row["text"] == lines[2])
    assert told["reasons"][0] == WORDS[Ruling.CREDIT]


def test_a_caption_in_a_western_script_is_cut_for_its_credit_and_its_neighbours_stay() -> None:
    lines = [
        "Harbour ferry runs again after three weeks",
        "The ferry between the old harbour and Northbank ran again on Monday, three weeks after a storm had broken the pier.",
        "Passengers wait for the first ferry at the repaired pier on Monday morning. Oda Berg / Harbour Courier",
        '"We had more calls than in any winter," said Ada Lind, who runs the harbour office, as the first forty cars drove aboard.',
        "The repair cost 1.2 million crowns, twice what the city had put aside for the winter, the council said on Tuesday.",
    ]
    record = {"id": "a", "content": "\n".join(lines), "media_type": "text/plain"}

    assert extract([record])["paragraphs"].to_pylist() == [[lines[1], *lines[3:]]]


@pytest.mark.parametrize("signature", ["김바다 기자", "박하늘 선임기자", "연합뉴스"])
@pytest.mark.parametrize("count", [1, 2])
def test_the_last_paragraph_of_an_article_may_end_in_who_wrote_it(signature: str, count: int) -> None:
    paragraphs = [
        "폭풍으로 선착장이 무너져 멈췄던 북항 여객선이 3주 만에 다시 운항을 시작했다고 항만청이 3일 밝혔다.",
        "첫 배에는 자동차 40대와 승객 200명이 탔으며, 다음 배를 기다리는 줄도 길게 이어졌다고 선장은 말했다.",
    ][:count]
    paragraphs[-1] += f" {signature}"
    text = "\n".join(["북항 여객선, 3주 만에 운항 재개", *paragraphs, "많이 본 뉴스", "북항시장 새 단장"])

    assert extract([{"id": "a", "content": text, "media_type": "text/plain"}])["paragraphs"].to_pylist() == [paragraphs]
