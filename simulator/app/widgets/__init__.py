"""Widgets made for the call and what comes after it."""
