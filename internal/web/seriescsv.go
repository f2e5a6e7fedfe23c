package web

import (
	"strings"

	"github.com/cityrights/cityrights/internal/publication"
)

// seriesCSV is a series as a file, the title in the reader's language.
func (q *request) seriesCSV(doc publication.Series) (answer, error) {
	var b strings.Builder
	if err := publication.WriteSeriesCSV(&b, doc, q.titleWith(doc.Indicator, doc.Own).S); err != nil {
		return answer{}, err
	}
	return csvFile(b.String(), doc.Head.ID, doc.Indicator, "series"), nil
}
