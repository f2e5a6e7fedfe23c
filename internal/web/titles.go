package web

import (
	"sync"

	"github.com/cityrights/cityrights/internal/publication"
	"github.com/cityrights/cityrights/measure/scorecard"
	"github.com/cityrights/cityrights/standard"
)

// titles are the titles of a standard in one language, ready for a page. A page says hundreds of them.
type titles struct {
	dimensions, requirements, indicators map[string]text
}

// titleSet makes the titles of each language when they are first asked for.
type titleSet struct {
	standard *standard.Standard
	mu       sync.Mutex
	all      map[string]*titles
}

func (s *titleSet) in(q *request) *titles {
	s.mu.Lock()
	defer s.mu.Unlock()
	if made := s.all[q.locale.Tag]; made != nil {
		return made
	}
	made := &titles{dimensions: map[string]text{}, requirements: map[string]text{}, indicators: map[string]text{}}
	in := s.standard.In(q.locale.Tag)
	for d := range s.standard.Dimensions {
		dim := &s.standard.Dimensions[d]
		made.dimensions[dim.ID] = q.own(in.Dimension(dim))
		for r := range dim.Requirements {
			req := &dim.Requirements[r]
			made.requirements[req.ID] = q.own(in.Requirement(req).Title)
			for i := range req.Indicators {
				made.indicators[req.Indicators[i].ID] = q.own(in.Indicator(&req.Indicators[i]))
			}
		}
	}
	if s.all == nil {
		s.all = map[string]*titles{}
	}
	s.all[q.locale.Tag] = made
	return made
}

// titled finds a title, or gives the id where the standard has none: a city's own indicator, or one of another version.
func titled(all map[string]text, id string) text {
	if t, ok := all[id]; ok {
		return t
	}
	return text{S: id}
}

func (q *request) requirementTitle(id string) text { return titled(q.titles().requirements, id) }
func (q *request) dimensionTitle(id string) text   { return titled(q.titles().dimensions, id) }
func (q *request) indicatorTitle(id string) text   { return titled(q.titles().indicators, id) }

// titleOf finds the title of an indicator in a scorecard: a city's own brings it along, in the city's language.
func (q *request) titleOf(i scorecard.Indicator) text {
	if i.Local {
		return q.foreign(i.Title, i.Language)
	}
	return q.indicatorTitle(i.ID)
}

// outlineTitle is the same of an assessment's outline.
func (q *request) outlineTitle(f publication.OutlineFigure) text {
	if f.Title != "" {
		return q.foreign(f.Title, f.Language)
	}
	return q.indicatorTitle(f.Indicator)
}

// titleWith is the same where a document says what a city's own indicator is; nil: it is one of the standard's.
func (q *request) titleWith(id string, own *publication.Own) text {
	if own != nil {
		return q.foreign(own.Title, own.Language)
	}
	return q.indicatorTitle(id)
}

// isolated is a title for a sentence in another language, so that neither turns the other's direction (Unicode Standard Annex 9, FSI and PDI).
func isolated(t text) string {
	if t.Lang == "" {
		return t.S
	}
	return "\u2068" + t.S + "\u2069"
}

// titles are looked up once for a request.
func (q *request) titles() *titles {
	if q.said == nil {
		q.said = q.server.titles.in(q)
	}
	return q.said
}
