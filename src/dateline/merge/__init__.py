"""Many records side by side: stories, copies, and events told more than once."""
