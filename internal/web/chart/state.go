package chart

import (
	"context"
	"html"
	"io"
)

// State draws the mark of a requirement's state, told apart by shape before colour: met filled, partly half, not met empty, disputed
// split by a line, unknown dotted, outside the city's powers a dash. It is decoration: the state stands in words beside it.
func State(state string) Drawing {
	if drawn, ok := states[state]; ok {
		return drawn
	}
	return states["unknown"]
}

var states = map[string]Drawing{
	"met":      mark("met", `<rect class="box full" x="1.5" y="1.5" width="13" height="21" rx="3"/>`),
	"partly":   mark("partly", `<path class="full" d="M1.5 12h13v7.5a3 3 0 0 1-3 3h-7a3 3 0 0 1-3-3z"/><rect class="box" x="1.5" y="1.5" width="13" height="21" rx="3"/>`),
	"not_met":  mark("not-met", `<rect class="box" x="1.5" y="1.5" width="13" height="21" rx="3"/>`),
	"disputed": mark("disputed", `<rect class="box" x="1.5" y="1.5" width="13" height="21" rx="3"/><path class="split" d="M2.5 21.5 13.5 2.5"/>`),
	"outside":  mark("outside", `<path class="dash" d="M2 12h12"/>`),
	"unknown":  mark("unknown", `<rect class="box dotted" x="1.5" y="1.5" width="13" height="21" rx="3"/>`),
}

func mark(class, body string) Drawing {
	return Drawing(`<svg class="state ` + class + `" viewBox="0 0 16 24" aria-hidden="true">` + body + `</svg>`)
}

// Mark is one requirement in a strip: where it leads, and its title and state in words.
type Mark struct{ Link, Title, Word, State string }

// Strip is a dimension's requirements as a row of marks, each with its words for those who do not see it. It is a component of templates.
type Strip []Mark

// Render draws the marks.
func (s Strip) Render(_ context.Context, w io.Writer) error {
	for _, m := range s {
		title, word, mark := html.EscapeString(m.Title), html.EscapeString(m.Word), string(State(m.State))
		for _, piece := range [...]string{`<li><a href="`, html.EscapeString(m.Link), `" title="`, title, ": ", word, `">`, mark,
			`<span class="visually-hidden">`, title, ": ", word, `</span></a></li>`} {
			if _, err := io.WriteString(w, piece); err != nil {
				return err
			}
		}
	}
	return nil
}

// Party draws the mark of one of the three parties: square authority, circle civil society, triangle residents.
func Party(party string) Drawing {
	switch party {
	case "authority":
		return `<svg class="party authority" viewBox="0 0 16 16" aria-hidden="true"><rect x="1.5" y="1.5" width="13" height="13" rx="1"/></svg>`
	case "civil_society":
		return `<svg class="party civil-society" viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="7"/></svg>`
	case "residents":
		return `<svg class="party residents" viewBox="0 0 16 16" aria-hidden="true"><path d="M8 1 15.5 14.5H.5z"/></svg>`
	}
	return ""
}
