"""The pictures of the demo's case studies, each saying one thing that a source says."""

from collections.abc import Iterator

from knowledge.drawings.forms import (
    COLLABORATION,
    CORAL,
    FLEXIBILITY,
    FOLLOW_UP,
    HOLISTIC,
    INK,
    PINE,
    RELATIONS,
    WIDTH,
    Drawing,
    box,
    circle,
    line,
    ring,
)


def parts_of(some: int, all_of_them: int) -> str:
    """So many dots in a row, of which some are filled."""
    step = WIDTH / (all_of_them + 1)
    radius = min(36, step * 0.4)
    return "".join(
        circle(round(step * n), 140, round(radius), PINE)
        if n <= some
        else ring(round(step * n), 140, round(radius) - 3, CORAL)
        for n in range(1, all_of_them + 1)
    )


def bars(*numbers: int) -> str:
    """A bar for each number, as high as it says; a line is the ground."""
    step, most = WIDTH / (len(numbers) + 1), max(numbers)
    forms = [line(f"M60 232H{WIDTH - 60}")]
    for place, number in enumerate(numbers, 1):
        height = round(180 * number / most)
        fill = CORAL if place == len(numbers) else PINE
        forms.append(box(round(step * place) - 36, 228 - height, 72, height, fill))
    return "".join(forms)


def stairs(steps: int) -> str:
    """Steps up to a door, with somebody on their way."""
    width, height = 110, 36
    forms = [
        box(70 + n * width, 232 - (n + 1) * height, WIDTH - 140 - n * width, height, PINE)
        for n in range(steps)
    ]
    door = box(WIDTH - 130, 232 - steps * height - 76, 46, 76, CORAL)
    return "".join([*forms, door, circle(70 + width / 2, 232 - height - 26, 22, INK)])


def conversation() -> str:
    """Two people on each side of a table, a word between them."""
    return "".join(
        [
            line("M210 190H430M320 190V244", INK, 12),
            circle(170, 150, 44, PINE),
            circle(470, 150, 44, CORAL),
            line("M258 92H382M258 122H340", INK, 10),
        ]
    )


def many_around_one() -> str:
    """Six people around one."""
    around = ((320, 46), (420, 92), (420, 188), (320, 234), (220, 188), (220, 92))
    ways = [line(f"M320 140L{x} {y}", PINE, 6) for x, y in around]
    return "".join(
        [*ways, *(circle(x, y, 24, INK) for x, y in around), circle(320, 140, 38, CORAL)]
    )


def bridge() -> str:
    """A bridge from one house to another, with three dots on their way over."""
    way = line("M150 176C230 60 410 60 490 176", INK, 12)
    houses = box(60, 150, 110, 90, PINE) + box(470, 110, 110, 130, CORAL)
    return (
        houses + way + "".join(circle(x, y, 15, INK) for x, y in ((235, 74), (320, 52), (405, 74)))
    )


def bicycle() -> str:
    frame = line(
        "M220 190L280 100H390L330 190H220M280 100L330 190M390 100L430 190M390 100L380 70H414", CORAL
    )
    return ring(220, 190, 56, INK, 10) + ring(430, 190, 56, INK, 10) + frame


def open_door() -> str:
    """A door that stands open, with a way that leads in from the left."""
    return "".join(
        [
            box(380, 40, 130, 200, INK),
            f'<path d="M380 40L330 66V262L380 240z" fill="{CORAL}"/>',
            line("M70 250C150 250 190 200 320 214", PINE, 10),
            circle(70, 214, 22, PINE),
        ]
    )


def drawings() -> Iterator[Drawing]:
    """All of them, by the names that the files of the cases use."""
    yield Drawing("nio-av-tio", "Tio prickar i rad. Nio är fyllda.", FOLLOW_UP, parts_of(9, 10))
    yield Drawing("sex-av-sju", "Sju prickar i rad. Sex är fyllda.", FLEXIBILITY, parts_of(6, 7))
    yield Drawing(
        "ett-fem-tolv", "Tre staplar som växer: en, fem och tolv.", FOLLOW_UP, bars(1, 5, 12)
    )
    yield Drawing(
        "fyra-steg",
        "En trappa i fyra steg upp till en dörr. Någon står på det första steget.",
        COLLABORATION,
        stairs(4),
    )
    yield Drawing("samtal", "Två personer på var sin sida om ett bord.", RELATIONS, conversation())
    yield Drawing(
        "team",
        "Sex personer i ring runt en sjunde, med en linje till var och en.",
        HOLISTIC,
        many_around_one(),
    )
    yield Drawing(
        "bro", "En bro mellan två hus med tre prickar på väg över.", COLLABORATION, bridge()
    )
    yield Drawing("cykel", "En cykel av enkla former.", FLEXIBILITY, bicycle())
    yield Drawing("oppen-dorr", "En öppen dörr och en väg som leder dit.", FLEXIBILITY, open_door())
