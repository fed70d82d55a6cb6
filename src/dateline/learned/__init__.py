"""What was learned from annotated reports: an encoder and its heads, run without the libraries that trained them."""
