from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from copydesk import explain, extract
from copydesk.fields.matching import FEW
from copydesk.labels.rules.credits import ending_in_credit
from copydesk.labels.rules.ruling import WORDS, Ruling

CREDITED = [
    "港の岸壁で渡し船を待つ乗客ら＝ＡＰ",
    "修理を終えて港を出る渡し船＝3日、北浜港で",
    "記者会見する港湾局長＝北浜市で２０２６年１１月３日、田中海人撮影",
    "북항 부두에서 승객들이 여객선을 기다리고 있다. 연합뉴스",
    "수리를 마친 여객선이 3일 북항을 떠나고 있다. 김바다 기자",
    "항만청장이 기자회견에서 발언하고 있다. [사진 = 북항신문]",
    "3주 만에 운항을 재개한 여객선의 모습임. 북항시 제공",
]
TEXTS = [
    "渡し船は3日、北浜港を出た。修理には三週間かかった＝写真＝。",
    "ジャン＝ピエール・ムーランという名の船長だった。",
    "渡し船は三週間ぶりに港を出た。",
    "그는 20년 동안 이 신문의 기자",
    "여객선이 3주 만에 북항을 떠났다고 항만청은 밝혔다.",
    "사진 속의 배는 이미 사라지고 없다.",
    "It was 12 o'clock. AP",
]


@pytest.mark.parametrize("times", [1, FEW])
def test_lines_that_end_in_a_credit_are_found_and_no_others(times: int) -> None:
    """However many: Python searches a few, Arrow many."""
    for lines, are_credited in ((CREDITED, True), (TEXTS, False)):
        found = ending_in_credit(pa.array(lines * times), np.zeros(len(lines) * times, bool))
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
