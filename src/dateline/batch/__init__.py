"""Many reports: rows in, results out, in order, in one process or several."""
