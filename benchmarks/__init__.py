"""What `make bench` runs. Method and noise are stated in benchmarks/__main__.py."""
