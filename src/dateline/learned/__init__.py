"""What was learned from annotated reports: an encoder and its heads, run without the libraries that trained them."""

import os

# One thread a process: several processes read side by side, and for matrices as small as these more threads are slower.
# Set before numpy loads.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
