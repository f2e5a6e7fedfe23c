package statistics

import (
	"io"

	"github.com/cityrights/cityrights/internal/platform/sheet"
	"github.com/cityrights/cityrights/standard"
)

// WriteMappingTemplate writes a mapping file to fill in: a row for each indicator of the dimensions with its unit and, as a note, its title.
// ParseMapping leaves out the rows in which nothing was decided, and a note that is the title.
func WriteMappingTemplate(w io.Writer, dimensions []standard.Dimension) error {
	out := sheet.NewWriter(w)
	_ = out.Row(mappingHead...) // Flush gives the error
	for d := range dimensions {
		for r := range dimensions[d].Requirements {
			for _, in := range dimensions[d].Requirements[r].Indicators {
				_ = out.Row(in.ID, "", "", "", in.Unit, "", in.Title, "")
			}
		}
	}
	return out.Flush()
}

// titleOf gives the title of an indicator as a mapping's note would have it; empty where the standard does not have it.
func titleOf(std *standard.Standard, id string) string {
	if std == nil {
		return ""
	}
	in, ok := std.Indicator(id)
	if !ok {
		return ""
	}
	return tidyText(in.Title)
}
