package web

import (
	"bytes"
	"context"
	"html"
	"io"
	"strings"
	"sync"

	"github.com/a-h/templ"

	"github.com/cityrights/cityrights/internal/platform/locale"
)

// view is what the layout of every page is handed; Body is the page itself, filled with its own typed view.
type view struct {
	Title       string
	Description string
	Section     string // of the navigation: cities, standard, rights, desk
	Node        Node
	Home        string
	Languages   []link
	Crumbs      []link
	Fictional   bool     // what the page shows is invented
	Forms       bool     // the page has form components
	Style       string   // a style sheet of its own, in assets
	Scripts     []string // names of script files under assets; a page for everybody has none (see policy)
	Version     string
	Body        templ.Component
}

type link struct {
	Text, URL string
	Lang      string
	Current   bool
}

// text is a piece of a standard or of a city's own words. It is a component of templates: its words, escaped, marked with their language
// where that is not the page's.
type text struct {
	S         string
	Lang, Dir string // empty: the page's own
}

// textIn is a text in another language than the page's.
func textIn(s, tag string) text { return text{S: s, Lang: tag, Dir: locale.Direction(tag)} }

// Render writes the text.
func (t text) Render(_ context.Context, w io.Writer) error {
	if t.Lang != "" {
		for _, piece := range [...]string{`<span lang="`, html.EscapeString(t.Lang), `" dir="`, t.Dir, `">`} {
			if _, err := io.WriteString(w, piece); err != nil {
				return err
			}
		}
	}
	if _, err := io.WriteString(w, html.EscapeString(t.S)); err != nil || t.Lang == "" {
		return err
	}
	_, err := io.WriteString(w, "</span>")
	return err
}

// plain is words in the page's language. A template's { } says the same by way of fmt; that shows in rows of which a page has hundreds.
type plain string

// Render writes the words, escaped.
func (p plain) Render(_ context.Context, w io.Writer) error {
	_, err := io.WriteString(w, html.EscapeString(string(p)))
	return err
}

// comma parts the members of a list; nothing follows the last of n.
func comma(i, n int) string {
	if i+1 == n {
		return ""
	}
	return ", "
}

// dotted sets facts beside each other.
func dotted(facts []string) string { return strings.Join(facts, " · ") }

var buffers sync.Pool // of *bytes.Buffer

// render writes the page into a buffer of its own, so that an error leaves nothing half sent and the length is known. The caller returns
// the buffer with done.
func render(ctx context.Context, l *locale.Locale, v *view) (page *bytes.Buffer, done func(), err error) {
	b, used := buffers.Get().(*bytes.Buffer)
	if !used {
		b = new(bytes.Buffer)
	}
	b.Reset()
	done = func() { buffers.Put(b) }
	if err := layout(l, v).Render(ctx, b); err != nil {
		done()
		return nil, nil, err
	}
	return b, done, nil
}
