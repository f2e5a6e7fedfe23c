package chart

import (
	"html"
	"math"
	"strconv"

	"github.com/cityrights/cityrights/internal/platform/locale"
)

// pen writes a drawing piece by piece. A page has hundreds of them, for which fmt takes longer than all else in it.
type pen struct{ drawn []byte }

// raw writes markup as it stands.
func (p *pen) raw(markup string) *pen {
	p.drawn = append(p.drawn, markup...)
	return p
}

// words writes text, escaped. Drawings run from left to right, so a text with letters that run the other way is isolated.
func (p *pen) words(text string) *pen {
	if locale.Turns(text) {
		text = locale.Isolate(text)
	}
	return p.raw(html.EscapeString(text))
}

// at writes a coordinate or a length, to a hundredth.
func (p *pen) at(v float64) *pen {
	p.drawn = strconv.AppendFloat(p.drawn, math.Round(v*100)/100, 'f', -1, 64)
	return p
}

// drawing is what was written.
func (p *pen) drawing() Drawing { return Drawing(p.drawn) }
