"""Invented colleagues, organisations, people and dialogues that show a living system. Dates count from today."""
