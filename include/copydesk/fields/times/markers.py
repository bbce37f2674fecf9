"""What the words of a date line say of the times behind them: when the article was published, or when it was changed."""

from __future__ import annotations

import re
from collections.abc import Iterator

# What follows in a date line says of the time behind it. A figure may run into the word, `08:01Mis à jour`, but no letter.
MARKERS = re.compile(
    r"(?<![^\W\d_])(?:"
    r"(?P<updated>(?:last |zuletzt )?(?:updated?|modified|changed|edited|amended|corrected|aktualisiert|geändert|mise? à jour|actualisée?|modifiée?"
    r"|korrigiert|corrigée?|actualizad[oa]|corregid[oa]|actualización|aggiornat[oa]|atualizad[oa]|aktualizacja|aktualizováno|frissítve|uppdaterad|oppdatert"
    r"|opdateret|päivitetty|bijgewerkt|güncelleme|обновлено|оновлено|ενημέρωση|更新|수정|업데이트|cập nhật|diperbarui|(?:آخر )?تحديث|(?:به\u200c?|ب)روز ?رسانی|עודכן"
    r"|अपडेट|อัปเดต|อัพเดต|ปรับปรุง|แก้ไข)|stand(?=:))"
    r"|(?P<published>(?:first )?(?:published|posted|veröffentlicht|publiziert|publiée?|publicad[oa]|pubblicat[oa]|gepubliceerd"
    r"|publicerad|publisert|julkaistu|opublikowano|publikacja|опубликовано|опубліковано|δημοσίευση|发布|公開|입력|등록|ngày đăng|diterbitkan|تاريخ النشر|نشر|انتشار|פורסם|प्रकाशित|เผยแพร่)))",
    re.IGNORECASE,
)
# Beginnings of such words, for a sweep over all lines of a dump. Those that sentences use of other things are not among them: what was
# changed, edited or modified on a day, or 发布 on it, is seldom the article.
BEGINNINGS = (
    "publis|public|publik|publiq|publié|posted|updated|veröffentlicht|aktualis|aktualiz|actualis|actualiz|mis à jour|mise à jour|pubblicat"
    "|aggiornat|atualizad|gepubliceerd|bijgewerkt|publicerad|uppdaterad|oppdatert|opdateret|päivitetty|julkaistu|frissítve|güncelleme"
    "|opublikowano|опубликовано|обновлено|δημοσ|ενημερώ|ενημέρωση"
).split("|")
# Whatever the expression matches has one of these; most date lines have none, and looking for these first takes a tenth of the time.
STEMS = (
    "publi pubbli posted updat modif chang edited amended correct korrig corrig correg aktuali geändert jour actuali aggiorn atuali friss uppdat oppdat opdat päivi "
    "bijge güncel обновл ενημ 更新 stand veröff julka опубл δημοσ 发布 公開 "
    "оновл опублі 수정 업데이트 cập diper تحديث رسانی עודכן अपडेट อัป อัพ ปรับ แก้ 입력 등록 đăng diterbit نشر انتشار פורסם प्रकाशित เผย"
).split()
ASCII_STEMS = [stem for stem in STEMS if stem.isascii()]
MAX_LINE_CHARS = 1000  # a longer line is no date line


def split_line(line: str) -> Iterator[tuple[str, bool]]:
    """The statements of `Published 1 May, updated 2 May`, and whether each says when the article was changed."""
    line = line[:MAX_LINE_CHARS]
    start, is_change = 0, False
    stems = ASCII_STEMS if line.isascii() else STEMS
    for marker in MARKERS.finditer(line) if any(map(line.lower().__contains__, stems)) else ():
        if line[start : marker.start()].strip():
            yield line[start : marker.start()], is_change
        start, is_change = marker.end(), marker["updated"] is not None
    yield line[start:], is_change


def says_change(line: str) -> bool:
    """Whether the line says when the article was changed, and nothing else."""
    return all(is_change for _, is_change in split_line(line))
