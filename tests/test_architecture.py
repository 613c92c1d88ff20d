"""Imports run downwards, and nothing heavy is loaded before it is needed."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import simulator

PACKAGE = Path(simulator.__file__).parent
LAYERS = (
    ("language",),
    ("shipped_files", "sourcefile", "settings"),
    ("codebook",),
    ("scenario",),
    ("reading",),
    ("caller",),
    ("call",),
    ("grading",),
    ("trying",),
    ("store",),
    ("progress",),
    ("report", "session", "checking", "training"),
    ("terminal", "app"),
    ("cli", "cli_training", "cli_trainer"),
    ("__main__",),
)
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        found |= {name.split(".")[1] for name in names if name.startswith("simulator.")}
    return found & LEVEL.keys()


def test_imports_run_downwards() -> None:
    for path in PACKAGE.rglob("*.py"):
        part = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        if part == "__init__":
            continue
        for other in imports(path):
            assert LEVEL[other] <= LEVEL[part], f"{path} imports {other}"


def loaded_by(code: str) -> set[str]:
    script = f"import sys\n{code}\nprint(' '.join(sys.modules))"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(run.stdout.split())


def test_the_command_line_starts_without_the_heavy_parts() -> None:
    heavy = {"numpy", "sqlalchemy", "alembic", "pydantic", "yaml", "torch", "sklearn"}
    assert not loaded_by("import simulator.cli") & heavy


def test_playing_needs_no_training_library() -> None:
    code = "import simulator.session, simulator.terminal.play, simulator.reading.linear, simulator.store"
    assert not loaded_by(code) & {"torch", "sklearn", "scipy", "transformers", "sentence_transformers"}


def test_no_file_grows_past_one_idea() -> None:
    for path in PACKAGE.rglob("*.py"):
        assert len(path.read_text("utf-8").splitlines()) <= 330, path


def test_listing_and_telling_errors_need_neither_weights_nor_store() -> None:
    code = "from simulator.terminal.told import told\nfrom simulator.terminal.listing import scenario_lines\n"
    code += "with told():\n    list(scenario_lines())"
    assert not loaded_by(code) & {"numpy", "sqlalchemy", "alembic"}
