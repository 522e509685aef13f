"""The topics that entries are sorted by."""

from knowledge.entries import Topic, load_list
from knowledge.settings import Settings


def titles(settings: Settings) -> dict[str, str]:
    """Returns the Chinese title of each topic id.

    Raises:
        ContentError: the list of topics is wrong.
    """
    return {
        topic.id: topic.title for topic in load_list(settings.content_dir / "topics.yml", Topic)
    }
