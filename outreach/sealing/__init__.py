"""Texts that are sealed at rest (security.md, point 21): special needs, internal notes, what a second factor rests on.

Each register has keys of its own in a file outside the database. A sealed text says whose row it belongs to, so that
one moved to another row is not read there.
"""
