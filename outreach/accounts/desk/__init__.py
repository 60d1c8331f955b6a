"""Where administrators keep the accounts of colleagues, in the workspace."""
