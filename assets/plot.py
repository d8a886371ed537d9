"""A small plot of the last days as a picture in Markdown: SVG written here, for Dagster's pages take no script.

Bars are stacked by series in the order given; a line, in per cent, has a scale of its own on the right.
"""

import base64
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape

_WIDTH, _HEIGHT = 640, 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 48, 34, 30
_COLOURS = ("#4f7cac", "#d1495b", "#8a9a5b")
_LINE = "#e09f3e"


class Plot(NamedTuple):
    """`days` as text; `bars` a count a day for each series; `line` (its name, per cent a day), if there is one."""

    days: Sequence[str]
    bars: Mapping[str, Sequence[float]]
    line: tuple[str, Sequence[float]] | None = None


def picture(plot: Plot, meaning: str) -> str:
    """The plot as a Markdown picture, or a sentence if there is no day to show; `meaning` says what is seen."""
    if not plot.days:
        return "No day has been published yet."
    data = base64.b64encode(svg(plot).encode()).decode()
    return f"![{meaning}](data:image/svg+xml;base64,{data})"


def svg(plot: Plot) -> str:
    """The plot as an SVG document."""
    top = _round_up(max(sum(values) for values in zip(*plot.bars.values(), strict=True)) if plot.bars else 0)
    step = (_WIDTH - _LEFT - _RIGHT) / len(plot.days)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{_HEIGHT}"'
        ' font-family="sans-serif" font-size="11" fill="#555">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>',
        *_legend(plot),
    ]
    for share in (0, 0.5, 1):
        y = _y(share)
        parts.append(f'<path d="M{_LEFT} {y:.1f}H{_WIDTH - _RIGHT}" stroke="#ddd"/>')
        if plot.bars:
            parts.append(f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{top * share:,.0f}</text>')
        if plot.line:
            parts.append(f'<text x="{_WIDTH - _RIGHT + 6}" y="{y + 4:.1f}">{share:.0%}</text>')
    parts += _bars(plot, top, step)
    if plot.line:
        points = [(_LEFT + (place + 0.5) * step, _y(value / 100)) for place, value in enumerate(plot.line[1])]
        drawn = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        parts.append(f'<polyline points="{drawn}" fill="none" stroke="{_LINE}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="{_LINE}"/>' for x, y in points]
    for place in sorted({0, len(plot.days) - 1}):
        x = _LEFT + (place + 0.5) * step
        anchor = "start" if place == 0 and len(plot.days) > 1 else "end" if place else "middle"
        parts.append(f'<text x="{x:.1f}" y="{_HEIGHT - 10}" text-anchor="{anchor}">{escape(plot.days[place])}</text>')
    return "".join([*parts, "</svg>"])


def _legend(plot: Plot) -> list[str]:
    names = [*zip(plot.bars, _COLOURS, strict=False)] + ([(plot.line[0], _LINE)] if plot.line else [])
    parts, x = [], _LEFT
    for name, colour in names:
        parts.append(f'<rect x="{x}" y="10" width="10" height="10" fill="{colour}"/>')
        parts.append(f'<text x="{x + 15}" y="19">{escape(name)}</text>')
        x += 35 + 7 * len(name)
    return parts


def _bars(plot: Plot, top: float, step: float) -> list[str]:
    parts = []
    width = min(step * 0.8, 36)
    for place in range(len(plot.days)):
        below = 0.0
        for values, colour in zip(plot.bars.values(), _COLOURS, strict=False):
            height = _y(below / top) - _y((below + values[place]) / top)
            below += values[place]
            if height > 0:
                x = _LEFT + (place + 0.5) * step - width / 2
                parts.append(
                    f'<rect x="{x:.1f}" y="{_y(below / top):.1f}" width="{width:.1f}" height="{height:.1f}"'
                    f' fill="{colour}"/>'
                )
    return parts


def _y(share: float) -> float:
    return _TOP + (1 - share) * (_HEIGHT - _TOP - _BOTTOM)


def _round_up(value: float) -> float:
    """The next of 2, 4, 10, 20, 40, 100 …: its half is a whole number, too."""
    size = 2.0
    while size < value:
        size *= 2.5 if str(int(size))[0] == "4" else 2
    return size
