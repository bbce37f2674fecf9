"""A course of learning: lessons prepared once, learned from by some sites, examined on the others."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from multiprocessing import get_context

import numpy as np
import pyarrow as pa

from copydesk.labels.arrays import Floats, Ints
from copydesk.labels.choice import Labels, choose
from copydesk.labels.learned import LEXICONS, Learned, length, stack
from copydesk.labels.model import load
from copydesk.labels.names import IS_KEPT
from copydesk.labels.surroundings import surroundings
from copydesk.labels.training.evaluation import Score, compare, shingles, summarise
from copydesk.labels.training.gold import Lesson
from copydesk.labels.training.learning import Batch, learn
from copydesk.labels.training.sequence import decode
from copydesk.labels.training.truth import Truth, truth
from copydesk.labels.training.vocabulary import Evidence, Vocabulary, count

LEAST_SITES = {"words": 8, "class_words": 4}  # that must use a word before it is known
LEAST_SPREAD = 0.02  # of an input that hardly varies, or its rare values would dominate
Sites = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Settings:
    """How to learn; the same settings and data give the same model."""

    passes: int = 8
    networks: int = 2
    widths: tuple[int, int, int] = (32, 32, 32)
    rate: float = 0.003
    batch: int = 1_500  # blocks, of whole documents
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Course:
    """Lessons with their truth."""

    lessons: list[Lesson]
    truths: list[Truth]
    numbers: list[Ints]  # of each page's site
    settings: Settings = field(default_factory=Settings)

    @classmethod
    def prepare(cls, found: list[Lesson], settings: Settings) -> Course:
        """Align the gold of the lessons with their blocks."""
        sites = {site: number for number, site in enumerate(sorted({site for lesson in found for site in lesson.sites}))}
        numbers = [np.array([sites[site] for site in lesson.sites], np.int64) for lesson in found]
        return cls(found, [truth(lesson, by_hand(lesson)) for lesson in found], numbers, settings)

    def size(self) -> str:
        """How much there is to learn from."""
        pages = sum(len(lesson.rows) for lesson in self.lessons)
        sites = len({site for lesson in self.lessons for site in lesson.sites})
        return f"{pages} pages of {sites} sites in {sum(len(lesson.texts) for lesson in self.lessons)} blocks"

    def learn(self, taught: Sites | None = None) -> Learned:
        """The model that the pages of the sites `taught` make; all of them unless told."""
        pages = [np.array([taught is None or taught(site) for site in lesson.sites], bool) for lesson in self.lessons]
        vocabularies = {name: self._count(name, pages) for name in LEXICONS}
        inputs = [self._inputs(index, vocabularies) for index in range(len(self.lessons))]
        sample = np.concatenate([values[::7] for values in inputs])
        mean, scale = sample.mean(axis=0), 1 / np.maximum(sample.std(axis=0), LEAST_SPREAD)
        rng = np.random.default_rng(self.settings.seed)
        batches = [
            self._batch(index, rows, (inputs[index] - mean) * scale)
            for index, allowed in enumerate(pages)
            for rows in self._deal(index, allowed, rng)
        ]
        s = self.settings
        networks = tuple(learn(batches, s.widths, s.passes, s.rate, s.seed + i) for i in range(s.networks))
        lexicons = {name: vocabulary.lexicon() for name, vocabulary in vocabularies.items()}
        return Learned("new", self.lessons[0].features.names, mean, scale, lexicons, networks)

    def _count(self, name: str, pages: list[np.ndarray]) -> Vocabulary:
        """Words over the lessons in HTML, which hold every line that the texts hold."""
        evidence = []
        for lesson, known, numbers, allowed in zip(self.lessons, self.truths, self.numbers, pages, strict=True):
            if lesson.mode == "html":
                kept = np.where(allowed[lesson.owner], known.kept, np.nan)
                evidence.append(Evidence(getattr(lesson.features, name), numbers[lesson.owner], kept))
        return count(evidence, LEAST_SITES[name])

    def _inputs(self, index: int, vocabularies: dict[str, Vocabulary]) -> Floats:
        lesson = self.lessons[index]
        sites = self.numbers[index][lesson.owner]
        lexical = [vocabularies[name].columns(getattr(lesson.features, name), sites) for name in LEXICONS]
        return stack(lesson.features.names, lesson.features, lesson.prior, np.concatenate(lexical, axis=1))

    def _deal(self, index: int, allowed: np.ndarray, rng: np.random.Generator) -> Iterator[Ints]:
        """Rows of shuffled pages, about a batch at a time; pages of which nothing is known are left out."""
        lesson, weight = self.lessons[index], self.truths[index].weight
        hand: list[Ints] = []
        for page in rng.permutation(np.flatnonzero(allowed)):
            span = lesson.span(int(page))
            if weight[span].any():
                hand.append(np.arange(span.start, span.stop))
            if sum(map(len, hand)) >= self.settings.batch:
                yield np.concatenate(hand)
                hand = []
        if hand:
            yield np.concatenate(hand)

    def _batch(self, index: int, rows: Ints, inputs: Floats) -> Batch:
        lesson, known = self.lessons[index], self.truths[index]
        return Batch(
            inputs=inputs[rows],
            prior=lesson.prior[rows],
            words=length(lesson.features)[rows],
            truth=known.labels[rows],
            weight=known.weight[rows],
            around=surroundings(lesson.blocks.take(pa.array(rows))),
        )

    def examine(self, folds: int) -> Iterator[str]:
        """Scores by set and mode, each page labelled by a model that has not seen its site."""
        results: dict[tuple[str, str], list[tuple[float, float]]] = {}
        with get_context("fork").Pool(2, _sit, (self, folds)) as pool:  # forked, so that the lessons are not copied
            for part in pool.imap(_fold, range(folds), chunksize=1):
                for key, pairs in part.items():
                    results.setdefault(key, []).extend(pairs)
        for (name, mode), pairs in sorted(results.items()):
            yield report(name, mode, summarise(pairs))

    def test(self, model: Learned, tested: Sites) -> dict[tuple[str, str], list[tuple[float, float]]]:
        """Precision and recall of each page of the sites `tested`, by set and mode."""
        found: dict[tuple[str, str], list[tuple[float, float]]] = {}
        for lesson in self.lessons:
            labels = choose(model.probabilities(lesson.features, lesson.prior, lesson.blocks))
            for page, row in enumerate(lesson.rows):
                if row["body"] and tested(lesson.sites[page]):
                    found.setdefault((lesson.name, lesson.mode), []).append(_compare(lesson, page, labels))
        return found


_sitting: list[tuple[Course, int]] = []


def _sit(course: Course, folds: int) -> None:
    _sitting.append((course, folds))


def _fold(number: int) -> dict[tuple[str, str], list[tuple[float, float]]]:
    course, folds = _sitting[0]
    model = course.learn(lambda site: part_of(site, folds) != number)
    return course.test(model, lambda site: part_of(site, folds) == number)


def _compare(lesson: Lesson, page: int, labels: Labels) -> tuple[float, float]:
    span, row = lesson.span(page), lesson.rows[page]
    body = "\n\n".join(text for text, label in zip(lesson.texts[span], labels[span], strict=True) if IS_KEPT[label])
    return compare([shingles(gold) for gold in (row["body"], row["body_required"]) if gold], body)


def part_of(site: str, parts: int) -> int:
    """Which part a site falls into, the same on every machine."""
    return int.from_bytes(hashlib.blake2b(site.encode(), digest_size=8).digest()) % parts


def by_hand(lesson: Lesson) -> Labels:
    """The labels that the hand-set model gives."""
    model = load()
    return decode(lesson.prior, model.transitions, model.starts, lesson.owner)


def report(name: str, mode: str, score: Score) -> str:
    """One line of the table."""
    figures = f"precision {score.precision:.4f}  recall {score.recall:.4f}  f1 {score.f1:.4f}  doc_f1 {score.document_f1:.4f}"
    return f"{name:17} {mode:10} {score.documents:5} pages  {figures}  p10 {score.tenth:.4f}"
