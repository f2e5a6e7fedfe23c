package chart

import "math"

// Dots compares groups at one time: a row each, and above them the widest gap, drawn as a line as long as the two dots are apart.
type Dots struct {
	Groups  []Dot // in the order in which they are shown
	City    *Rule // the value of the whole city, a tick in every row
	Minimum *Rule
	Number  func(float64) string
	Gap     string // the size of the gap in words, written beside its line, where it has room in every language; empty: no gap is drawn
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

	var b pen
	b.raw(`<ul class="dots">`)
	if d.Gap != "" && high.Value > low.Value {
		// The size stands on its line, but where that is near an edge far enough from it to have room on a phone.
		b.raw(`<li class="gap"><span class="name"></span><svg class="track" aria-hidden="true"><line x1="`).at(at(low.Value)).raw(`%" x2="`).at(at(high.Value))
		b.raw(`%" y1="70%" y2="70%"/><text x="`).at(math.Min(math.Max((at(low.Value)+at(high.Value))/2, 25), 75)).raw(`%" y="48%">`).words(d.Gap)
		b.raw(`</text></svg><span class="number"></span></li>`)
	}
	for _, g := range d.Groups {
		class := ""
		if d.Gap != "" && (g == low || g == high) {
			class = ` class="far"`
		}
		b.raw(`<li`).raw(class).raw(`><span class="name"><bdi>`).words(g.Name)
		b.raw(`</bdi></span><svg class="track" aria-hidden="true"><line class="axis" x1="3%" x2="97%" y1="50%" y2="50%"/>`)
		if d.City != nil {
			b.raw(`<line class="city" x1="`).at(at(d.City.Value)).raw(`%" x2="`).at(at(d.City.Value)).raw(`%" y1="10%" y2="90%"/>`)
		}
		if d.Minimum != nil {
			b.raw(`<line class="minimum" x1="`).at(at(d.Minimum.Value)).raw(`%" x2="`).at(at(d.Minimum.Value)).raw(`%" y1="0" y2="100%"/>`)
		}
		radius := 6.0
		if from, to, ok := span(g.Value, g.Lower, g.Upper); ok {
			radius = 4 // so that a short bar shows beside it
			b.raw(`<line class="interval" x1="`).at(at(from)).raw(`%" x2="`).at(at(to)).raw(`%" y1="50%" y2="50%"/>`)
		}
		b.raw(`<circle cx="`).at(at(g.Value)).raw(`%" cy="50%" r="`).at(radius).raw(`"/></svg><span class="number">`).words(d.Number(g.Value)).raw(`</span></li>`)
	}
	b.raw(`</ul>`)
	return b.drawing()
}
