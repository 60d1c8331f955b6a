"""What is not right with this installation, said in sentences to whoever runs it. No secret and nobody's name."""
