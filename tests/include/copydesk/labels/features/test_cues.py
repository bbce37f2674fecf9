from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from copydesk.labels.features.cues import COUNTED, FEW, SPACELESS, line_cues, line_patterns, markup_cues
from copydesk.labels.texts.characters import characters
from copydesk.labels.texts.letters import count_letters
from copydesk.labels.texts.tokens import tokenize, words


def cues(line: str) -> set[str]:
    (found,) = characters(pa.array([line]))
    return {name for name, values in line_cues(pa.array([line]), words(found), count_letters(found)).items() if values[0]}


@pytest.mark.parametrize(
    ("line", "cue"),
    [
        ("7 February 2024, 15:24", "says_date"),
        ("BY RAVI STENHOUSE", "says_byline"),
        ("Di Anna Corvi", "says_byline"),
        ("A mason at work. (Anna Corvi/PA)", "says_credit"),
        ("Photo: Wrenmouth council", "says_credit"),
        ("More from Wrenmouth", "says_related"),
        ("相关新闻", "says_related"),
        ("使用cookie的说明", "says_consent"),
        ("Sign up to our newsletter", "says_newsletter"),
        ("anna@courier.example", "says_address"),
        *(
            (line, "says_related")
            for line in (
                "Más leídas",
                "Más información",
                "Você pode gostar",
                "Le più lette",
                "Vous aimerez aussi",
                "Ook interessant",
                "Mest lästa",
                "Luetuimmat",
                "Seotud lood",
                "Powiązane artykuły",
                "Nejčtenější",
                "Mohlo by vás zajímat",
                "Najčitanije",
                "Legolvasottabb",
                "Citește și",
                "İLGİLİ HABERLER",
                "En çok okunanlar",
                "Berita Terkait",
                "Đọc nhiều nhất",
                "Самые читаемые",
                "Популярне",
                "Най-четени",
                "ΔΗΜΟΦΙΛΗ",
                "الأكثر قراءة",
                "پربازدیدترین‌ها",
                "הנקראות ביותר",
                "متعلقہ خبریں",
                "सबसे ज्यादा पढ़ी गई",
                "সর্বাধিক পঠিত",
                "அதிகம் படித்தவை",
                "సంబంధిత వార్తలు",
                "ข่าวยอดนิยม",
                "熱門新聞",
                "アクセスランキング",
                "많이 본 뉴스",
            )
        ),
        *(
            (line, "says_byline")
            for line in ("Oleh Maryam Okafor", "بقلم علي طاهر", "Írta: Okafor Mária", "【記者林海／台北報導】")
        ),
        *((line, "says_more") for line in ("Devamını oku", "Lihat semua", "عرض الكل", "もっと見る", "더보기", "Zobrazit více")),
        *((line, "says_copyright") for line in ("Tüm hakları saklıdır", "جميع الحقوق محفوظة", "版權所有", "무단 전재 금지")),
        *((line, "says_advert") for line in ("Iklan", "إعلان", "विज्ञापन", "โฆษณา", "広告", "Hirdetés")),
        *((line, "says_share") for line in ("Paylaş", "مشاركة", "शेयर करें", "シェア", "공유하기")),
    ],
)
def test_lines_show_their_cues(line, cue):
    assert cue in cues(line)


@pytest.mark.parametrize(
    "line",
    [
        "3 พ.ย. 2569 เวลา 14:05 น.", "๓ พฤศจิกายน ๒๕๖๙", "۱۲ آبان ۱۴۰۵ - ۱۰:۳۰", "3 تشرين الثاني 2026", "٣ نوفمبر ٢٠٢٦", "03 नवंबर 2026, 05:15 PM", "३ नवंबर २०२६",
        "Thứ ba, 3 tháng 11 năm 2026", "3 KASIM 2026 SALI", "3 Ağustos 2026", "3 בנובמבר 2026",
    ],
)  # fmt: skip
def test_lines_say_when_in_any_script(line):
    assert "says_date" in cues(line)


@pytest.mark.parametrize("line", ["Er zahlte 3 Kronen 2026 Mal", "3 людей 20 раз", "रन 300 बनाए", "12 – 2026"])
def test_other_figures_do_not_say_when(line):
    assert "says_date" not in cues(line)


def test_a_sentence_shows_none():
    assert cues("The harbour wall at Wrenmouth will be closed to walkers until spring.") == set()


@pytest.mark.parametrize("idea", sorted(line_patterns()))
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_an_expression_matches_holds_what_its_cue_needs(idea, data):
    pattern = line_patterns()[idea].replace(r"\pL", r"[^\W\d_]")
    line = data.draw(st.from_regex(re.compile(pattern), fullmatch=True)).strip()
    assume("Σ" not in line)  # has two small letters, and RE2 in lower case knows one
    matched = pc.match_substring_regex(pa.array([line]), line_patterns()[idea])[0].as_py()
    assert not matched or len(line) > 100 or f"says_{idea}" in cues(line), line


@pytest.mark.parametrize("line", ["7 février 2024", "Автор: Anna", "Сегодня 12:30", "Publié le 7.2.2024", "Foto: Ärzte 3", "Ad"])
def test_a_line_alone_and_among_many_shows_the_same(line):
    many = pa.array([f"{line} {'x' * i}" if i else line for i in range(FEW + 1)])
    (found,) = characters(many)
    among = line_cues(many, words(found), count_letters(found))
    assert {name for name, values in among.items() if values[0]} == cues(line)


def test_class_words_count_whole():
    found = markup_cues(tokenize(pa.array(["main comments", "uncommented", None])))
    assert found["class_comments"].tolist() == [1, 0, 0]


def test_signs_that_stand_for_more_are_one_character():
    assert all(len(sign) == 1 for sign in (*COUNTED, SPACELESS))
