package web

import (
	"strings"
	"time"

	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/internal/statistics"
)

// replaced says how many lines of a mapping become what.
func (q *request) replaced(key string, c *statistics.MappingChange) string {
	count := func(n int) string { return q.locale.Integer(int64(n)) }
	return q.t(key, "New", count(c.New), "Changed", count(c.Changed), "Removed", count(c.Removed), "Unchanged", count(c.Unchanged))
}

// replacedLines names the first lines of a mapping that are not as they were.
func (q *request) replacedLines(c *statistics.MappingChange) []string {
	var all []string
	first, more := c.First()
	for _, line := range first {
		all = append(all, q.t("import.line_"+string(line.Change), "Indicator", line.Indicator, "Source", strings.TrimSpace(line.Source+" "+line.Select)))
	}
	if more > 0 {
		all = append(all, q.t("import.more", "Count", more))
	}
	return all
}

// mappings are links to the mappings that a city has and had.
func (q *request) mappings(list []statistics.MappingRecord) []link {
	all := make([]link, len(list))
	day := func(at int64) string { return q.moment(time.UnixMilli(at)) }
	for i, m := range list {
		all[i] = link{Text: q.t("import.mapping_now", "From", day(m.At), "By", m.Actor), URL: q.path("desk", "cities", q.PathValue("city"), "mappings", m.Import, "mapping.csv")}
		if m.ReplacedAt != 0 {
			all[i].Text = q.t("import.mapping_former", "From", day(m.At), "By", m.Actor, "Until", day(m.ReplacedAt), "Next", m.ReplacedBy)
		}
	}
	return all
}

// mappingFile gives a mapping that the city has or had, as a file that can be given in again.
func (s *Server) mappingFile(q *request) (answer, error) {
	var mapping statistics.Mapping
	err := s.rooms.View(q.Context(), func(tx database.Tx) (err error) {
		mapping, err = s.rooms.Statistics.MappingFrom(q.Context(), tx, q.PathValue("city"), q.PathValue("import"))
		return err
	})
	if err != nil {
		return answer{}, err
	}
	var b strings.Builder
	if err := statistics.WriteMapping(&b, mapping); err != nil {
		return answer{}, err
	}
	return csvFile(b.String(), q.PathValue("city"), "mapping"), nil
}

// mappingColumn is a column of the mapping file with what it holds.
type mappingColumn struct{ Name, Holds string }

// mappingColumns explains the mapping file, as docs/import.md does.
func (q *request) mappingColumns() (all []mappingColumn) {
	for _, name := range []string{"standard_indicator", "source_indicator", "select", "transform", "unit", "fit", "note", "period"} {
		all = append(all, mappingColumn{name, q.t("import.help." + name)})
	}
	return all
}

// mappingTemplate gives a mapping to fill in: the indicators of the profile by which the city was assessed last, else all, and the city's own.
func (s *Server) mappingTemplate(q *request) (answer, error) {
	c, own, err := s.cityWithOwn(q)
	if err != nil {
		return answer{}, err
	}
	std := own.Under(s.rooms.Standard)
	dimensions := std.Dimensions
	public, err := s.rooms.Publication.City(q.Context(), c.ID)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return answer{}, err
	}
	if public.Newest != nil {
		if profile, ok := std.Profile(public.Newest.Profile); ok {
			dimensions = std.Select(*profile)
		}
	}
	var b strings.Builder
	if err := statistics.WriteMappingTemplate(&b, dimensions); err != nil {
		return answer{}, err
	}
	q.writer.Header().Set("Content-Disposition", `attachment; filename="mapping-template.csv"`)
	return csvFile(b.String()), nil
}
