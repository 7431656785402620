from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.names import is_agency, is_person, people_in


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("Ada Winter", ("Ada Winter",)),
        ("By Ada Winter", ("Ada Winter",)),
        ("By: Ada Winter and Jonas Falk", ("Ada Winter", "Jonas Falk")),
        ("Ada Winter, Jonas Falk & Mia Berg", ("Ada Winter", "Jonas Falk", "Mia Berg")),
        ("Von Ada Winter und Jonas Falk", ("Ada Winter", "Jonas Falk")),
        ("Par Léa Müller et Noé Petit", ("Léa Müller", "Noé Petit")),
        ("Por Inés Vega y Luis Mar", ("Inés Vega", "Luis Mar")),
        ("di Pia Rossi", ("Pia Rossi",)),
        ("Av Kari Nord og Ola Vik", ("Kari Nord", "Ola Vik")),
        ("Автор: Анна Мирная", ("Анна Мирная",)),
        ("Ada Winter, Political Correspondent", ("Ada Winter",)),
        ("Ada Winter (Grindholm)", ("Ada Winter",)),
        ("Ada Winter ada@harbour-times.example", ("Ada Winter",)),
        ("Ada Winter @adawrites", ("Ada Winter",)),
        ("Ada Winter and 3 others", ("Ada Winter",)),
        ("Ada Winter | 5 March 2024", ("Ada Winter",)),
        ("By Ada Winter. March 16, 2024", ("Ada Winter",)),
        ("By Ada Winter and Jonas Falk, Harbour Times", ("Ada Winter", "Jonas Falk")),
        ("Ada Winter/dpa", ("Ada Winter", "dpa")),
        ("Mary-Kate O'Neill-van der Berg", ("Mary-Kate O'Neill-van der Berg",)),
        ("Harbour Times Staff", ("Harbour Times Staff",)),
        ("Institute for Lamps and Lenses", ("Institute for Lamps and Lenses",)),
        ("山田太郎", ("山田太郎",)),
        ("", ()),
        ("admin", ()),
        ("5 March 2024", ()),
    ],
)
def test_people_in(byline: str, names: tuple[str, ...]) -> None:
    assert people_in(byline) == names


@pytest.mark.parametrize("name", ["AP", "dpa", "Reuters", "Agence France-Presse"])
def test_agencies_are_known(name: str) -> None:
    assert is_agency(name) and not is_person(name)


@given(st.text(max_size=200))
def test_any_text_gives_distinct_names_without_addresses(text: str) -> None:
    names = people_in(text)
    assert len(set(names)) == len(names) and all(name.strip() == name and name for name in names)


@given(
    st.lists(
        st.sampled_from(["Ada Winter", "Jonas Falk", "Mia Berg", "Léa Müller", "Kari Nord"]),
        min_size=1,
        max_size=5,
        unique=True,
    ),
    st.sampled_from(["By ", "Von ", "Par ", "", "Written by "]),
)
def test_every_name_of_a_list_is_found_in_its_order(names: list[str], prefix: str) -> None:
    line = prefix + ", ".join(names[:-1]) + (" and " if len(names) > 1 else "") + names[-1]
    assert people_in(line) == tuple(names)
