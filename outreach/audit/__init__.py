"""Who read and who changed what."""
