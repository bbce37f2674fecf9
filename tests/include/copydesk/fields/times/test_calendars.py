from __future__ import annotations

import tomllib
from datetime import date, timedelta
from importlib.resources import files
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.fields.times.calendars import SOLAR_YEARS, from_solar, in_gregorian
from copydesk.fields.times.dates import parse_date

NOV_3 = "2026-11-03"
AT = f"{NOV_3}T{{}}:00+00:00"
MONTHS = tomllib.loads(files("copydesk.fields.times").joinpath("months.toml").read_text("utf-8"))


def read(text: str, language: str | None = None) -> str | None:
    moment = parse_date(text, language=language)
    return moment.at.date().isoformat() if moment else None


@pytest.mark.parametrize(
    "text",
    [
        "3 พฤศจิกายน 2569", "3 พ.ย. 69", "วันที่ 3 พฤศจิกายน พ.ศ. 2569", "๓ พ.ย. ๒๕๖๙", "3พ.ย.2569", "3 พ.ย. 2026", "อังคาร 03/11/2569",
        "令和8年11月3日", "令和 8 年 11 月 3 日", "2026年11月3日", "２０２６／１１／０３", "中華民國115年11月3日",
        "۱۲ آبان ۱۴۰۵", "سه‌شنبه ۱۲ آبان‌ماه ۱۴۰۵", "۱۴۰۵/۰۸/۱۲", "۱۴۰۵-۸-۱۲", "۱۲/۰۸/۱۴۰۵", "12 آبان 1405", "۱۲ عقرب ۱۴۰۵", "۳ نوامبر ۲۰۲۶",
        "٣ نوفمبر ٢٠٢٦", "3 تشرين الثاني 2026", "الثلاثاء، 3 نوفمبر، 2026", "3 نوفمبر/تشرين الثاني 2026", "٠٣/١١/٢٠٢٦", "\u200f3 نونبر 2026",
        "22 جمادى الأولى 1448 هـ - 3 نوفمبر 2026", "٢٢/٥/١٤٤٨ - ٣/١١/٢٠٢٦", "1448/05/22 - 2026/11/03",
        "3 בנובמבר 2026", "३ नवंबर २०२६", "3 tháng 11 năm 2026", "Thứ ba, ngày 3 Tháng mười một, 2026", "3 KASIM 2026",
    ],
)  # fmt: skip
def test_a_day_is_read_in_the_calendar_and_the_figures_of_its_paper(text: str) -> None:
    assert read(text) == NOV_3


@pytest.mark.parametrize(
    ("text", "language"),
    [("03/11/2569", "th"), ("3 Nov 2569", "th"), ("2569-11-03", "th"), ("1405/08/12", "fa"), ("1405-08-12T10:30:00", "fa")],
)
def test_years_in_plain_figures_are_those_of_the_language(text: str, language: str) -> None:
    assert read(text, language) == NOV_3
    assert read(text, "en") != NOV_3


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3 شباط 2026", "2026-02-03"), ("3 فيفري 2026", "2026-02-03"), ("3 أوت 2026", "2026-08-03"), ("3 كانون الأول 2026", "2026-12-03"),
        ("3 كانون الثاني 2026", "2026-01-03"), ("3 ايلول 2026", "2026-09-03"), ("3 تشرين أول 2026", "2026-10-03"), ("3 غشت 2026", "2026-08-03"),
        ("3 फरवरी 2026", "2026-02-03"), ("3 ARALIK 2026", "2026-12-03"), ("平成31年4月30日", "2019-04-30"), ("令和元年5月1日", "2019-05-01"),
        ("۳۰ اسفند ۱۴۰۳", "2025-03-20"), ("۱ فروردین ۱۴۰۵", "2026-03-21"), ("3 tháng mười hai 2026", "2026-12-03"),
    ],
)  # fmt: skip
def test_months_have_the_names_of_their_countries(text: str, day: str) -> None:
    assert read(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "5 محرم 1448", "١٤٤٨/٠٥/٢٢", "۳۰ اسفند ۱۴۰۴", "۳۱ آبان ۱۴۰۵", "平成32年1月1日", "3 تشرين 2026", "3 كانون 2026", "२०८३/०७/१७", "२०८३-०७-१७",
        "3 พ.ย. 14:30", "อ่าน 3 ครั้ง 69", "3 نومبر", "1405", "2569",
    ],
)  # fmt: skip
def test_what_no_rule_is_sure_of_is_no_date(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2026年11月3日 午後3時05分", "15:05"), ("2026年11月3日 午前10時05分", "10:05"), ("2026. 11. 3. 오후 3:05", "15:05"), ("3/11/2026 3:05 CH", "15:05"),
        ("3 نوفمبر 2026 10:30 م", "22:30"), ("3 نوفمبر 2026 10:30 ص", "10:30"), ("3 نوفمبر 2026، 12:10 صباحًا", "00:10"), ("۱۲ آبان ۱۴۰۵ - ۱۰:۳۰", "10:30"),
        ("10:30 | ۱۲ آبان ۱۴۰۵", "10:30"), ("3 พ.ย. 2569 เวลา 14.05 น.", "14:05"), ("3 พ.ย. 69 14:05 น.", "14:05"), ("3 Νοεμβρίου 2026, 3:05 μ.μ.", "15:05"),
        ("3/11/2026 15:05 CH", "15:05"), ("3. November 2026, 12:30 Sa", "12:30"), ("3 نوفمبر 2026 15:05 م", "15:05"),
    ],
)  # fmt: skip
def test_clocks_of_twelve_hours_say_which_half_of_the_day_they_mean(text: str, at: str) -> None:
    moment = parse_date(text)
    assert moment is not None
    assert moment.at.isoformat() == AT.format(at)


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (1369, "1990-03-21"), (1370, "1991-03-21"), (1375, "1996-03-20"), (1376, "1997-03-21"), (1379, "2000-03-20"), (1387, "2008-03-20"),
        (1391, "2012-03-20"), (1395, "2016-03-20"), (1396, "2017-03-21"), (1399, "2020-03-20"), (1400, "2021-03-21"), (1403, "2024-03-20"),
        (1404, "2025-03-21"), (1405, "2026-03-21"), (1408, "2029-03-20"), (1409, "2030-03-21"),
    ],
)  # fmt: skip
def test_the_solar_year_begins_when_spring_does(year: int, day: str) -> None:
    found = from_solar(year, 1, 1)
    assert found is not None
    assert found.isoformat() == day


def test_each_day_of_the_solar_calendar_follows_the_one_before() -> None:
    days = [from_solar(year, month, day) for year in SOLAR_YEARS for month in range(1, 13) for day in range(1, 33)]
    found = [day for day in days if day]
    assert all(later - day == timedelta(days=1) for day, later in pairwise(found))


@given(st.dates(date(1990, 1, 1), date(2040, 12, 31)), st.sampled_from(sorted(MONTHS)))
def test_dates_of_other_languages_are_none_of_another_calendar(day: date, language: str) -> None:
    names = MONTHS[language].split("|")[day.month - 1].split()
    for text in (
        *(f"{day.day} {name} {day.year}" for name in names),
        f"{day:%d/%m/%Y}",
        f"{day:%Y-%m-%d}",
        f"{day:%d.%m.%Y 10:30}",
    ):
        assert read(text, language) in (day.isoformat(), None)


@pytest.mark.parametrize("text", ["7. März 2024", "7 février 2024", "Διάβασαν 2569", "25 % von 1405/08/12", "Absatz 2550 – §"])
def test_lines_of_latin_and_greek_letters_stay_as_they_are(text: str) -> None:
    assert in_gregorian(text) == text
