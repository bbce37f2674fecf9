"""The Copydesk page as people use it: in a real browser, in Airflow's own UI."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

import copydesk
from copydesk.labels.corrections import every_correction
from copydesk.storage import Storage

pytestmark = [pytest.mark.integration, pytest.mark.timeout(2400)]

SOURCE, FIRST, LAST = "harbour_courier", "2026-11-01", "2026-11-03"
AROUND = f"first=2026-10-26&last={LAST}"
MOST_TABS = 60
PICTURES = {
    1280: ("run", "backfill", "refused"),
    1920: ("article",),
}
CHECKS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "best-practice"], "resultTypes": ["violations"]}
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
FOCUSED = "document.activeElement.closest('{}') !== null"


@pytest.fixture
def article(backfilled, lake):
    """An article with rails, and the day it is published under."""
    rows = copydesk.read(columns=["article_id", "published_date", "rails"], sources=[SOURCE], root=lake).to_pylist()
    row = max(rows, key=lambda row: sum(len(rail["items"] or ()) for rail in row["rails"] or ()))
    return f"{row['article_id']}?day={row['published_date']}"


@pytest.fixture
def pages(article):
    """Where each kind of page is."""
    return {
        "month": f"/?{AROUND}",
        "year": f"/?first=2025-11-04&last={LAST}",
        "backfill": f"/backfills/new?{AROUND}&source={SOURCE}",
        "run": f"/runs/{SOURCE}/{FIRST}",
        "articles": f"/articles?first={FIRST}&last={LAST}",
        "article": f"/articles/{article}",
        "quarantine": f"/quarantine/{SOURCE}/{FIRST}",
        "sources": "/sources",
    }


def show_days(tab, first, last):
    """Ask the calendar for a range, as a person does."""
    tab.ours.get_by_label("From").fill(first)
    tab.ours.get_by_label("To", exact=True).fill(last)
    with tab.page.expect_event("framenavigated"):  # the range shown before may have the day that is asked for next, too
        tab.ours.get_by_role("button", name="Show").click()


def day(ours, source, key):
    return ours.locator(f"[id='{source}/{key}']")


def test_from_the_login_over_the_menu_to_a_day_its_run_and_an_article(visit, sign_in, backfilled, shoot):
    tab = visit()
    tab.page.goto(f"{tab.airflow}/auth/login")
    sign_in(tab)
    tab.page.get_by_role("link", name="Copydesk").click()
    show_days(tab, "2026-10-26", LAST)
    expect(day(tab.ours, SOURCE, FIRST)).to_have_attribute(
        "aria-label", re.compile(f"{SOURCE} {FIRST}: .* of 10 records", re.DOTALL)
    )
    shoot(tab.page, "calendar")

    day(tab.ours, SOURCE, FIRST).click()
    expect(tab.ours.get_by_role("heading", level=1)).to_contain_text(f"{SOURCE} {FIRST}")
    expect(tab.ours.locator(".equation")).to_contain_text("10 seen")

    link = tab.ours.locator("table.articles a").first
    title = link.inner_text()
    link.click()
    expect(tab.ours.get_by_role("heading", level=1)).to_have_text(title)
    expect(tab.ours.locator(".block.l-body").first).to_be_visible()


def test_a_day_that_is_held_is_released_with_a_reason(signed_in, held, lake, shoot):
    tab = signed_in()
    tab.page.goto(f"{tab.airflow}/plugin/copydesk")
    show_days(tab, "2026-10-26", LAST)
    cell = day(tab.ours, *held.split("/"))
    expect(cell).to_have_class(re.compile(r"\bheld\b"))
    cell.click()
    tab.ours.get_by_label("Why").fill("Two of ten are broken, the rest is sound: read them all.")
    shoot(tab.page, "held")
    tab.ours.get_by_role("button", name="Release").click()

    expect(tab.ours.get_by_role("heading", name="Released by admin")).to_be_visible()
    expect(tab.ours.locator("blockquote")).to_have_text("Two of ten are broken, the rest is sound: read them all.")
    assert accepted(lake, "doubtful") == accepted(lake, SOURCE) > 0
    tab.ours.get_by_role("link", name="Calendar").first.click()
    show_days(tab, "2026-10-26", LAST)
    expect(day(tab.ours, *held.split("/"))).to_have_class(re.compile(r"\breleased\b"))


def accepted(lake, source):
    return copydesk.read("clean", start=FIRST, end=FIRST, columns=["article_id"], sources=[source], root=lake).num_rows


def test_a_block_is_marked_as_wrongly_labelled(signed_in, backfilled, article, lake):
    tab = signed_in()
    tab.open(f"/articles/{article}")
    block = tab.page.locator(".block.l-body").nth(1)
    place, text = block.get_attribute("id"), block.locator(".said").inner_text()
    block.hover()
    block.get_by_role("link", name="Wrong label?").click()
    block = tab.page.locator(f"#{place}")
    block.get_by_label("promo").check()
    block.get_by_role("button", name="Put on record").click()

    expect(block.locator(".correction")).to_contain_text("Not body but promo, says admin")
    expect(tab.page.locator("#corrections")).to_contain_text("promo")
    [correction] = every_correction(Storage.open(str(lake)))
    assert (correction.corrected_by, correction.label, correction.text) == ("admin", "promo", text)


def test_the_keyboard_alone_leads_from_the_calendar_to_the_reasons_of_a_block(signed_in, backfilled):
    tab = signed_in()
    tab.open(f"/?{AROUND}&source={SOURCE}")
    tab.page.wait_for_load_state("networkidle")
    press_until(tab.page, "Tab", ".calendar .c")
    press_until(tab.page, "ArrowLeft", f"[id='{SOURCE}/{FIRST}']")
    expect(tab.page.locator("#tip")).to_contain_text(f"{SOURCE} {FIRST}")
    tab.page.keyboard.press("Enter")
    expect(tab.page.get_by_role("heading", level=1)).to_contain_text(FIRST)
    press_until(tab.page, "Tab", "table.articles a")
    tab.page.keyboard.press("Enter")
    expect(tab.page.locator("#record")).to_be_visible()
    press_until(tab.page, "Tab", ".block")
    tab.page.keyboard.press("ArrowDown")
    expect(tab.page.locator(".block:focus .why")).to_be_visible()


def press_until(page, key, there):
    for _ in range(MOST_TABS):
        page.keyboard.press(key)
        if page.evaluate(FOCUSED.format(there.replace("'", "\\'"))):
            return
    raise AssertionError(f"{MOST_TABS} times {key} do not lead to {there}")


@pytest.mark.parametrize("width", [1280, 1920])
def test_no_page_is_wider_than_its_window(signed_in, pages, width, shoot):
    tab = signed_in(width=width)
    too_wide = {}
    for name, path in pages.items():
        tab.open(path)
        if name in PICTURES[width]:
            shoot(tab.page, f"{name}-{width}")
        too_wide[name] = tab.page.evaluate(OVERFLOW)
    tab.open(pages["quarantine"])
    tab.page.locator("table.hits a").first.click()
    expect(tab.page.get_by_text("Why it was not accepted")).to_be_visible()
    if "refused" in PICTURES[width]:
        shoot(tab.page, f"refused-{width}")
    too_wide["refused"] = tab.page.evaluate(OVERFLOW)
    assert {name: pixels for name, pixels in too_wide.items() if pixels > 0} == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_whoever_sees_little_or_nothing_can_use_every_page(signed_in, pages, theme):
    tab = signed_in(color_scheme=theme)
    missed = {}
    for name, path in pages.items():
        tab.open(path)
        expect(tab.page.locator("html")).to_have_attribute("data-theme", theme)
        found = Axe().run(tab.page, options=CHECKS).response["violations"]
        missed[name] = [(one["id"], [node["target"] for node in one["nodes"][:3]]) for one in found]
    assert {name: found for name, found in missed.items() if found} == {}


def test_a_backfill_of_days_that_a_source_has_no_dumps_of_is_warned_of(signed_in, backfilled):
    tab = signed_in()
    tab.open("/backfills/new?first=2026-10-30&last=2026-11-03&source=strict&again=completed")
    expect(tab.page.locator("main")).to_contain_text("2 of them lie outside the days of strict, 2026-11-01 to 2026-11-03")
    tab.page.get_by_role("link", name="Only those within").click()
    expect(tab.page.get_by_role("heading", level=2)).to_have_text("3 days of strict")
    expect(tab.page.locator("main")).not_to_contain_text("outside")


def test_the_run_of_a_curation_leads_to_what_it_counted(signed_in, backfilled, airflow):
    [run] = [run for run in airflow.api.runs("curate") if run["partition_key"] == "2026-10"][:1]
    tab = signed_in()
    tab.page.goto(f"{tab.airflow}/dags/curate/runs/{run['dag_run_id']}/plugin/copydesk-run")
    expect(tab.ours.get_by_role("heading", level=1)).to_contain_text("curate 2026-10")
    expect(tab.ours.locator(".counted")).to_contain_text("Articles of the month")


def test_light_and_dark_follow_the_switch_of_airflow(signed_in, backfilled, shoot):
    tab = signed_in(color_scheme="light")
    tab.page.goto(f"{tab.airflow}/plugin/copydesk")
    ours = tab.ours.locator("html")
    expect(ours).to_have_attribute("data-theme", "light")
    assert brightness(background(tab)) > 192
    choose_mode(tab.page, "Dark Mode")
    expect(ours).to_have_attribute("data-theme", "dark")
    assert brightness(background(tab)) < 64
    shoot(tab.page, "dark")
    choose_mode(tab.page, "Light Mode")
    expect(ours).to_have_attribute("data-theme", "light")


def background(tab):
    return tab.ours.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")


def brightness(colour):
    return sum(map(int, re.findall(r"\d+", colour)[:3])) / 3


def choose_mode(page, name):
    page.get_by_role("button", name="User").click()
    page.get_by_role("menuitem", name="Appearance").hover()
    page.get_by_role("menuitemradio", name=name).click()
