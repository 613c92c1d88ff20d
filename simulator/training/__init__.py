"""Training and measuring the reader from the labelled corpus in ``models/corpus``."""
