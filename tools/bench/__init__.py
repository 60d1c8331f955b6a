"""What ``make bench-public`` measures the public face beside. No process of the product installs it."""
