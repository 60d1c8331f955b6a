"""The words the workspace starts with, from plain files: kinds of organisations, and languages."""
