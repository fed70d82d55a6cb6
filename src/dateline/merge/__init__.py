"""Many records side by side: stories, copies, and events told more than once.

``merge`` is the whole of it: pure, and the same for any order of its input.
"""

from dateline.merge.merging import Merged, merge

__all__ = ["Merged", "merge"]
