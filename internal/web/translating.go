package web

import (
	"slices"
	"strings"

	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/internal/platform/locale"
)

type translatingView struct{ Languages []translatingLine }

type translatingLine struct {
	Tag, Name, Messages, Standard string
	Files                         []link
}

// translating answers: how far is my language, and how do I make it better?
func (s *Server) translating(q *request) (answer, error) {
	std := s.rooms.Standard
	var v translatingView
	for _, tag := range locale.Shipped {
		in, _ := s.locales.Get(tag)
		row := translatingLine{Tag: tag, Name: in.Name, Messages: q.locale.Integer(int64(in.Messages()))}
		switch {
		case tag == std.Language:
			row.Standard = q.t("translating.original")
		case std.In(tag).Draft():
			row.Standard = q.t("translating.draft")
		default:
			row.Standard = q.t("translating.reviewed")
		}
		for _, area := range locale.Areas() {
			row.Files = append(row.Files, link{Text: area + ".json", URL: q.path("help", "translating", tag, area+".json")})
		}
		v.Languages = append(v.Languages, row)
	}
	title := q.t("help.translating")
	return q.page(title, []string{"help", "translating"}, view{
		Section: "help", Body: translatingPage(q.locale, v), Crumbs: q.crumbs(link{Text: q.t("help.title"), URL: q.path("help")}, link{Text: title}),
	}), nil
}

// catalogueFile gives the messages of an area in a language.
func (s *Server) catalogueFile(q *request) (answer, error) {
	tag, area := q.PathValue("tag"), q.PathValue("area")
	name, isJSON := strings.CutSuffix(area, ".json")
	if in, shipped := s.locales.Get(tag); shipped && isJSON && slices.Contains(locale.Areas(), name) {
		if file, ok := locale.File(in.Tag, name); ok {
			return answer{kind: "application/json; charset=utf-8", name: fileName(name, tag) + ".json", body: file}, nil
		}
	}
	return answer{}, fault.Said(fault.NotFound, "error.help.none", "there is no guide {Name}", "Name", tag+"/"+area)
}
