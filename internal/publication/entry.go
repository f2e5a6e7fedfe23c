package publication

import (
	"github.com/cityrights/cityrights/measure/scorecard"
)

// Entry is a city in lists: who and where it is, and its newest assessment in brief.
type Entry struct {
	Head
	Population *int64   `json:"population"`
	Latitude   *float64 `json:"latitude,omitempty"`
	Longitude  *float64 `json:"longitude,omitempty"`
	Newest     *Digest  `json:"newest,omitempty"` // nil: nothing is published yet
	Changed    int64    `json:"changed"`          // unix milliseconds of the last change of public content
}

// Digest is what a sentence or two say of an assessment.
type Digest struct {
	Period
	Requirements int      `json:"requirements"` // that the profile asks for
	Unknown      int      `json:"unknown"`      // of these
	WithFigures  int      `json:"with_figures"` // of these, with at least one public figure
	NotMet       []string `json:"not_met,omitempty"`
	Disputed     []string `json:"disputed,omitempty"`
	Change       *Change  `json:"change,omitempty"`
}

// Digest shortens a summary.
func (s *Summary) Digest() *Digest {
	short := &Digest{Period: s.Period, Change: s.Change}
	for _, d := range s.Dimensions {
		short.Requirements += len(d.Requirements)
		short.Unknown += d.Counts.Unknown
		short.WithFigures += d.WithFigures
		for _, r := range d.Requirements {
			switch r.State {
			case scorecard.NotMet:
				short.NotMet = append(short.NotMet, r.ID)
			case scorecard.Disputed:
				short.Disputed = append(short.Disputed, r.ID)
			}
		}
	}
	return short
}

func entryOf(c City) Entry {
	e := Entry{Head: c.Head, Population: c.Population, Latitude: c.Latitude, Longitude: c.Longitude, Changed: c.Changed}
	if c.Newest != nil {
		e.Newest = c.Newest.Digest()
	}
	return e
}
