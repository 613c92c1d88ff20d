"""Fine-tunes encoder and heads: moves from turns, and questions from question families, in turn.

Resumable: after each epoch everything is kept in a checkpoint; a run that is started again with the same plan and
corpus goes on from there.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from simulator.codebook import codebook
from simulator.training.corpus import Labelled
from simulator.training.everyday import varied
from simulator.training.network import Network, Words


@dataclass(frozen=True)
class Plan:
    """How to fine-tune. Learning rates are peaks of a linear warm-up and decay."""

    epochs: int = 5
    batch: int = 32
    rate: float = 3e-4
    heads_rate: float = 3e-3
    frozen: bool = False
    caller: bool = True
    varied: float = 0.3
    bpe_dropout: float = 0.1
    questions: float = 0.25
    """A batch of question pairs after this share of the turn batches."""
    families: int = 56
    temperature: float = 14.0
    seed: int = 0


Progress = Callable[[int, int, float], None]
"""Called with steps done, steps in all, and the loss so far in the epoch."""


def finetune(
    base: Path,
    rows: Sequence[Labelled],
    y: NDArray[np.bool_],
    families: Sequence[Sequence[str]],
    plan: Plan,
    work: Path,
    progress: Progress,
) -> Network:
    """Train on all rows.

    Args:
        base: folder of the encoder to begin with, in Hugging Face form.
        rows, y: turns and the moves coded in them, shape (rows, moves).
        families: ways of asking, by question family.
        work: folder for checkpoints.
        progress: is told how far it has come.
    """
    seed_all(plan.seed)
    words = Words.load(base, plan.bpe_dropout)
    network = Network.on(base, y.shape[1])
    if plan.frozen:
        network.body.requires_grad_(False)
    target = torch.tensor(y, dtype=torch.float32)
    per_epoch = len(rows) // plan.batch + 1
    optimizer, schedule = optimizers(network, plan, plan.epochs * per_epoch)
    checkpoint = work / f"finetune-{fingerprint(base, rows, families, plan)}.pt"
    first = _restore(checkpoint, network, optimizer, schedule)
    for epoch in range(first, plan.epochs):
        rng = random.Random(f"{plan.seed} {epoch}")
        torch.manual_seed(plan.seed * 1000 + epoch)
        network.train()
        total = 0.0
        batches = list(_batches(rows, plan, rng, words))
        for number, (places, inputs) in enumerate(batches, 1):
            with autocast():
                logits = network(*inputs)[0]
            loss = functional.binary_cross_entropy_with_logits(
                logits.float(), target[places], reduction="none"
            )
            loss = loss.sum(dim=1).mean()
            if families and rng.random() < plan.questions:
                loss = loss + question_loss(network, words, families, plan, rng)
            step(network, optimizer, schedule, loss)
            total += float(loss.detach())
            progress(epoch * len(batches) + number, plan.epochs * len(batches), total / number)
        _keep(checkpoint, network, optimizer, schedule, epoch + 1)
    network.eval()
    return network


def question_loss(
    network: Network, words: Words, families: Sequence[Sequence[str]], plan: Plan, rng: random.Random
) -> Tensor:
    """Two ways of asking the same thing lie nearer each other than ways of asking other things (InfoNCE)."""
    chosen = [
        rng.sample(list(family), 2)
        for family in rng.sample(list(families), min(plan.families, len(families)))
    ]
    texts = [varied(pair[side], rng, plan.varied) for side in (0, 1) for pair in chosen]
    with autocast():
        vectors = network(*words.batch([words.encode(text, "") for text in texts]))[2]
    left, right = vectors.float().chunk(2)
    alike = left @ right.T * plan.temperature
    same = torch.arange(len(chosen))
    return (functional.cross_entropy(alike, same) + functional.cross_entropy(alike.T, same)) / 2


def predict(
    network: Network, words: Words, pairs: Sequence[tuple[str, str]], batch: int = 64
) -> NDArray[np.float64]:
    """Logits of (turn, line before) pairs, unpacked network. Shape: (pairs, moves)."""
    network.eval()
    encoded = [words.encode(*pair) for pair in pairs]
    order = sorted(range(len(pairs)), key=lambda i: len(encoded[i][0]))
    out = np.zeros((len(pairs), len(network.biases)))
    with torch.no_grad(), autocast():
        for start in range(0, len(order), batch):
            places = order[start : start + batch]
            out[places] = network(*words.batch([encoded[i] for i in places]))[0].float().numpy()
    return out


def optimizers(network: Network, plan: Plan, steps: int) -> tuple[Any, Any]:
    """AdamW with the heads learning faster than the encoder, and its schedule."""
    body = [p for p in network.body.parameters() if p.requires_grad]
    heads = [p for name, p in network.named_parameters() if not name.startswith("body.")]
    groups = [{"params": heads, "lr": plan.heads_rate}]
    if body:
        groups.append({"params": body, "lr": plan.rate})
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    warm = max(1, int(steps * 0.06))

    def factor(done: int) -> float:
        return min(1.0, (done + 1) / warm) * max(0.01, 1 - done / steps)

    return optimizer, torch.optim.lr_scheduler.LambdaLR(optimizer, factor)


def step(network: nn.Module, optimizer: Any, schedule: Any, loss: Tensor) -> None:
    """One step of learning."""
    optimizer.zero_grad()
    loss.backward()  # type: ignore[no-untyped-call]
    nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimizer.step()
    schedule.step()


def of_like_length(lengths: Sequence[int], batch: int, pool: int, rng: random.Random) -> list[list[int]]:
    """Places in batches of like length, so that little is padding, in random order; sorted within ``pool`` places."""
    order = list(range(len(lengths)))
    rng.shuffle(order)
    found = []
    for start in range(0, len(order), pool):
        near = sorted(order[start : start + pool], key=lengths.__getitem__)
        found += [near[at : at + batch] for at in range(0, len(near), batch)]
    rng.shuffle(found)
    return found


def autocast() -> Any:
    """bfloat16 where the processor multiplies it fast; elsewhere it would be slower than float32."""
    can = torch.cpu.get_capabilities()
    return torch.autocast(
        "cpu", dtype=torch.bfloat16, enabled=bool(can.get("avx512_bf16") or can.get("amx_bf16"))
    )


def seed_all(seed: int) -> None:
    """Seed all there is to seed. BPE dropout cannot be: weights differ a little from run to run."""
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)


def fingerprint(base: Path, rows: Sequence[Labelled], families: Sequence[Sequence[str]], plan: Plan) -> str:
    """Names a run: another corpus, plan or encoder must not take up its checkpoint."""
    digest = hashlib.sha256(json.dumps(asdict(plan)).encode())
    for row in rows:
        digest.update(json.dumps(row.as_data(), ensure_ascii=False).encode())
    digest.update(json.dumps([list(family) for family in families], ensure_ascii=False).encode())
    digest.update(" ".join(codebook().moves).encode())
    for path in sorted(base.glob("*")):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _batches(
    rows: Sequence[Labelled], plan: Plan, rng: random.Random, words: Words
) -> Iterator[tuple[list[int], tuple[Tensor, Tensor, Tensor]]]:
    """Batches of like length, in random order, each turn as somebody else might have typed it."""
    encoded = [
        words.encode(
            varied(row.turn, rng, plan.varied), row.caller if plan.caller and rng.random() > 0.1 else ""
        )
        for row in rows
    ]
    for places in of_like_length([len(ids) for ids, _ in encoded], plan.batch, plan.batch * 16, rng):
        yield places, words.batch([encoded[i] for i in places])


def _restore(checkpoint: Path, network: Network, optimizer: Any, schedule: Any) -> int:
    if not checkpoint.is_file():
        return 0
    kept = torch.load(checkpoint, weights_only=True)
    network.load_state_dict(kept["network"])
    optimizer.load_state_dict(kept["optimizer"])
    schedule.load_state_dict(kept["schedule"])
    return int(kept["epoch"])


def _keep(checkpoint: Path, network: Network, optimizer: Any, schedule: Any, epoch: int) -> None:
    checkpoint.parent.mkdir(parents=True, exist_ok=True)
    part = checkpoint.with_suffix(".part")
    state = {"network": network.state_dict(), "optimizer": optimizer.state_dict()}
    torch.save(state | {"schedule": schedule.state_dict(), "epoch": epoch}, part)
    part.replace(checkpoint)
