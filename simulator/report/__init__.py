"""How results are told: plain text for people, events for programs."""
