"""A register as large as the targets ask for, and what its screens cost."""
