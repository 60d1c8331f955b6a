"""The editors' admin: a module for each thing they do there, loaded only where the Wagtail admin is installed."""
