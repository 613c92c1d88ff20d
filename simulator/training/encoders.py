"""Encoders to begin from: the packed Swedish base, a folder, or a name on a model hub."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np

from simulator.language import N_, ToldError

PACKED = "weights.npz"


class EncoderError(ToldError):
    """An encoder that cannot be loaded."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(N_("Kodaren {name} går inte att ladda: {why}"), name=name, why=why)


def encoder_folder(name: str, kept: Path) -> Path:
    """A Hugging Face folder with the encoder of that name.

    Args:
        name: a folder (packed by ``pack``, or as sentence-transformers and transformers write them), or a hub name.
        kept: where what is unpacked or fetched is put.

    Raises:
        EncoderError: it is not there, needs a network that is not there, or is of no usable kind.
    """
    import torch
    from transformers import AutoModel, AutoTokenizer

    torch.manual_seed(0)  # a pooler that the folder lacks is made up: the same one each time
    folder = Path(name)
    out = kept / "encoder"
    shutil.rmtree(out, ignore_errors=True)
    if (folder / PACKED).is_file():
        unpack(folder, out)
        return out
    try:
        tokenizer: Any = AutoTokenizer.from_pretrained(name)
        if not tokenizer.is_fast:
            raise ValueError("no fast tokenizer")
        model: Any = AutoModel.from_pretrained(name)
        model.save_pretrained(out)
        tokenizer.save_pretrained(out)
    except Exception as error:  # transformers raises of many kinds: OSError, ValueError, ImportError, its own
        raise EncoderError(
            name, str(error).splitlines()[0] if str(error) else type(error).__name__
        ) from error
    return out


def pack(folder: Path, out: Path) -> None:
    """Write an encoder with eight bits a number and one scale a row, for keeping in the repository."""
    from safetensors.numpy import load_file

    out.mkdir(parents=True, exist_ok=True)
    arrays: dict[str, Any] = {}
    for name, value in load_file(folder / "model.safetensors").items():
        wide = value.astype(np.float32)
        if wide.ndim < 2:
            arrays[name] = wide.astype(np.float16)
            continue
        peak = np.abs(wide).max(axis=1, keepdims=True)
        scale = np.where(peak > 0, peak / 127, 1.0).astype(np.float32)
        arrays[name] = np.round(wide / scale).astype(np.int8)
        arrays[f"{name} scale"] = scale.astype(np.float32)
    np.savez_compressed(out / PACKED, **arrays)
    for name in ("config.json", "tokenizer.json", "tokenizer_config.json"):
        shutil.copy2(folder / name, out / name)


def unpack(folder: Path, out: Path) -> None:
    """The Hugging Face folder that ``pack`` packed. Raises EncoderError where a file is missing or damaged."""
    from safetensors.numpy import save_file

    out.mkdir(parents=True, exist_ok=True)
    try:
        with np.load(folder / PACKED, allow_pickle=False) as arrays:
            whole = {}
            for name in arrays.files:
                if name.endswith(" scale"):
                    continue
                scale = arrays[f"{name} scale"] if f"{name} scale" in arrays.files else np.float32(1)
                whole[name] = np.ascontiguousarray(arrays[name].astype(np.float32) * scale)
        json.loads((folder / "config.json").read_text("utf-8"))
        for name in ("config.json", "tokenizer.json", "tokenizer_config.json"):
            shutil.copy2(folder / name, out / name)
    except (OSError, ValueError, KeyError) as error:
        raise EncoderError(str(folder), str(error)) from error
    save_file(whole, out / "model.safetensors", metadata={"format": "pt"})
