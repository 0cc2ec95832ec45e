"""What a parser hands over: an edition, and the account of every line of its document."""

from dataclasses import dataclass, field

from innograph.records.editions import Edition


@dataclass(frozen=True, slots=True)
class LineUse:
    """What one line of a document gave: ``fact``, ``description``, or furniture under the name of a rule."""

    number: int
    use: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """What a parser understood, and the account of every line that is not blank."""

    edition: Edition
    family: str
    uses: tuple[LineUse, ...]
    unaccounted: tuple[int, ...] = field(default=())
    """Numbers of lines that nothing understood; empty unless the reader was told to be lenient."""
    notes: tuple[str, ...] = ()
    """What the reader of the document should know, e.g. two counts that differ."""
