package chart

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"html"
	"math"
	"strings"
	"sync"
)

//go:embed outlines.json
var outlineData []byte

// outlines are land and borders as lines of whole tenths of a degree: longitude, latitude, longitude, …
var outlines = sync.OnceValue(func() (o struct{ Land, Borders [][]int }) {
	if err := json.Unmarshal(outlineData, &o); err != nil {
		panic("chart: outlines.json: " + err.Error()) // the file is built in: a programmer's mistake
	}
	return o
})

// Place is a dot on the map, leading somewhere.
type Place struct {
	Name, Link          string
	Latitude, Longitude float64
}

// Map draws places on the outlines of the land around them, in the Equal Earth projection (Šavrič, Patterson and Jenny 2018), which
// shows no part of the world larger than it is. Without places it is empty.
func Map(label string, places []Place) Drawing {
	if len(places) == 0 {
		return ""
	}
	const width, height = 680.0, 400.0
	lo, hi := frame(places)
	scale := math.Min(width/(hi[0]-lo[0]), height/(hi[1]-lo[1]))
	left := (lo[0]+hi[0])/2 - width/scale/2
	top := (lo[1]+hi[1])/2 + height/scale/2
	project := func(lon, lat float64) (float64, float64) {
		x, y := equalEarth(lon, lat)
		return (x - left) * scale, (top - y) * scale
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="map" viewBox="0 0 %g %g" role="group" aria-label="%s"><rect class="sea" width="%g" height="%g"/><path class="land" d="`,
		width, height, html.EscapeString(label), width, height)
	for _, ring := range outlines().Land {
		trace(&b, ring, project, width, height, true)
	}
	b.WriteString(`"/><path class="border" d="`)
	for _, line := range outlines().Borders {
		trace(&b, line, project, width, height, false)
	}
	b.WriteString(`"/>`)
	for _, p := range places {
		x, y := project(p.Longitude, p.Latitude)
		side, shift := "start", 11.0
		if x > width*0.72 {
			side, shift = "end", -11
		}
		fmt.Fprintf(&b, `<a href="%s"><circle class="touch" cx="%.1f" cy="%.1f" r="22"/><circle class="dot" cx="%.1f" cy="%.1f" r="6"/><text class="%s" x="%.1f" y="%.1f">%s</text></a>`,
			html.EscapeString(p.Link), x, y, x, y, side, x+shift, y+5, html.EscapeString(p.Name))
	}
	b.WriteString(`</svg>`)
	return Drawing(b.String())
}

// frame is the part of the world to show: all places with land around them, never closer than a region of about 15 degrees.
func frame(places []Place) (lo, hi [2]float64) {
	lo, hi = [2]float64{math.Inf(1), math.Inf(1)}, [2]float64{math.Inf(-1), math.Inf(-1)}
	for _, p := range places {
		x, y := equalEarth(p.Longitude, p.Latitude)
		lo[0], hi[0] = math.Min(lo[0], x), math.Max(hi[0], x)
		lo[1], hi[1] = math.Min(lo[1], y), math.Max(hi[1], y)
	}
	for i, least := range []float64{0.36, 0.22} {
		pad := math.Max(0.12*(hi[i]-lo[i]), (least-(hi[i]-lo[i]))/2)
		lo[i], hi[i] = lo[i]-pad, hi[i]+pad
	}
	return lo, hi
}

// trace writes a line, leaving out points that fall on nearly the same pixel and lines that are nowhere near the frame.
func trace(b *strings.Builder, line []int, project func(lon, lat float64) (float64, float64), width, height float64, closed bool) {
	const margin = 40
	var path []byte
	lo, hi := [2]float64{math.Inf(1), math.Inf(1)}, [2]float64{math.Inf(-1), math.Inf(-1)}
	px, py := math.Inf(1), math.Inf(1)
	beyond := func(v, limit float64) float64 { return math.Max(-margin, math.Min(limit+margin, v)) }
	for i := 0; i+1 < len(line); i += 2 {
		x, y := project(float64(line[i])/10, float64(line[i+1])/10)
		lo, hi = [2]float64{math.Min(lo[0], x), math.Min(lo[1], y)}, [2]float64{math.Max(hi[0], x), math.Max(hi[1], y)}
		x, y = beyond(x, width), beyond(y, height)
		if math.Abs(x-px)+math.Abs(y-py) < 1.2 && i+3 < len(line) {
			continue
		}
		letter := byte('L')
		if len(path) == 0 {
			letter = 'M'
		}
		path = fmt.Appendf(append(path, letter), "%.0f %.0f", x, y)
		px, py = x, y
	}
	if hi[0] < 0 || lo[0] > width || hi[1] < 0 || lo[1] > height {
		return
	}
	b.Write(path)
	if closed {
		b.WriteByte('Z')
	}
}

// equalEarth projects degrees to the plane; x runs from about -2.7 to 2.7, y from -1.3 to 1.3.
func equalEarth(lon, lat float64) (x, y float64) {
	const a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
	m := math.Sqrt(3) / 2
	t := math.Asin(m * math.Sin(lat*math.Pi/180))
	t2 := t * t
	t6 := t2 * t2 * t2
	x = lon * math.Pi / 180 * math.Cos(t) / (m * (a1 + 3*a2*t2 + t6*(7*a3+9*a4*t2)))
	y = t * (a1 + a2*t2 + t6*(a3+a4*t2))
	return x, y
}
