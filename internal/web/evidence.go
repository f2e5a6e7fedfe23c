package web

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/internal/platform/files"
	"github.com/cityrights/cityrights/measure/scorecard"
)

// evidenceLine is a piece of evidence in a list.
type evidenceLine struct {
	ID    string
	Title text
	URL   string
	Away  bool   // the address leads to another site
	Facts string // its kind, date, form and size
}

// evidenceLine says a piece of public evidence; base is the address below which the node's own files are.
func (q *request) evidenceLine(e scorecard.Evidence, base string) evidenceLine {
	line := evidenceLine{ID: e.ID, Title: q.foreign(e.Title, e.Language), URL: e.URL, Away: true}
	var facts []string
	if e.Kind != "" {
		facts = append(facts, q.term("evidence", e.Kind))
	}
	if e.Dated != "" {
		facts = append(facts, q.dated(e.Dated))
	}
	if e.File != nil {
		line.URL, line.Away = under(base, e.ID), false
		facts = append(facts, q.fileFacts(e.File.Media, e.File.Size))
	}
	line.Facts = dotted(facts)
	return line
}

// fileFacts says the form and the size of a file.
func (q *request) fileFacts(media string, size int64) string {
	kind, _ := files.KindOf(media)
	return q.t("evidence.file_facts", "Form", kind.Name, "Size", q.fileSize(size))
}

// fileSize writes a size in thousands or millions of bytes.
func (q *request) fileSize(size int64) string {
	if size < 1_000_000 {
		return q.t("evidence.kilobytes", "Size", q.locale.Integer(max(1, (size+500)/1000)))
	}
	return q.t("evidence.megabytes", "Size", q.locale.Number(float64(size)/1_000_000))
}

// dated writes the date of a document as far as it is known.
func (q *request) dated(date string) string {
	parts := strings.Split(date, "-")
	switch len(parts) {
	case 1:
		return q.locale.Code(date)
	case 2:
		month, _ := strconv.Atoi(parts[1])
		return q.t("evidence.month", "Month", q.t("month."+strconv.Itoa(month)), "Year", parts[0])
	}
	day, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return q.locale.Code(date)
	}
	return q.locale.Date(day)
}

// evidenceFile sends the file of a piece of public evidence. One that was withdrawn is gone; a page that is evidence stands on the requirement's page.
func (s *Server) evidenceFile(q *request) (answer, error) {
	city, period, requirement := q.PathValue("city"), q.PathValue("period"), q.PathValue("requirement")
	doc, err := s.rooms.Publication.Requirement(q.Context(), city, period, requirement)
	if err != nil {
		return answer{}, err
	}
	e, gone, ok := doc.Evidence(q.PathValue("evidence"))
	page := q.path("cities", doc.Head.ID, doc.Period.Period, doc.Result.ID)
	switch {
	case !ok:
		return answer{}, fault.New(fault.NotFound, "no such evidence is public")
	case gone:
		return q.withdrawnEvidence(page, doc.Result.ID), nil
	case e.File == nil:
		return answer{redirect: page + "#" + e.ID}, nil
	}
	f, err := s.rooms.Files.Open(e.File.SHA256)
	if err != nil {
		return answer{}, err
	}
	return answer{file: &sentFile{File: f, hash: e.File.SHA256, name: e.File.Name, media: e.File.Media, language: e.Language}}, nil
}

// withdrawnEvidence is what stands in the place of evidence that was public.
func (q *request) withdrawnEvidence(page, requirement string) answer {
	a := q.page(q.t("evidence.withdrawn"), []string{}, view{Section: "cities", Body: errorPage(errorView{
		Code: http.StatusGone, Heading: q.t("evidence.withdrawn"), Why: q.t("evidence.withdrawn_why"),
		Ways: []link{{Text: q.t("evidence.to_requirement", "Requirement", q.locale.Code(requirement)), URL: page}, {Text: q.t("error.cities"), URL: q.path("cities")}},
	})})
	a.status = http.StatusGone
	return a
}
