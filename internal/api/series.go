package api

import (
	"context"
	"io"

	"github.com/cityrights/cityrights/internal/publication"
)

// SeriesHead is a series in lists.
type SeriesHead struct {
	Indicator string   `json:"indicator" doc:"Of the standard; one of the city's own begins with L."`
	Title     string   `json:"title" doc:"Of the indicator, in the language of the standard or, for one of the city's own, in own.language."`
	Own       *Own     `json:"own,omitempty" doc:"What the city's own indicator is, since no standard says it."`
	Unit      string   `json:"unit"`
	Fit       string   `json:"fit" enum:"exact,close" doc:"Whether the source measures what the standard asks for, or something near it."`
	Trend     string   `json:"trend" doc:"better, worse, no_clear_change or too_little_data."`
	First     string   `json:"first" doc:"The earliest period with a value."`
	Last      string   `json:"last" doc:"The latest."`
	Sources   []Source `json:"sources"`
}

// SeriesPath names a series in an address.
type SeriesPath struct {
	CityPath
	Indicator string `path:"indicator" example:"ENV.1.O2" doc:"The indicator's id."`
}

func (s *Server) seriesList(ctx context.Context, in *struct {
	CityPath
	Paging
}) (List[SeriesHead], error) {
	all, err := s.rooms.Publication.AllSeries(ctx, in.City)
	if err != nil {
		return List[SeriesHead]{}, err
	}
	heads := make([]SeriesHead, len(all))
	for i, one := range all {
		heads[i] = SeriesHead{Indicator: one.Indicator, Title: s.title(one.Indicator, one.Own), Own: ownOf(one.Own), Unit: one.Unit, Fit: one.Fit, Trend: one.Trend,
			First: one.First, Last: one.Last, Sources: sourcesOf(one.Sources)}
	}
	return page(in.Paging, heads, func(h SeriesHead) string { return h.Indicator }, rising)
}

func (s *Server) series(ctx context.Context, in *SeriesPath) (Series, error) {
	doc, err := s.rooms.Publication.Series(ctx, in.City, in.Indicator)
	if err != nil {
		return Series{}, err
	}
	return seriesOf(doc, s.title(doc.Indicator, doc.Own)), nil
}

func (s *Server) seriesTable(ctx context.Context, in *SeriesPath) (func(io.Writer) error, error) {
	doc, err := s.rooms.Publication.Series(ctx, in.City, in.Indicator)
	return func(w io.Writer) error { return publication.WriteSeriesCSV(w, doc, s.title(doc.Indicator, doc.Own)) }, err
}

// title says what an indicator is called: by the city where it is the city's own, else by a standard.
func (s *Server) title(indicator string, own *publication.Own) string {
	if own != nil {
		return own.Title
	}
	for _, std := range s.rooms.Standards {
		if i, ok := std.Indicator(indicator); ok {
			return i.Title
		}
	}
	return ""
}
