package api

import (
	"time"

	"github.com/cityrights/cityrights/internal/publication"
	"github.com/cityrights/cityrights/measure/scorecard"
)

// Series is all that is public about an indicator of a city.
type Series struct {
	City      CityName           `json:"city"`
	Indicator string             `json:"indicator"`
	Title     string             `json:"title" doc:"In the language of the standard or, for one of the city's own, in own.language."`
	Own       *Own               `json:"own,omitempty" doc:"What the city's own indicator is, since no standard says it."`
	Unit      string             `json:"unit"`
	Fit       string             `json:"fit" enum:"exact,close" doc:"Whether the source measures what the standard asks for, or something near it."`
	Note      string             `json:"note,omitempty" doc:"What the source measures instead, where the fit is close."`
	Transform string             `json:"transform,omitempty" doc:"How the source's values were changed, if they were: scale:N, complement:100, difference:Column:A:B, per:N:source (value = cases / base × N)."`
	Sources   []Source           `json:"sources"`
	Bases     []Source           `json:"bases,omitempty" doc:"Of the denominators of rates; one without a code is the number of inhabitants that the city itself gives."`
	Headline  []Value            `json:"headline" doc:"Of the whole city, by rising period; empty where only groups are known."`
	Groups    []Group            `json:"groups"`
	Trend     string             `json:"trend" doc:"better, worse, no_clear_change or too_little_data."`
	Slope     *scorecard.Slope   `json:"slope,omitempty" doc:"Change per year with its 95 per cent interval."`
	Gaps      []scorecard.Gap    `json:"gaps,omitempty" doc:"Between the lowest and the highest group of a breakdown, the widest first."`
	Minimum   *scorecard.Minimum `json:"minimum,omitempty" doc:"That the standard declares, and whether the latest value reaches it."`
	Grounds   Grounds            `json:"grounds"`
	Hidden    int                `json:"hidden" doc:"Values hidden because too few people stand behind them."`
	Revisions []Revision         `json:"revisions" doc:"The newest first, the latest fifty."`
}

// Own says what a city's own indicator is. It informs and never judges.
type Own struct {
	Requirement string `json:"requirement" doc:"Of the standard, on which it hangs."`
	Title       string `json:"title"`
	Question    string `json:"question,omitempty"`
	Note        string `json:"note,omitempty"`
	Language    string `json:"language,omitempty" doc:"BCP 47, of its texts."`
}

// Source says where values come from.
type Source struct {
	Code           string    `json:"code"`
	Title          string    `json:"title"`
	Publisher      string    `json:"publisher"`
	URL            string    `json:"url" doc:"Where the source has published them; empty where it has not."`
	Licence        string    `json:"licence,omitempty" doc:"Under which the source has published them."`
	Periodicity    string    `json:"periodicity,omitempty"`
	Released       string    `json:"released,omitempty"`
	Classification string    `json:"classification,omitempty"`
	Method         string    `json:"method,omitempty"`
	Coverage       string    `json:"coverage,omitempty"`
	Retrieved      time.Time `json:"retrieved" doc:"When this node took them over."`
}

// Value is a value in a period.
type Value struct {
	Period string   `json:"period" doc:"As the source writes it."`
	Start  string   `json:"start" format:"date" doc:"The first day."`
	End    string   `json:"end" format:"date" doc:"The last day."`
	Value  float64  `json:"value"`
	Lower  *float64 `json:"lower,omitempty" doc:"Bound of the value's interval, as the source gives it."`
	Upper  *float64 `json:"upper,omitempty"`
	Count  *int64   `json:"count,omitempty" doc:"How many people or cases stand behind it."`
	Status string   `json:"status,omitempty" doc:"What the source says of it: estimated, provisional and the like."`
	Base   *Base    `json:"base,omitempty" doc:"What a rate was made of."`
}

// Base is what a rate was made of.
type Base struct {
	Cases  float64 `json:"cases" doc:"People or events that were counted."`
	Value  float64 `json:"value" doc:"People, households or births that they are of."`
	Period string  `json:"period" doc:"Of value, in the words of its source."`
	Older  int     `json:"older,omitempty" doc:"Years by which value is older than cases."`
}

// Group is a part of the population.
type Group struct {
	Ground    string  `json:"ground,omitempty" doc:"Of discrimination, by the standard's keys; absent where none fits."`
	Dimension string  `json:"dimension" doc:"What the source calls the breakdown."`
	Name      string  `json:"name"`
	Code      string  `json:"code,omitempty"`
	Values    []Value `json:"values"`
}

// Grounds compares the breakdowns that the standard asks for with those that are public.
type Grounds struct {
	Present []string `json:"present"`
	Missing []string `json:"missing"`
}

// Revision is a value that changed after it had been public.
type Revision struct {
	Period   string    `json:"period"`
	Group    string    `json:"group,omitempty" doc:"Absent: the whole city."`
	Old      *float64  `json:"old" doc:"Null: it was not there."`
	OldLower *float64  `json:"old_lower,omitempty"`
	OldUpper *float64  `json:"old_upper,omitempty"`
	New      *float64  `json:"new" doc:"Null: the source has withdrawn it."`
	NewLower *float64  `json:"new_lower,omitempty"`
	NewUpper *float64  `json:"new_upper,omitempty"`
	Reason   string    `json:"reason"`
	At       time.Time `json:"at"`
}

func seriesOf(doc publication.Series, title string) Series {
	s := Series{City: nameOf(doc.Head), Indicator: doc.Indicator, Title: title, Own: ownOf(doc.Own), Unit: doc.Unit, Fit: doc.Fit, Note: doc.Note,
		Transform: doc.Transform, Sources: sourcesOf(doc.Sources), Headline: valuesOf(doc.Headline), Groups: make([]Group, len(doc.Groups)), Trend: doc.Trend,
		Slope: doc.Slope, Gaps: doc.Gaps, Minimum: doc.Minimum, Grounds: Grounds(doc.Grounds), Hidden: doc.Hidden, Revisions: make([]Revision, len(doc.Revisions))}
	if len(doc.Bases) > 0 {
		s.Bases = sourcesOf(doc.Bases)
	}
	for i, g := range doc.Groups {
		s.Groups[i] = Group{g.Ground, g.Dimension, g.Name, g.Code, valuesOf(g.Points)}
	}
	for i, r := range doc.Revisions {
		s.Revisions[i] = Revision{Period: r.Period, Group: r.Group, Old: r.Old, OldLower: r.OldLower, OldUpper: r.OldUpper, New: r.New, NewLower: r.NewLower,
			NewUpper: r.NewUpper, Reason: r.Reason, At: instant(r.At)}
	}
	return s
}

func ownOf(own *publication.Own) *Own {
	if own == nil {
		return nil
	}
	return new(Own(*own))
}

func sourcesOf(all []publication.Source) []Source {
	sources := make([]Source, len(all))
	for i, s := range all {
		sources[i] = Source{Code: s.Code, Title: s.Title, Publisher: s.Publisher, URL: s.URL, Licence: s.Licence, Periodicity: s.Periodicity, Released: s.Released,
			Classification: s.Classification, Method: s.Method, Coverage: s.Coverage, Retrieved: instant(s.Retrieved)}
	}
	return sources
}

func valuesOf(points []publication.Point) []Value {
	values := make([]Value, len(points))
	for i, p := range points {
		values[i] = Value{Period: p.Period, Start: day(p.Start), End: day(p.End), Value: p.Value, Lower: p.Lower, Upper: p.Upper, Count: p.Count, Status: p.Status}
		if p.Base != nil {
			values[i].Base = new(Base(*p.Base))
		}
	}
	return values
}

// day writes yyyymmdd as ISO 8601 does. A series has thousands of them, so it is not Sprintf.
func day(number int) string {
	text := []byte("0000-00-00")
	for _, at := range [...]int{9, 8, 6, 5, 3, 2, 1, 0} {
		text[at] = byte('0' + number%10)
		number /= 10
	}
	return string(text)
}
