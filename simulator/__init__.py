"""Samtal: a call simulator that reacts to phrasing and grades it."""

__version__ = "0.1.0"
