"""What stands beside an article on its page: related stories, most read, people, topics, profiles."""

from crawler.extract.panels.find import find_cards, find_panels

__all__ = ["find_cards", "find_panels"]
