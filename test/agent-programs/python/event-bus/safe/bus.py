"""Who wants to know is told."""
from collections import defaultdict
from typing import Callable


class Bus:
    def __init__(self):
        self._listeners: dict[str, list[Callable]] = defaultdict(list)

    def subscribe(self, topic: str, listener: Callable) -> None:
        self._listeners[topic].append(listener)

    def publish(self, topic: str, payload) -> None:
        for listener in self._listeners[topic]:
            listener(payload)


bus = Bus()
