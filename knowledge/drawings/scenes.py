"""Drawings of situations, each one idea."""

from .forms import CORAL, INK, PAPER, PINE, QUIET, WIDTH, box, circle, line, person, ring


def talk() -> str:
    """Two people, a word between them, and a clock that says it is short."""
    return "".join(
        [
            person(190, 244, 170, PINE),
            person(440, 244, 170, CORAL),
            line("M284 96H350M284 126H326", INK, 10),
            ring(560, 78, 38, INK, 8),
            line("M560 78V54M560 78L576 88", INK, 7),
        ]
    )


def peers() -> str:
    """Two people beside each other at a table, one chair no longer empty."""
    return "".join(
        [
            person(250, 214, 150, PINE),
            person(390, 214, 150, CORAL),
            box(120, 206, 400, 14, INK),
            box(160, 220, 12, 44, INK),
            box(468, 220, 12, 44, INK),
        ]
    )


def scale() -> str:
    """Eleven steps from nothing to ten, the fifth chosen: why not a lower one?"""
    steps = [
        circle(70 + n * 50, 140, 18, PINE) if n < 5 else ring(70 + n * 50, 140, 15, QUIET, 5)
        for n in range(11)
    ]
    return "".join([*steps, ring(70 + 5 * 50, 140, 24, CORAL, 10)])


def practice() -> str:
    """Two and two who practise, four times."""
    pairs = "".join(
        person(80 + n * 140, 220, 105, PINE) + person(140 + n * 140, 220, 105, CORAL)
        for n in range(4)
    )
    return pairs + line("M60 232H580", INK, 8)


def week() -> str:
    """Five days of a week; the first three are done."""
    days = []
    for n in range(5):
        left = 72 + n * 102
        days.append(box(left, 70, 84, 140, PINE if n < 3 else PAPER))
        if n < 3:
            days.append(line(f"M{left + 22} 142l14 16l26-34", PAPER, 9))
    return "".join(days)


def long_way(people: int = 4) -> str:
    """One adult who goes along the whole way, from step to step."""
    way = line("M50 236H590", INK, 8)
    pairs = "".join(
        person(96 + n * 140, 228, 130, PINE) + person(150 + n * 140, 228, 90, CORAL)
        for n in range(people)
    )
    return way + pairs


def open_door() -> str:
    """A door that stands open, and a way in that anybody can take."""
    return "".join(
        [
            box(380, 40, 130, 200, INK),
            f'<path d="M380 40L330 66V262L380 240z" fill="{CORAL}"/>',
            line("M70 250C150 250 190 200 320 214", PINE, 10),
            person(90, 244, 90, PINE),
        ]
    )


def reach() -> str:
    """A telephone, a letter and a door: the ways by which somebody is reached, in their order."""
    phone = box(70, 60, 96, 170, INK) + box(82, 80, 72, 116, PAPER) + circle(118, 214, 8, PAPER)
    letter = box(236, 100, 170, 112, PINE) + line("M242 106L321 168L400 106", PAPER, 8)
    door = box(486, 50, 92, 190, CORAL) + circle(562, 148, 8, PAPER)
    return phone + line("M184 150H216", INK, 7) + letter + line("M424 150H464", INK, 7) + door


def visit() -> str:
    """Two who walk together to a house."""
    roof = f'<path d="M400 126L490 56L580 126z" fill="{INK}"/>'
    house = box(416, 126, 148, 114, PINE) + box(472, 172, 38, 68, PAPER)
    way = line("M60 244H400", INK, 8)
    return roof + house + way + person(160, 236, 120, PINE) + person(220, 236, 100, CORAL)


def passes() -> str:
    """Six sheets in a row, each a little fuller than the last."""
    sheets = []
    for n in range(6):
        left = 56 + n * 90
        sheets.append(box(left, 80, 74, 110, PAPER))
        sheets += [line(f"M{left + 14} {102 + 22 * r}H{left + 58}", PINE, 7) for r in range(n // 2)]
        sheets.append(line(f"M{left + 14} {102 + 22 * (n // 2)}H{left + 30 + 5 * n}", CORAL, 7))
    return "".join(sheets)


def plan() -> str:
    """A sheet in two columns: short steps to the left, one aim to the right."""
    sheet = box(130, 36, 380, 208, PAPER) + line("M320 56V224", QUIET, 4)
    steps = "".join(
        ring(168, 84 + 52 * n, 13, PINE, 6) + line(f"M200 {84 + 52 * n}H290", INK, 8)
        for n in range(3)
    )
    return sheet + steps + circle(416, 136, 52, CORAL) + circle(416, 136, 20, PAPER)


def class_list() -> str:
    """A list of a class: four columns, here and there a mark."""
    marked = {(0, 1), (2, 0), (2, 2), (3, 3), (5, 1), (5, 2)}
    cells = [
        box(226 + c * 74, 32 + r * 37, 60, 27, CORAL if (r, c) in marked else PAPER)
        for r in range(6)
        for c in range(4)
    ]
    names = [line(f"M84 {46 + r * 37}H{176 - 14 * (r % 3)}", INK, 8) for r in range(6)]
    return "".join(names + cells)


def stairs(steps: int = 5) -> str:
    """Steps up, each with somebody who answers for it."""
    width, height = 100, 34
    left = (WIDTH - steps * width) // 2
    forms = []
    for n in range(steps):
        x, top = left + n * width, 244 - (n + 1) * height
        forms.append(box(x, top, width, 244 - top, PINE))
        forms.append(person(x + width // 2, top, 56, CORAL if n == 0 else INK))
    return "".join(forms)


def bridge() -> str:
    """A bridge from one house to another, and something that is carried over."""
    houses = box(50, 140, 120, 104, PINE) + box(470, 100, 120, 144, CORAL)
    way = line("M150 176C230 66 410 66 490 176", INK, 12)
    return houses + way + person(320, 92, 70, INK) + box(344, 62, 30, 24, PAPER)


def table() -> str:
    """A table seen from above: the student at its head, three adults, one empty place."""
    places = circle(170, 140, 34, CORAL) + "".join(
        circle(x, y, 26, PINE) for x, y in ((280, 58), (380, 222), (380, 58))
    )
    return box(216, 92, 240, 96, INK) + places + ring(280, 222, 22, QUIET, 5)


def one_plan() -> str:
    """Three sheets that become one."""
    many = "".join(box(70 + 34 * n, 60 + 26 * n, 110, 130, PAPER) for n in range(3))
    edges = "".join(line(f"M{84 + 34 * n} {84 + 26 * n}H{150 + 34 * n}", QUIET, 7) for n in (0, 1))
    arrow = line("M300 150H390M366 126L390 150L366 174", INK, 10)
    one = box(440, 60, 140, 170, PAPER)
    lines = "".join(line(f"M460 {96 + 34 * n}H{560 - 16 * n}", PINE, 9) for n in range(4))
    return many + edges + line("M152 136H218M152 162H200", QUIET, 7) + arrow + one + lines


def work() -> str:
    """From a first day to a certificate: three stops along a way."""
    stops = circle(110, 180, 26, PINE) + circle(300, 150, 26, PINE) + circle(470, 112, 26, PINE)
    paper = box(520, 44, 80, 100, PAPER) + circle(560, 116, 14, CORAL)
    return (
        line("M60 190C180 176 300 150 520 100", INK, 10)
        + stops
        + paper
        + line("M536 70H584", INK, 7)
    )


def heart() -> str:
    """Somebody who is asked how they are: a heart over a person."""
    shape = "M410 206L336 132C312 104 330 64 366 64C388 64 402 78 410 92C418 78 432 64 454 64"
    whole = f'<path d="{shape}C490 64 508 104 484 132z" fill="{CORAL}"/>'
    return whole + person(200, 244, 180, PINE)


def six_fields() -> str:
    """Six fields around one person."""
    fields = [
        box(70 + (n % 3) * 180, 40 + (n // 3) * 112, 140, 88, colour)
        for n, colour in enumerate((PINE, PAPER, PINE, PAPER, PINE, PAPER))
    ]
    return "".join([*fields, circle(320, 140, 58, CORAL), person(320, 172, 64, PAPER)])


def day() -> str:
    """A day with its points: bed, breakfast, bus, school, and one that breaks."""
    points = "".join(circle(90 + 115 * n, 140, 26, PINE) for n in (0, 1, 3, 4))
    return line("M60 140H290M352 140H580", INK, 10) + points + ring(320, 140, 24, CORAL, 9)


def no_difference() -> str:
    """Two bars of the same height, and a sign of equality between them."""
    ground = line("M60 240H580")
    equal = line("M290 130H350M290 158H350", INK, 11)
    return ground + box(130, 76, 100, 160, CORAL) + box(410, 76, 100, 160, PINE) + equal


def school_year() -> str:
    """Twelve months in a row: two of summer, where the line is whole, and one that is broken."""
    months = [box(44 + n * 46, 84, 36, 112, PAPER if n in (10, 11) else PINE) for n in range(12)]
    return "".join([*months, line("M320 60L296 120L344 150L312 222", CORAL, 10)])


def eight_to_one() -> str:
    """One square above, eight below."""
    squares = "".join(box(70 + n * 64, 152, 52, 52, PINE) for n in range(8))
    return box(70, 68, 52, 52, CORAL) + squares
