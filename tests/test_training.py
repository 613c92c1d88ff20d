"""``samtal train`` and ``samtal evaluate``: a small encoder of one's own, a small corpus, a reader that reads."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path

import pytest

from simulator.reading.form import sentences
from simulator.training.corpus import corpus_folder, read_corpus, split_of, write_rows
from simulator.training.everyday import HABITS, varied
from simulator.training.measure import calibration_error, f1, kappa
from tests.commands import SOURCES, run

pytest.importorskip("torch")
pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def small_encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import torch
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    from simulator.training.base import SPECIAL, swedish_tokenizer

    torch.manual_seed(0)
    folder = tmp_path_factory.mktemp("encoder")
    texts = [row.turn for row in read_corpus(corpus_folder(None) / "seed.jsonl")]
    names = dict(
        zip(("pad_token", "unk_token", "cls_token", "sep_token", "mask_token"), SPECIAL, strict=True)
    )
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=swedish_tokenizer(texts, 800), **names)
    tokenizer.save_pretrained(folder)
    config = BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=48,
        num_hidden_layers=1,
        num_attention_heads=4,
        intermediate_size=64,
    )
    BertModel(config, add_pooling_layer=False).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def small_corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    rows = read_corpus(corpus_folder(None) / "seed.jsonl")[:700]
    write_rows(folder / "a.jsonl", rows)
    (folder / "sources.yaml").write_text(SOURCES, "utf-8")
    return folder


@pytest.fixture(scope="module")
def trained(
    small_encoder: Path, small_corpus: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("trained")
    code, out, err = run(
        *("train", "--corpus", small_corpus, "--encoder", small_encoder, "--epochs", "2"),
        *("--out", folder / "reader", "--work", folder / "work"),
    )
    assert code == 0, err
    assert "F1" in out
    return folder / "reader", folder / "work"


@pytest.mark.weights
def test_training_gives_a_reader_that_reads(trained: tuple[Path, Path]) -> None:
    from simulator.reading.reader import TrainedReader

    reader = TrainedReader(trained[0])
    turn = "Hej, du pratar med Karin. Vad kan jag hjälpa dig med i dag?"
    first, second = reader.read(turn, ""), reader.read(turn, "")
    assert first == second
    assert all(move.evidence in sentences(turn) and 0 <= move.p <= 1 for move in first.moves)
    pairs = [(turn, ""), ("Mm.", "Det är tufft nu."), ("", ""), ("\ud83d hej", ""), (turn * 40, "Jo.")]
    together = reader.probabilities(pairs)
    assert all((together[i] == reader.probabilities([pair])[0]).all() for i, pair in enumerate(pairs))
    assert reader.probabilities([]).shape == (0, 62)
    long = reader.read("Jag skickar blanketten i dag. " * 150, "")
    assert all(move.evidence == "Jag skickar blanketten i dag." for move in long.moves)


@pytest.mark.weights
def test_the_n_grams_of_a_small_corpus_are_already_worth_something(
    trained: tuple[Path, Path], small_corpus: Path, tmp_path: Path
) -> None:
    held = [row for row in read_corpus(small_corpus / "a.jsonl") if split_of(row.situation) == "test"]
    write_rows(tmp_path / "held.jsonl", held)
    code, out, _ = run("evaluate", tmp_path / "held.jsonl", "--reader", trained[0], "--json")
    assert code == 0
    figures = json.loads(out)
    assert figures["turns"] == len(held)
    assert figures["micro_f1"] > 0.2
    assert set(figures["moves"]["empathy"]) == {"precision", "recall", "f1", "kappa", "support", "found"}


@pytest.mark.weights
def test_training_again_goes_on_from_what_is_kept_and_gives_the_same(
    trained: tuple[Path, Path], small_corpus: Path, small_encoder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "again"
    code, _, err = run(
        *("train", "--corpus", small_corpus, "--encoder", small_encoder, "--epochs", "2"),
        *("--out", out, "--work", trained[1]),
    )
    assert code == 0, err
    for name in ("encoder.onnx", "linear.npz", "reader.json"):
        assert (out / name).read_bytes() == (trained[0] / name).read_bytes(), name


@pytest.mark.weights
def test_faulty_input_is_refused_in_words(tmp_path: Path, small_corpus: Path) -> None:
    (tmp_path / "rows.jsonl").write_text('{"situation": "a", "turn": "Hej", "moves": ["hej"]}\n', "utf-8")
    code, _, err = run("evaluate", tmp_path / "rows.jsonl")
    assert code == 1 and "rows.jsonl:1" in err
    code, _, err = run(
        "train", "--corpus", small_corpus, "--encoder", tmp_path / "nowhere", "--work", tmp_path
    )
    assert code == 1 and "nowhere" in err
    (tmp_path / "pairs.tsv").write_text("one\ttvå\nonly one\n", "utf-8")
    code, _, err = run(
        "train", "--corpus", small_corpus, "--pairs", tmp_path / "pairs.tsv", "--work", tmp_path
    )
    assert code == 1 and "pairs.tsv:2" in err
    code, _, err = run("train", "--corpus", tmp_path)
    assert code == 1 and "sources.yaml" in err


def test_a_packed_encoder_is_what_it_was_within_a_half_percent(small_encoder: Path, tmp_path: Path) -> None:
    import numpy as np
    from safetensors.numpy import load_file

    from simulator.training.encoders import encoder_folder, pack

    pack(small_encoder, tmp_path / "packed")
    again = load_file(encoder_folder(str(tmp_path / "packed"), tmp_path) / "model.safetensors")
    for name, value in load_file(small_encoder / "model.safetensors").items():
        assert np.abs(again[name] - value).max() <= 0.005 * np.abs(value).max() + 1e-6, name
    (tmp_path / "packed" / "weights.npz").write_bytes(b"x")
    shutil.rmtree(tmp_path / "encoder")
    code, _, err = run("train", "--encoder", tmp_path / "packed", "--work", tmp_path)
    assert code == 1 and "packed" in err


@pytest.mark.parametrize("habit", HABITS)
def test_careless_typing_keeps_the_words_apart(habit: str) -> None:
    text = " ".join(["Jag förstår att det är tungt, och jag ska göra vad jag kan."] * 6)
    typed = HABITS[habit](text, random.Random(1))
    assert typed != text
    assert len(typed.split()) == len(text.split())
    assert varied(text, random.Random(1), 0.0) == text


def test_figures_by_hand() -> None:
    import numpy as np

    found = np.array([[True, False], [True, True], [False, False], [False, True]])
    coded = np.array([[True, False], [False, True], [False, False], [True, True]])
    assert f1(found, coded).tolist() == [0.5, 1.0]
    assert kappa(found, coded).tolist() == [0.0, 1.0]
    assert calibration_error(np.array([[0.9, 0.9]]), np.array([[True, False]])) == pytest.approx(0.4)


@pytest.mark.weights
def test_the_bake_off_is_a_table_and_keeps_what_is_done(small_corpus: Path, tmp_path: Path) -> None:
    arguments = (
        "bakeoff",
        "--corpus",
        small_corpus,
        "--work",
        tmp_path / "kept",
        "--only",
        "a n-grams",
        "--json",
    )
    code, out, err = run(*arguments)
    assert code == 0, err
    row = json.loads(out)["a n-grams"]
    assert 0.1 < row["micro_f1"] <= 1 and row["megabytes, eight bits"] > 0
    assert json.loads(run(*arguments)[1])["a n-grams"] == row
    code, _, err = run("bakeoff", "--corpus", small_corpus, "--work", tmp_path / "kept", "--only", "z")
    assert code == 1 and "a n-grams" in err


@pytest.mark.weights
def test_a_corpus_too_small_to_split_is_refused_before_it_is_trained_on(
    tmp_path: Path, small_encoder: Path
) -> None:
    (tmp_path / "a.jsonl").write_text('{"situation": "a", "turn": "Hej", "moves": ["greet"]}\n', "utf-8")
    (tmp_path / "sources.yaml").write_text(SOURCES, "utf-8")
    code, _, err = run("train", "--corpus", tmp_path, "--encoder", small_encoder, "--work", tmp_path / "w")
    assert code == 1 and "train and dev" in err
    code, _, err = run("evaluate", "--corpus", tmp_path, "--reader", tmp_path)
    assert code == 1
