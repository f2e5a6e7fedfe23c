package web

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"sync"
	"text/template/parse"

	"github.com/cityrights/cityrights/internal/platform/locale"
	"github.com/cityrights/cityrights/internal/web/chart"
)

//go:embed templates/*.html
var templateFiles embed.FS

// view is what the layout of every page is handed; Body is the typed view of the page itself.
type view struct {
	Lang, Dir   string
	Title       string
	Description string
	Section     string // of the navigation: cities, standard, rights, desk
	Node        Node
	Home        string
	Languages   []link
	Crumbs      []link
	Fictional   bool // what the page shows is invented
	Forms       bool // the page has form components
	Version     string
	Body        any
}

type link struct {
	Text, URL string
	Lang      string
	Current   bool
}

// text is a piece of a standard or of a city's own words, with its language where that differs from the page's.
type text struct {
	S    string
	Lang string        // empty: the page's own
	HTML template.HTML // the same, escaped and marked with its language
}

// plainText is a text in the page's own language.
func plainText(s string) text {
	return text{S: s, HTML: template.HTML(template.HTMLEscapeString(s))} //nolint:gosec // escaped
}

// textIn is a text in another language.
func textIn(s, tag string) text {
	return text{S: s, Lang: tag, HTML: template.HTML(`<span lang="` + template.HTMLEscapeString(tag) + `" dir="` + locale.Direction(tag) + `">` + template.HTMLEscapeString(s) + `</span>`)} //nolint:gosec // escaped
}

// renderer holds the templates, parsed for each language when first asked for.
type renderer struct {
	locales *locale.Set
	mu      sync.Mutex
	parsed  map[[2]string]*template.Template
}

func newRenderer(locales *locale.Set) *renderer {
	return &renderer{locales: locales, parsed: map[[2]string]*template.Template{}}
}

var buffers sync.Pool // of *bytes.Buffer

// render writes the page into a buffer of its own, so that an error leaves nothing half sent. The caller returns the buffer with done.
func (r *renderer) render(l *locale.Locale, name string, v *view) (page *bytes.Buffer, done func(), err error) {
	t, err := r.template(l, name)
	if err != nil {
		return nil, nil, err
	}
	b, used := buffers.Get().(*bytes.Buffer)
	if !used {
		b = new(bytes.Buffer)
	}
	b.Reset()
	if err := t.ExecuteTemplate(b, "layout", v); err != nil {
		return nil, nil, fmt.Errorf("render %s: %w", name, err)
	}
	return b, func() { buffers.Put(b) }, nil
}

func (r *renderer) template(l *locale.Locale, name string) (*template.Template, error) {
	key := [2]string{l.Tag, name}
	r.mu.Lock()
	defer r.mu.Unlock()
	if t := r.parsed[key]; t != nil {
		return t, nil
	}
	t, err := template.New("").Funcs(functions(l)).ParseFS(templateFiles, "templates/layout.html", "templates/parts.html", "templates/form_parts.html", "templates/"+name+".html")
	if err != nil {
		return nil, fmt.Errorf("parse template %s: %w", name, err)
	}
	for _, part := range t.Templates() {
		if part.Tree != nil {
			sayOnce(part.Tree.Root, l)
		}
	}
	r.parsed[key] = t
	return t, nil
}

func functions(l *locale.Locale) template.FuncMap {
	return template.FuncMap{
		"t":       l.T,
		"number":  l.Number,
		"integer": func(n int) string { return l.Integer(int64(n)) },
		"state":   chart.State,
		"party":   chart.Party,
	}
}

// sayOnce replaces messages without arguments by their text when a template is parsed, so that they cost nothing when it is rendered.
// They stand in text and in quoted attributes only, where escaped HTML is right; templates_test.go holds that.
func sayOnce(list *parse.ListNode, l *locale.Locale) {
	if list == nil {
		return
	}
	for i, node := range list.Nodes {
		switch n := node.(type) {
		case *parse.ActionNode:
			if key, ok := constantMessage(n.Pipe); ok {
				list.Nodes[i] = &parse.TextNode{NodeType: parse.NodeText, Pos: n.Pos, Text: []byte(template.HTMLEscapeString(l.T(key)))}
			}
		case *parse.IfNode:
			sayOnce(n.List, l)
			sayOnce(n.ElseList, l)
		case *parse.RangeNode:
			sayOnce(n.List, l)
			sayOnce(n.ElseList, l)
		case *parse.WithNode:
			sayOnce(n.List, l)
			sayOnce(n.ElseList, l)
		}
	}
}

func constantMessage(pipe *parse.PipeNode) (key string, ok bool) {
	if len(pipe.Decl) > 0 || len(pipe.Cmds) != 1 || len(pipe.Cmds[0].Args) != 2 {
		return "", false
	}
	name, isName := pipe.Cmds[0].Args[0].(*parse.IdentifierNode)
	argument, isString := pipe.Cmds[0].Args[1].(*parse.StringNode)
	if !isName || !isString || name.Ident != "t" {
		return "", false
	}
	return argument.Text, true
}
