"""The network that is trained: an encoder and, for each move, an attention over the turn's tokens and a weight.

The shipped reader runs the same thing through ONNX Runtime; see ``simulator.reading.encoder``.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from simulator.reading.encoder import BEFORE, TURN

QUESTION_SIZE = 128
"""Dimensions of the vectors that questions are matched with."""
_PRIOR = -3.5
"""Bias to begin with: a move stands in about three turns of a hundred."""


@dataclass(frozen=True)
class Words:
    """A tokenizer with its special tokens. ``dropout``: BPE merges left out while training (Provilkov et al. 2020)."""

    tokenizer: Any
    cls: int
    sep: int
    pad: int

    @classmethod
    def load(cls, folder: Path, dropout: float | None = None) -> Words:
        """The fast tokenizer of a Hugging Face folder."""
        from transformers import AutoTokenizer

        fast = AutoTokenizer.from_pretrained(folder)
        if not fast.is_fast:
            raise ValueError(f"{folder}: only encoders with a fast tokenizer can be used")
        tokenizer = fast.backend_tokenizer
        tokenizer.no_truncation()
        tokenizer.no_padding()
        if dropout and type(tokenizer.model).__name__ == "BPE":
            tokenizer.model.dropout = dropout
        start = fast.cls_token_id if fast.cls_token_id is not None else fast.bos_token_id
        end = fast.sep_token_id if fast.sep_token_id is not None else fast.eos_token_id
        return cls(tokenizer, start, end, fast.pad_token_id or 0)

    def encode(self, turn: str, before: str) -> tuple[list[int], list[int]]:
        """Ids, and 1 for each of them that is the turn's."""
        head = [self.cls, *self.ids(before)[-BEFORE:], self.sep]
        tail = [*self.ids(turn)[:TURN], self.sep]
        return head + tail, [0] * len(head) + [1] * len(tail)

    def ids(self, text: str) -> list[int]:
        """Token ids, none of them special."""
        return list(self.tokenizer.encode(text, add_special_tokens=False).ids)

    def batch(self, encoded: list[tuple[list[int], list[int]]]) -> tuple[Tensor, Tensor, Tensor]:
        """Ids, types and mask, padded. Shapes: (rows, longest)."""
        longest = max(len(ids) for ids, _ in encoded)
        ids = torch.full((len(encoded), longest), self.pad)
        types, mask = torch.zeros_like(ids), torch.zeros_like(ids)
        for row, (found, kinds) in enumerate(encoded):
            ids[row, : len(found)] = torch.tensor(found)
            types[row, : len(found)] = torch.tensor(kinds)
            mask[row, : len(found)] = 1
        return ids, types, mask


class Network(nn.Module):
    """Encoder and heads. ``forward`` gives logits (rows, moves), shares (rows, tokens, moves), vectors (rows, 128)."""

    def __init__(self, body: nn.Module, size: int, moves: int) -> None:
        super().__init__()
        self.body = body
        self.queries = nn.Parameter(torch.randn(moves, size) * 0.02)
        self.weights = nn.Parameter(torch.randn(moves, size) * 0.02)
        self.biases = nn.Parameter(torch.full((moves,), _PRIOR))
        self.project = nn.Linear(size, QUESTION_SIZE, bias=False)
        self.dropout = nn.Dropout(0.1)

    @classmethod
    def on(cls, folder: Path, moves: int) -> Network:
        """Heads, not yet trained, on the encoder of a Hugging Face folder."""
        from transformers import AutoModel

        body = AutoModel.from_pretrained(folder, attn_implementation="sdpa")
        return cls(body, int(body.config.hidden_size), moves)

    def forward(self, ids: Tensor, types: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """See the class."""
        hidden = self.dropout(self.hidden(ids, types, mask))
        attention = (hidden @ self.queries.T).masked_fill(types[..., None] == 0, -1e4).softmax(dim=1)
        shares = attention * (hidden @ self.weights.T)
        turn = types[..., None].to(hidden.dtype)
        mean = (hidden * turn).sum(dim=1) / turn.sum(dim=1)
        return shares.sum(dim=1) + self.biases, shares, functional.normalize(self.project(mean), dim=-1)

    def hidden(self, ids: Tensor, types: Tensor, mask: Tensor) -> Tensor:
        """The last layer. Shape: (rows, tokens, size)."""
        given = {"input_ids": ids, "attention_mask": mask}
        if getattr(self.body.config, "type_vocab_size", 0) > 1:
            given["token_type_ids"] = types
        found: Tensor = self.body(**given).last_hidden_state
        return found.float()
