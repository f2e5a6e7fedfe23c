package statistics

import (
	"io"

	"github.com/cityrights/cityrights/internal/platform/sheet"
)

var mappingHead = []string{"standard_indicator", "source_indicator", "select", "transform", "unit", "fit", "note", "period"}

// WriteMapping writes a mapping as the file that ParseMapping reads: UTF-8, with a header, every cell safe to open in a spreadsheet.
func WriteMapping(w io.Writer, mapping Mapping) error {
	out := sheet.NewWriter(w)
	_ = out.Row(mappingHead...) // Flush gives the error
	for _, m := range mapping {
		_ = out.Row(m.Indicator, m.Source, m.selectText(), m.Transform.String(), m.Unit, m.Fit, m.Note, string(m.Period))
	}
	return out.Flush()
}
