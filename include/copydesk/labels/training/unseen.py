"""How a model reads pages of sites that it has not seen."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from copydesk.label_names import IS_KEPT
from copydesk.labels.decoding import Labels, choose
from copydesk.labels.learned import Learned
from copydesk.labels.training.evaluation import compare, shingles
from copydesk.labels.training.gold import Lesson

Sites = Callable[[str], bool]
Pairs = dict[tuple[str, str], list[tuple[float, float]]]  # precision and recall of each page, by set and mode


def examined_on(lessons: Iterable[Lesson], form: str, model: Learned, tested: Sites) -> Pairs:
    """The same for documents of one form, of the sites `tested`; texts that were cut short count as a set of their own."""
    found: Pairs = {}
    for lesson in lessons:
        if lesson.form == form:
            name = f"{lesson.name} short" if lesson.is_short else lesson.name
            labels = _labels(lesson, model)
            for page, row in enumerate(lesson.rows):
                if row["body"] and tested(lesson.sites[page]):
                    found.setdefault((name, lesson.mode), []).append(_compare(lesson, page, labels))
    return found


def _labels(lesson: Lesson, model: Learned) -> Labels:
    chances = model.probabilities(lesson.features, lesson.prior, lesson.blocks)
    return choose(chances, lesson.owner, model.settle(chances, lesson.features, lesson.blocks).are_kept)


def _compare(lesson: Lesson, page: int, labels: Labels) -> tuple[float, float]:
    span, row = lesson.span(page), lesson.rows[page]
    body = "\n\n".join(text for text, label in zip(lesson.texts[span], labels[span], strict=True) if IS_KEPT[label])
    return compare([shingles(gold) for gold in (row["body"], row["body_required"]) if gold], body)
