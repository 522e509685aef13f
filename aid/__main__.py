"""`python -m aid templates`: draw the Word templates again from their layouts."""

from __future__ import annotations

import sys

from aid.documents import draw
from aid.documents.layout import read_all


def main(arguments: list[str]) -> int:
    """Run the command; 2 when it is not known."""
    if arguments != ["templates"]:
        print(__doc__, file=sys.stderr)
        return 2
    for layout in read_all():
        path = draw.FOLDER / f"{layout.name}.docx"
        draw.draw(layout).save(str(path))
        print(path.relative_to(draw.FOLDER.parent.parent.parent))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
