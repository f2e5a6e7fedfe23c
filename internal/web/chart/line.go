package chart

import "math"

// Line is a value over time.
type Line struct {
	Label   string // what a screen reader says for the whole picture
	Points  []Point
	Minimum *Rule // drawn across
	Number  func(float64) string
	Zero    bool // the value axis starts at 0
}

// Point is a value at a time with the bounds of its interval, nil where they are not known.
type Point struct {
	At           float64 // year as a decimal
	Name         string  // the period in words
	Value        float64
	Lower, Upper *float64
}

// Rule is a named line across the chart.
type Rule struct {
	Value float64
	Name  string
}

// SVG draws the line for a phone and for a wide page; the style sheet shows one of them. Without points it is empty.
func (l Line) SVG() Drawing {
	if len(l.Points) == 0 {
		return ""
	}
	var b pen
	l.draw(&b, "narrow", 330, 220)
	l.draw(&b, "wide", 680, 300)
	return b.drawing()
}

func (l Line) draw(b *pen, class string, width, height float64) {
	const above, below, after = 26, 30, 54
	lo, hi := math.Inf(1), math.Inf(-1)
	first, last := l.Points[0].At, l.Points[0].At
	for _, p := range l.Points {
		lo, hi = math.Min(lo, p.Value), math.Max(hi, p.Value)
		first, last = math.Min(first, p.At), math.Max(last, p.At)
		if from, to, ok := span(p.Value, p.Lower, p.Upper); ok {
			lo, hi = math.Min(lo, from), math.Max(hi, to)
		}
	}
	if l.Minimum != nil {
		lo, hi = math.Min(lo, l.Minimum.Value), math.Max(hi, l.Minimum.Value)
	}
	ticks := Ticks(lo, hi, 4, l.Zero)
	lo, hi = ticks[0], ticks[len(ticks)-1]
	before := 8.0
	for _, t := range ticks {
		before = math.Max(before, 9*float64(len([]rune(l.Number(t))))+12)
	}
	x := func(at float64) float64 {
		if last == first {
			return before + (width-before-after)/2
		}
		return before + 6 + (at-first)/(last-first)*(width-before-after-6)
	}
	y := func(v float64) float64 { return above + (hi-v)/(hi-lo)*(height-above-below) }

	b.raw(`<svg class="chart line `).raw(class).raw(`" viewBox="0 0 `).at(width).raw(" ").at(height).raw(`" role="img" aria-label="`).words(l.Label).raw(`">`)
	for _, t := range ticks {
		b.raw(`<path class="grid" d="M`).at(before).raw(" ").at(y(t)).raw("H").at(width - after + 20)
		b.raw(`"/><text class="tick end" x="`).at(before - 6).raw(`" y="`).at(y(t) + 4.5).raw(`">`).words(l.Number(t)).raw(`</text>`)
	}
	if l.Minimum != nil {
		b.raw(`<path class="minimum" d="M`).at(before).raw(" ").at(y(l.Minimum.Value)).raw("H").at(width - 4)
		b.raw(`"/><text class="minimum" x="`).at(before + 4).raw(`" y="`).at(y(l.Minimum.Value) - 6).raw(`">`).words(l.Minimum.Name).raw(`</text>`)
	}
	for _, p := range l.Points {
		if from, to, ok := span(p.Value, p.Lower, p.Upper); ok {
			b.raw(`<path class="interval" d="M`).at(x(p.At)).raw(" ").at(y(from)).raw("V").at(y(to)).raw(`"/>`)
		}
	}
	l.path(b, x, y)
	for _, p := range l.Points {
		radius := 4.0
		if _, _, ok := span(p.Value, p.Lower, p.Upper); ok {
			radius = 2.5 // so that a short bar shows beside it
		}
		b.raw(`<circle cx="`).at(x(p.At)).raw(`" cy="`).at(y(p.Value)).raw(`" r="`).at(radius)
		b.raw(`"><title>`).words(p.Name).raw(": ").words(l.Number(p.Value)).raw(`</title></circle>`)
	}
	end := l.Points[len(l.Points)-1]
	b.raw(`<text class="value" x="`).at(x(end.At) + 9).raw(`" y="`).at(y(end.Value) + 5).raw(`">`).words(l.Number(end.Value)).raw(`</text>`)
	l.periods(b, x, width, height)
	b.raw(`</svg>`)
}

// path joins points of neighbouring periods; a longer pause than the usual one is a gap in the line.
func (l Line) path(b *pen, x, y func(float64) float64) {
	usual := math.Inf(1)
	for i := 1; i < len(l.Points); i++ {
		if d := l.Points[i].At - l.Points[i-1].At; d > 0 {
			usual = math.Min(usual, d)
		}
	}
	b.raw(`<path class="series" d="`)
	for i, p := range l.Points {
		move := "L"
		if i == 0 || p.At-l.Points[i-1].At > 1.5*usual {
			move = "M"
		}
		b.raw(move).at(x(p.At)).raw(" ").at(y(p.Value))
	}
	b.raw(`"/>`)
}

// periods writes as many names under the axis as have room, always the first and the last.
func (l Line) periods(b *pen, x func(float64) float64, width, height float64) {
	room := 0.0
	for _, p := range l.Points {
		room = math.Max(room, 8.5*float64(len([]rune(p.Name)))+14)
	}
	last := len(l.Points) - 1
	previous := math.Inf(-1)
	for i, p := range l.Points {
		at := x(p.At)
		if i != 0 && i != last && (at-previous < room || x(l.Points[last].At)-at < room) {
			continue
		}
		anchor := "middle"
		half := room/2 - 7
		if at-half < 0 {
			anchor = "start"
		} else if at+half > width {
			anchor = "end"
		}
		if i == last && i != 0 && at-previous < room*0.6 {
			continue
		}
		b.raw(`<text class="tick `).raw(anchor).raw(`" x="`).at(at).raw(`" y="`).at(height - 8).raw(`">`).words(p.Name).raw(`</text>`)
		previous = at
	}
}
