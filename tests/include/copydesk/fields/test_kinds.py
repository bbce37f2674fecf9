from __future__ import annotations

import re
import tomllib
from importlib.resources import files

import pytest

from copydesk.fields.kinds import (
    asks_consent,
    bars_reader,
    free_to_read,
    is_consent,
    is_error,
    opens_with_time,
    promises_updates,
)


@pytest.mark.parametrize(
    "line",
    [
        "404 Not Found", "Error 404", "Page not found", "404 – Page Not Found | The Harbour Courier", "Sorry, this page doesn't exist.",
        "The page you are looking for has moved or never existed", "Access Denied", "This article is no longer available", "That page cannot be found", "Just a moment...", "503 Service Unavailable",
        "Seite nicht gefunden - Nordtor Zeitung", "Die gewünschte Seite wurde nicht gefunden", "Page introuvable", "Désolé, cette page n'est plus disponible", "Sidan finns inte längre", "Cette page n’existe pas",
        "Página no encontrada", "Página não encontrada", "Pagina non trovata", "Pagina niet gevonden", "Sidan kunde inte hittas", "Siden ble ikke funnet",
        "Sivua ei löytynyt", "Nie znaleziono strony", "Strona nie istnieje", "Stránka nebyla nalezena", "Az oldal nem található",
        "Pagina nu a fost găsită", "Η σελίδα δεν βρέθηκε", "Страница не найдена", "Сторінку не знайдено", "您访问的页面不存在", "页面找不到",
    ],
)  # fmt: skip
def test_a_line_that_says_there_is_no_page_is_known_in_many_languages(line: str) -> None:
    assert is_error(line)


@pytest.mark.parametrize(
    "line",
    [
        "404 people crossed the bridge on its first day", "Access denied: how a harbour lost its ferry", "Lost page of the town charter found",
        "Page found", "Content available", "Page disponible", "Página encontrada", "Die Seite, die niemand gefunden hat", "La page la plus lue", "503", "Страница истории", "这是第404页",
    ],
)  # fmt: skip
def test_a_headline_with_such_words_is_no_error(line: str) -> None:
    assert not is_error(line)


@pytest.mark.parametrize(
    "line",
    [
        "We value your privacy", "Your privacy choices", "Before you continue to the Harbour Courier", "Zustimmung erforderlich",
        "Nordtor Zeitung mit Werbung lesen", "Nous respectons votre vie privée", "Valoramos tu privacidad", "La tua privacy è importante",
        "Cenimy Twoją prywatność", "Мы ценим вашу конфиденциальность", "我们重视您的隐私",
    ],
)  # fmt: skip
def test_the_heading_of_a_request_for_consent_is_known(line: str) -> None:
    assert is_consent(line)


def test_a_request_for_consent_names_partners_and_an_article_on_privacy_does_not() -> None:
    assert asks_consent("We and our 812 partners store and access personal data on your device.")
    assert asks_consent("Wir und unsere bis zu 240 Partner verarbeiten personenbezogene Daten.")
    assert not asks_consent("The court ruled that the harbour authority's cookie banner broke the privacy law.")
    assert not is_consent("Your privacy is worth less than a ferry ticket, says the ombudsman")


@pytest.mark.parametrize(
    "line",
    [
        "Subscribe to continue reading", "To continue reading, please log in", "This article is for subscribers only", "You have reached your free article limit",
        "Jetzt mit NZ+ weiterlesen", "Dieser Artikel ist exklusiv für Abonnenten", "Sie möchten gerne weiterlesen?", "La suite est réservée aux abonnés",
        "Il vous reste 57 % de cet article à lire.", "Suscríbete para seguir leyendo", "Contenido exclusivo para suscriptores", "Conteúdo exclusivo para assinantes",
        "Abbonati per leggere l'articolo", "Dit artikel is alleen voor abonnees", "För att läsa vidare behöver du logga in", "Tämä juttu on vain tilaajille",
        "Dalsza część artykułu dostępna dla prenumeratorów", "Чтобы продолжить чтение, оформите подписку", "订阅后继续阅读全文",
    ],
)  # fmt: skip
def test_a_line_that_withholds_the_rest_is_known(line: str) -> None:
    assert bars_reader(line)


@pytest.mark.parametrize(
    "line",
    ["Already a subscriber?", "Subscribe to our newsletter", "Continue reading the main story", "Abonnieren Sie unseren Newsletter", "Weiterlesen",
     "Members of the council voted to continue the repair", "Read more"],
)  # fmt: skip
def test_offers_beside_every_article_withhold_nothing(line: str) -> None:
    assert not bars_reader(line)


@pytest.mark.parametrize("title", ["Storm live: harbour closed", "Liveticker zur Wahl", "Crue de la Lorme : suivez la situation en direct", "Онлайн-трансляция матча", "Relacja na żywo z portu"])  # fmt: skip
def test_a_title_promises_updates(title: str) -> None:
    assert promises_updates(title)


@pytest.mark.parametrize("title", ["They live beside the harbour", "Live music returns to the pier", "Where otters live"])
def test_to_live_is_no_promise_of_updates(title: str) -> None:
    assert not promises_updates(title)


def test_a_time_of_day_opens_an_entry() -> None:
    assert [opens_with_time(line) for line in ("14:05 The wall holds", "9.30 Uhr: Es regnet", "[08h15] Ouverture", "2014: the flood", "1:0 after ten minutes")] == [True, True, True, False, False]  # fmt: skip


@pytest.mark.parametrize(
    ("stated", "free"),
    [(["False"], False), (["http://schema.org/True"], True), (["metered"], False), (["free"], True), (["default", "locked"], False), (["?"], None), ([], None)],
)  # fmt: skip
def test_the_first_statement_that_can_be_understood_says_whether_it_is_free(stated: list[str], free: bool | None) -> None:
    assert free_to_read(stated) is free


def test_no_expression_has_a_bar_outside_of_brackets():
    table = tomllib.loads(files("copydesk.fields").joinpath("kinds.toml").read_text("utf-8"))
    for idea in table.values():
        for pattern in (pattern for place, patterns in idea.items() if place != "stems" for pattern in patterns):
            rest = re.sub(r"\\.|\[[^]]*\]", "", pattern)
            while rest != (outer := re.sub(r"\([^()]*\)", "", rest)):
                rest = outer
            assert "|" not in rest, f"{pattern!r} is tried as a part of one expression: put brackets around its choices"
