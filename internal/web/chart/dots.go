package chart

import (
	"fmt"
	"html"
	"math"
	"strings"
)

// Dots compares groups at one time: a row each, the widest gap drawn as a line between two dots with its size on it.
type Dots struct {
	Groups  []Dot // in the order in which they are shown
	City    *Rule // the value of the whole city, a tick in every row
	Minimum *Rule
	Number  func(float64) string
	Gap     string // the size of the gap in words, written on its line; empty: no gap is drawn
	Unit    string
}

// Dot is one group's value. A group without a value is left to the table.
type Dot struct {
	Name         string
	Value        float64
	Lower, Upper *float64
}

// HTML draws the rows as a list; the names are text, so that they follow the reader's direction and size, and the tracks are SVG.
func (d Dots) HTML() Drawing {
	if len(d.Groups) == 0 {
		return ""
	}
	lo, hi := math.Inf(1), math.Inf(-1)
	widen := func(values ...float64) {
		for _, v := range values {
			lo, hi = math.Min(lo, v), math.Max(hi, v)
		}
	}
	low, high := d.Groups[0], d.Groups[0]
	for _, g := range d.Groups {
		widen(g.Value)
		if from, to, ok := span(g.Value, g.Lower, g.Upper); ok {
			widen(from, to)
		}
		if g.Value < low.Value {
			low = g
		}
		if g.Value > high.Value {
			high = g
		}
	}
	for _, r := range []*Rule{d.City, d.Minimum} {
		if r != nil {
			widen(r.Value)
		}
	}
	ticks := Ticks(lo, hi, 4, true)
	lo, hi = ticks[0], ticks[len(ticks)-1]
	at := func(v float64) float64 { return 3 + 94*(v-lo)/(hi-lo) }

	var b strings.Builder
	b.WriteString(`<ul class="dots">`)
	if d.Gap != "" && high.Value > low.Value {
		fmt.Fprintf(&b, `<li class="gap"><span class="name"></span><svg class="track" aria-hidden="true"><path/><line x1="%.2f%%" x2="%.2f%%" y1="70%%" y2="70%%"/><text x="%.2f%%" y="48%%">%s</text></svg><span class="number"></span></li>`,
			at(low.Value), at(high.Value), math.Min(math.Max((at(low.Value)+at(high.Value))/2, 16), 84), html.EscapeString(d.Gap))
	}
	for _, g := range d.Groups {
		class := ""
		if d.Gap != "" && (g == low || g == high) {
			class = ` class="far"`
		}
		fmt.Fprintf(&b, `<li%s><span class="name">%s</span><svg class="track" aria-hidden="true"><line class="axis" x1="3%%" x2="97%%" y1="50%%" y2="50%%"/>`, class, html.EscapeString(g.Name))
		if d.City != nil {
			fmt.Fprintf(&b, `<line class="city" x1="%.2f%%" x2="%.2f%%" y1="10%%" y2="90%%"/>`, at(d.City.Value), at(d.City.Value))
		}
		if d.Minimum != nil {
			fmt.Fprintf(&b, `<line class="minimum" x1="%.2f%%" x2="%.2f%%" y1="0" y2="100%%"/>`, at(d.Minimum.Value), at(d.Minimum.Value))
		}
		radius := 6
		if from, to, ok := span(g.Value, g.Lower, g.Upper); ok {
			radius = 4 // so that a short bar shows beside it
			fmt.Fprintf(&b, `<line class="interval" x1="%.2f%%" x2="%.2f%%" y1="50%%" y2="50%%"/>`, at(from), at(to))
		}
		fmt.Fprintf(&b, `<circle cx="%.2f%%" cy="50%%" r="%d"/></svg><span class="number">%s</span></li>`, at(g.Value), radius, html.EscapeString(d.Number(g.Value)))
	}
	b.WriteString(`</ul>`)
	return Drawing(b.String())
}
