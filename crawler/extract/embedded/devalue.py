"""Application state packed by devalue, as Nuxt 3 writes ``__NUXT_DATA__``: one flat list whose members point to others.

The format: https://github.com/sveltejs/devalue (``unflatten``).
"""

from __future__ import annotations

from typing import Any

_SAME = frozenset(
    {"Ref", "EmptyRef", "ShallowRef", "Reactive", "ShallowReactive", "EmptyShallowRef", "Island", "Object"}
)
"""Wrappers that add nothing to the value they point to."""
_MOST = 500_000
"""Members of a longer list are no page's state."""


def unpack(flat: object) -> Any:
    """The value a packed list stands for; None where it is no such list.

    Members that point outside the list, and the special numbers below 0, are None. An object that points back to one
    around it does so in the result too: walk it with a bound.
    """
    if not isinstance(flat, list) or not flat or len(flat) > _MOST:
        return None
    made = [_shell(member) for member in flat]

    def at(pointer: object) -> Any:
        for _ in range(8):
            if not isinstance(pointer, int) or isinstance(pointer, bool) or not 0 <= pointer < len(flat):
                return None
            member = flat[pointer]
            if not (
                isinstance(member, list) and len(member) == 2 and isinstance(member[0], str) and member[0] in _SAME
            ):
                return made[pointer]
            pointer = member[1]
        return None

    for member, shell in zip(flat, made, strict=True):
        if isinstance(member, dict):
            shell.update((key, at(pointer)) for key, pointer in member.items())
        elif isinstance(member, list) and isinstance(shell, list):
            shell.extend(at(pointer) for pointer in (member[1:] if _is_tagged(member) else member))
        elif isinstance(member, list) and isinstance(shell, dict):
            keys, values = map(at, member[1::2]), map(at, member[2::2])
            shell.update((str(key), value) for key, value in zip(keys, values, strict=False))
    return at(0)


def _is_tagged(member: list[Any]) -> bool:
    return bool(member) and isinstance(member[0], str)


def _shell(member: Any) -> Any:
    """A member without what it points to."""
    if isinstance(member, dict):
        return {}
    if not isinstance(member, list):
        return member
    if not _is_tagged(member) or member[0] == "Set":
        return []
    if member[0] == "Map":
        return {}
    return member[1] if len(member) > 1 and isinstance(member[1], str) else None
