package web

import (
	"sync"

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

// titles are looked up once for a request.
func (q *request) titles() *titles {
	if q.said == nil {
		q.said = q.server.titles.in(q)
	}
	return q.said
}
