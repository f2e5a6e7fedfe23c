package web

import (
	"io"

	"github.com/cityrights/cityrights/internal/publication"
)

// seriesTableFile is a series as a file, the title in the reader's language.
func (q *request) seriesTableFile(kind string, doc publication.Series) (answer, error) {
	title := q.titleWith(doc.Indicator, doc.Own).S
	return tableFile(kind, func(w io.Writer) error { return publication.WriteSeriesCSV(w, doc, title) }, doc.Head.ID, doc.Indicator, "series")
}
