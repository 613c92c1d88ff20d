"""From words to a Reading: moves with evidence, topics asked about, form."""

from simulator.reading.model import Asked, Form, MoveFound, Reader, Reading, Topic

__all__ = ["Asked", "Form", "MoveFound", "Reader", "Reading", "Topic"]
