"""Moves, caller acts, strategies and studies: the vocabulary that reading, caller and grading share."""

from simulator.codebook.load import Codebook, codebook, read_codebook
from simulator.codebook.model import PARTS, Act, Move, PartName, Slot, Strategy, Study

__all__ = [
    "PARTS",
    "Act",
    "Codebook",
    "Move",
    "PartName",
    "Slot",
    "Strategy",
    "Study",
    "codebook",
    "read_codebook",
]
