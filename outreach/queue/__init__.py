"""Work in the background: ``enqueue`` starts a task by name; it commits or rolls back with the data."""
