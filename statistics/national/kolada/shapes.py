"""The documented shapes of Kolada's answers. What does not fit is refused with its place."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, Field, ValidationError


class UnexpectedAnswer(Exception):
    """The server answered something else than its documentation says."""


def _empty_is_none(value):
    return None if value == "" else value


_Day = Annotated[date | None, BeforeValidator(_empty_is_none)]
_Year = Annotated[int | None, BeforeValidator(_empty_is_none), Field(ge=1900, le=2200)]


class Value(BaseModel):
    """``gender``: T both, K women, M men. ``isdeleted``: the value is taken back."""

    gender: Literal["T", "K", "M"]
    value: float | None = Field(allow_inf_nan=False)
    status: str | None = Field(default="", max_length=40)
    isdeleted: bool = False


class Observation(BaseModel):
    kpi: str
    municipality: str = Field(max_length=20)
    period: int = Field(ge=1900, le=2200)
    values: list[Value]


class About(BaseModel):
    """What Kolada says of a key figure."""

    id: str
    title: str = Field(max_length=400)
    description: str | None = ""
    publ_period: _Year = None
    prel_publication_date: _Day = None
    publication_date: _Day = None


class Member(BaseModel):
    member_id: str


class Group(BaseModel):
    id: str
    title: str
    members: list[Member]


class _Page(BaseModel):
    next_url: str | None = None


class Observations(_Page):
    values: list[Observation]


class Abouts(_Page):
    values: list[About]


class Groups(_Page):
    values: list[Group]


def read(shape: type[_Page], content: object, address: str):
    """The answer in its shape. Raises UnexpectedAnswer, naming the first thing that is wrong."""
    try:
        return shape.model_validate(content)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"])) or "svaret"
        raise UnexpectedAnswer(
            f"{address} svarade inte i den form som är dokumenterad: {place}, {first['msg']}."
        ) from None
