package web

import (
	"bytes"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"github.com/a-h/templ"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	markdown "github.com/yuin/goldmark/text"

	"github.com/cityrights/cityrights/docs"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

func (s *Server) helpRoutes() []route {
	return []route{
		{"GET", "/{lang}/help", public, s.help},
		{"GET", "/{lang}/help/{guide}", public, s.guide},
		{"GET", "/{lang}/help/images/{image}", public, s.helpImage},
		{"GET", "/{lang}/help/translating", public, s.translating},
		{"GET", "/{lang}/help/translating/{tag}/{area}", public, s.catalogueFile},
	}
}

// guideOrder is the order in which guides are offered; one that is not named comes last.
var guideOrder = []string{"officer", "contact", "first-year", "council-act", "operator"}

type helpView struct {
	Guides []guideLine
	More   []link
}

type guideLine struct {
	URL         string
	Title, Says text
}

type guideView struct {
	Text   templ.Component
	Lang   string // of the text where it is not the page's, else empty
	Notice string // that the text is in English, or a draft
	Take   []link
}

// help answers: where do I read how to do this?
func (s *Server) help(q *request) (answer, error) {
	v := helpView{More: []link{{Text: q.t("help.translating"), URL: q.path("help", "translating")}}}
	for _, name := range ordered(docs.Guides(), guideOrder) {
		source, in, _ := docs.Guide(q.locale.Tag, name)
		title, says := headOfGuide(source)
		v.Guides = append(v.Guides, guideLine{URL: q.path("help", name), Title: q.foreign(title, in), Says: q.foreign(says, in)})
	}
	return q.page(q.t("help.title"), []string{"help"}, view{
		Section: "help", Body: helpPage(q.locale, v), Description: q.t("help.lead"), Crumbs: q.crumbs(link{Text: q.t("help.title")}),
	}), nil
}

// ordered puts names into an order; those that it does not name follow as they come.
func ordered(names, order []string) []string {
	var all []string
	for _, list := range [][]string{order, names} {
		for _, name := range list {
			if slices.Contains(names, name) && !slices.Contains(all, name) {
				all = append(all, name)
			}
		}
	}
	return all
}

// headOfGuide gives a guide's heading and its first paragraph.
func headOfGuide(source []byte) (title, says string) {
	heading, rest, _ := strings.Cut(string(source), "\n")
	paragraph, _, _ := strings.Cut(strings.TrimSpace(rest), "\n\n")
	return strings.TrimPrefix(heading, "# "), strings.Trim(strings.Join(strings.Fields(paragraph), " "), "*")
}

// guide shows a guide, or gives its source where the address ends in .md.
func (s *Server) guide(q *request) (answer, error) {
	name, wantsSource := strings.CutSuffix(q.PathValue("guide"), ".md")
	source, in, ok := docs.Guide(q.locale.Tag, name)
	if !ok {
		return answer{}, fault.Said(fault.NotFound, "error.help.none", "there is no guide {Name}", "Name", name)
	}
	if wantsSource {
		return answer{kind: "text/markdown; charset=utf-8", name: fileName(name, in) + ".md", body: source}, nil
	}
	title, _ := headOfGuide(source)
	v := guideView{Text: s.guides.render(source, in, q.path("help")), Take: []link{{Text: q.t("help.take"), URL: q.path("help", name+".md")}}}
	switch {
	case in != q.locale.Tag:
		v.Lang, v.Notice = in, q.t("help.english")
	case in != "en":
		v.Notice = q.t("help.draft")
	}
	return q.page(title, []string{"help", name}, view{
		Section: "help", Body: guidePage(q.locale, v), Crumbs: q.crumbs(link{Text: q.t("help.title"), URL: q.path("help")}, link{Text: title}),
	}), nil
}

func (s *Server) helpImage(q *request) (answer, error) {
	name := q.PathValue("image")
	picture, err := fs.ReadFile(docs.Help, "images/"+name)
	if err != nil {
		return answer{}, fault.Said(fault.NotFound, "error.help.none", "there is no guide {Name}", "Name", name)
	}
	return answer{kind: "image/png", body: picture}, nil
}

// guideTexts are guides as HTML, made when first asked for.
type guideTexts struct {
	lock sync.Mutex
	made map[string]templ.Component
}

// render makes the HTML of a guide. Its links to other guides and to pictures lead below the address of the help.
func (g *guideTexts) render(source []byte, in, below string) templ.Component {
	g.lock.Lock()
	defer g.lock.Unlock()
	key := in + below + string(source[:bytes.IndexByte(source, '\n')])
	if made, ok := g.made[key]; ok {
		return made
	}
	reader := goldmark.New(goldmark.WithExtensions(extension.Table), goldmark.WithParserOptions(parser.WithAutoHeadingID()))
	tree := reader.Parser().Parse(markdown.NewReader(source))
	_ = ast.Walk(tree, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.Link:
			if name, guide := strings.CutSuffix(string(n.Destination), ".md"); guide && entering && !strings.Contains(name, "/") {
				n.Destination = []byte(below + "/" + name)
			}
		case *ast.Image:
			if name, own := strings.CutPrefix(string(n.Destination), "../../images/"); own && entering {
				n.Destination = []byte(below + "/images/" + name)
			}
		}
		return ast.WalkContinue, nil
	})
	var b bytes.Buffer
	_ = reader.Renderer().Render(&b, source, tree) // a buffer takes everything
	html := templ.Raw(b.String())
	if g.made == nil {
		g.made = map[string]templ.Component{}
	}
	g.made[key] = html
	return html
}
