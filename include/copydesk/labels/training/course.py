"""A course of learning: lessons prepared once, learned from by some sites, examined on the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from multiprocessing import get_context
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from copydesk.label_names import IS_KEPT
from copydesk.labels.arrays import Floats, Ints
from copydesk.labels.features.lexicon import Lexicon
from copydesk.labels.learned import FORMS, Learned
from copydesk.labels.networks.inputs import LEXICONS, input_names, length, stack
from copydesk.labels.networks.network import Weights
from copydesk.labels.networks.surroundings import surroundings
from copydesk.labels.training.bars import Exam, examined, learn_bars
from copydesk.labels.training.gold import Lesson, part_of
from copydesk.labels.training.learning import Batch, learn, on_raw_inputs
from copydesk.labels.training.lines import passed_on
from copydesk.labels.training.sequence import by_hand
from copydesk.labels.training.shortened import shortened, weighed
from copydesk.labels.training.teacher import PARTS, Material, judged, mixed
from copydesk.labels.training.truth import Truth, reweighed, truth, untold
from copydesk.labels.training.unseen import Pairs, Sites, examined_on
from copydesk.labels.training.vocabulary import Evidence, Vocabulary, count

LEAST_SITES = {"words": 8, "class_words": 4}  # that must use a word before it is known
LEAST_SPREAD = 0.02  # of an input that hardly varies, or its rare values would dominate


@dataclass(frozen=True, slots=True)
class Settings:
    """How to learn; the same settings and data give the same model."""

    passes: int = 10
    networks: int = 1
    widths: tuple[int, int, int] = (32, 32, 32)
    rate: float = 0.003
    batch: int = 1_500  # blocks, of whole documents
    seed: int = 1


class Made(NamedTuple):
    """What was learned of documents of one form, and how it did on the sites it had not seen."""

    lexicons: dict[str, Lexicon]
    networks: tuple[Weights, ...]
    bars: Weights
    spread: Floats  # of each input
    pairs: Pairs


class Task(NamedTuple):
    """Blocks to learn from, and the share of each that belongs to the article by the gold alone."""

    batch: Batch
    gold: Floats


class Study(NamedTuple):
    """A model, how it did on the sites it had not seen, and how much each of its inputs varies, by form."""

    model: Learned
    pairs: Pairs
    spread: dict[str, Floats]


@dataclass(frozen=True, slots=True)
class Course:
    """Lessons with their truth."""

    lessons: list[Lesson]
    truths: list[Truth]
    numbers: list[Ints]  # of each page's site
    settings: Settings

    @classmethod
    def prepare(cls, found: list[Lesson], settings: Settings) -> Course:
        """Align the gold of the lessons with their blocks, and add texts that are cut short."""
        sites = {site: number for number, site in enumerate(sorted({site for lesson in found for site in lesson.sites}))}
        truths = [truth(lesson, by_hand(lesson)) for lesson in found]
        texts = [(lesson, known) for lesson, known in zip(found, truths, strict=True) if lesson.form == "text"]
        short = [made for lesson, known in texts if (made := shortened(lesson, known))]
        truths += [weighed(truth(lesson, by_hand(lesson))) for lesson in short]
        lessons = [*found, *short]
        numbers = [np.array([sites[site] for site in lesson.sites], np.int64) for lesson in lessons]
        return cls(lessons, truths, numbers, settings)

    def size(self) -> str:
        """How much there is to learn from."""
        pages = sum(len(lesson.rows) for lesson in self.lessons)
        sites = len({site for lesson in self.lessons for site in lesson.sites})
        return f"{pages} pages of {sites} sites in {sum(len(lesson.texts) for lesson in self.lessons)} blocks"

    @property
    def inputs(self) -> tuple[str, ...]:
        """What the networks read."""
        return input_names(self.lessons[0].features.names)

    def study(self, parts: int) -> Iterator[Study]:
        """For each part of the sites a model that has not seen it and its scores there; at last the model of all sites."""
        tasks = [(part, parts) for part in (*range(parts), None)]
        with get_context("fork").Pool(2, _sit, (self,)) as pool:  # forked, so that the lessons are not copied
            for made in pool.imap(_study, tasks, chunksize=1):
                pairs = {key: value for one in made.values() for key, value in one.pairs.items()}
                yield Study(self.model(made), pairs, {form: made[form].spread for form in FORMS})

    def model(self, made: dict[str, Made]) -> Learned:
        """What was learned of each form, as one model."""
        networks = {form: one.networks for form, one in made.items()}
        return Learned("new", self.inputs, made[FORMS[0]].lexicons, networks, {form: one.bars for form, one in made.items()})

    def learn(self, taught: Sites) -> dict[str, Made]:
        """What the pages of the sites `taught` tell, of documents of each form."""
        pages = [np.array([taught(site) for site in lesson.sites], bool) for lesson in self.lessons]
        vocabularies = {name: self._count(name, pages) for name in LEXICONS}
        material = self._material(self._of("html"), pages, vocabularies)
        word = self._judge(material)
        made = {"html": self._make("html", material, word, pages)}  # before there is other material: it takes much memory
        made["text"] = self._make("text", self._material(self._of("text"), pages, vocabularies), word, pages)
        lexicons = {name: vocabulary.lexicon() for name, vocabulary in vocabularies.items()}
        return {form: one._replace(lexicons=lexicons) for form, one in made.items()}

    def _make(self, form: str, material: Material, word: dict[int, Floats], pages: list[np.ndarray]) -> Made:
        """Networks from the gold of documents of that form and what the trees say of them; scales the material's inputs."""
        chosen = self._of(form)
        certain = np.concatenate([self.truths[i].certain for i in chosen])
        trees = np.concatenate([word[i] for i in chosen])
        told = material.weight > 0
        kept = np.where(told, np.where(certain, material.kept, mixed(material.kept, trees)), np.nan_to_num(trees))
        material = material._replace(kept=kept, weight=np.where(told, material.weight, self._untold(chosen, pages, word)))
        sample = material.inputs[material.weight > 0]
        mean, scale = sample.mean(axis=0), 1 / np.maximum(sample.std(axis=0), LEAST_SPREAD)
        material.inputs[:] = (material.inputs - mean) * scale
        rng, s = np.random.default_rng(self.settings.seed), self.settings
        batches = [task.batch for task in self._tasks(chosen, pages, material, rng)]
        networks = [learn(batches, s.widths, s.passes, s.rate, s.seed + i) for i in range(s.networks)]
        raw = tuple(on_raw_inputs(weights, mean, scale) for weights in networks)
        return Made({}, raw, self._settle(form, pages, material), sample.std(axis=0), {})

    def _tasks(self, chosen: list[int], pages: list[np.ndarray], material: Material, rng: np.random.Generator) -> list[Task]:
        """The given pages of the chosen lessons, shuffled."""
        return [
            Task(self._batch(index, first + rows, rows, material), self.truths[index].kept[rows])
            for index, first in zip(chosen, self._firsts(chosen), strict=True)
            for rows in self._deal(index, pages[index], material.weight[first:], rng)
        ]

    def _settle(self, form: str, pages: list[np.ndarray], material: Material) -> Weights:
        """What settles how likely a block must be: learned where each part is judged by a network that has seen the others alone."""
        s, rng = self.settings, np.random.default_rng(self.settings.seed)
        parts = []
        for number in range(PARTS):
            of_part = [
                allowed & (self._parts(index) == number) & (not self.lessons[index].is_short)
                for index, allowed in enumerate(pages)
            ]
            parts.append(self._tasks(self._of(form), of_part, material, rng))
        exams: list[Exam] = []
        for at, part in enumerate(parts):
            others = [task.batch for other in (*parts[:at], *parts[at + 1 :]) for task in other]
            if part and others:
                judge = learn(others, s.widths, s.passes, s.rate, s.seed)
                exams += [examined(task.batch, task.gold, judge, form) for task in part]
        return learn_bars(exams, form, s.seed)

    def _of(self, form: str) -> list[int]:
        """Which lessons hold documents of that form."""
        return [i for i, lesson in enumerate(self.lessons) if lesson.form == form]

    def _judge(self, material: Material) -> dict[int, Floats]:
        """For each lesson what trees, which see pages alone, say of its blocks; `material` are those of all pages."""
        html = self._of("html")
        found = np.split(judged(material, self.settings.seed), self._firsts(html)[1:])
        word = dict(zip(html, found, strict=True))
        named = {self.lessons[i].name: i for i in html}
        for i, lesson in enumerate(self.lessons):
            if i not in word:
                at = named.get(lesson.name)
                unknown = np.full(len(lesson.texts), np.nan, np.float32)
                word[i] = unknown if at is None else passed_on(self.lessons[at], word[at], lesson)
        return word

    def _untold(self, chosen: list[int], pages: list[np.ndarray], word: dict[int, Floats]) -> Floats:
        """Weight of blocks that trees alone tell of: of texts, whose trees have seen the markup; to pages they say nothing new."""
        found = []
        for i in chosen:
            lesson = self.lessons[i]
            is_page = lesson.form == "html"
            found.append(np.zeros(len(word[i]), np.float32) if is_page else untold(lesson, word[i]) * pages[i][lesson.owner])
        return np.concatenate(found)

    def _firsts(self, chosen: list[int]) -> list[int]:
        """Where the blocks of each of the lessons begin when they stand one after the other."""
        return [0, *accumulate(len(self.lessons[i].texts) for i in chosen[:-1])]

    def _count(self, name: str, pages: list[np.ndarray]) -> Vocabulary:
        """Words over the lessons in HTML, which hold every line that the texts hold."""
        evidence = []
        for lesson, known, numbers, allowed in zip(self.lessons, self.truths, self.numbers, pages, strict=True):
            if lesson.mode == "html":
                kept = np.where(allowed[lesson.owner], known.kept, np.nan)
                evidence.append(Evidence(getattr(lesson.features, name), numbers[lesson.owner], kept))
        return count(evidence, LEAST_SITES[name])

    def _material(self, chosen: list[int], pages: list[np.ndarray], vocabularies: dict[str, Vocabulary]) -> Material:
        """The blocks of some lessons one after the other; those of pages that are not allowed weigh nothing."""
        lessons = [self.lessons[i] for i in chosen]
        owners = np.cumsum([0, *(len(lesson.rows) for lesson in lessons)])[:-1]
        tables = [
            lesson.blocks.set_column(0, "document", pa.array((lesson.owner + first).astype(np.int32)))
            for lesson, first in zip(lessons, owners, strict=True)
        ]
        return Material(
            inputs=np.concatenate([self._inputs(index, vocabularies) for index in chosen]),
            names=self.inputs,
            words=np.concatenate([length(lesson.features) for lesson in lessons]),
            kept=np.concatenate([self.truths[i].labels @ IS_KEPT for i in chosen]),
            weight=np.concatenate([self.truths[i].weight * pages[i][self.lessons[i].owner] for i in chosen]),
            part=np.concatenate([self._parts(i)[self.lessons[i].owner] for i in chosen]),
            around=surroundings(pa.concat_tables(tables).combine_chunks()),
        )

    def _parts(self, index: int) -> Ints:
        """Which part of the sites each page of a lesson falls into: what is judged by what was not taught of it."""
        return np.array([part_of(f"taught {site}", PARTS) for site in self.lessons[index].sites], np.int64)

    def _inputs(self, index: int, vocabularies: dict[str, Vocabulary]) -> Floats:
        """What the networks read, with what the lexicons would say if the page's own site had not been counted."""
        lesson = self.lessons[index]
        sites = self.numbers[index][lesson.owner]
        lexical = [vocabularies[name].columns(getattr(lesson.features, name), sites) for name in LEXICONS]
        return stack(lesson.features.matrix, lesson.prior, lexical)

    def _deal(self, index: int, allowed: np.ndarray, weight: Floats, rng: np.random.Generator) -> Iterator[Ints]:
        """Rows of shuffled pages, about a batch at a time; pages of which nothing is known are left out."""
        lesson = self.lessons[index]
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

    def _batch(self, index: int, at: Ints, rows: Ints, material: Material) -> Batch:
        """`rows` of a lesson, which stand at `at` in the material."""
        lesson, known = self.lessons[index], self.truths[index]
        return Batch(
            inputs=material.inputs[at],
            prior=lesson.prior[rows],
            words=material.words[at],
            truth=reweighed(known.labels[rows], lesson.prior[rows], material.kept[at]),
            weight=material.weight[at],
            around=surroundings(lesson.blocks.take(pa.array(rows))),
        )


_sitting: list[Course] = []


def _sit(course: Course) -> None:
    _sitting.append(course)


def _study(task: tuple[int | None, int]) -> dict[str, Made]:
    course, (part, parts) = _sitting[0], task
    made = course.learn(lambda site: part is None or part_of(site, parts) != part)
    if part is None:
        return made
    return {
        form: one._replace(pairs=examined_on(course.lessons, form, course.model(made), lambda site: part_of(site, parts) == part))
        for form, one in made.items()
    }
