package web

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/platform/locale"
	"github.com/cityrights/cityrights/standard"
)

// request is what a page's handler is handed: the HTTP request with the reader's language and, where a route asks for it, who they are.
type request struct {
	*http.Request
	server *Server
	writer http.ResponseWriter // for limits on what is sent; pages return an answer instead
	locale *locale.Locale
	actor  account.Actor
	said   *titles
}

// answer is what a handler gives back: a page, a file or a way elsewhere.
type answer struct {
	view   *view
	status int // 0: 200

	kind string // of a file, by its media type
	name string // under which a browser saves a file; only ASCII letters, digits, dots and hyphens
	body []byte
	file *sentFile // one that somebody has handed in

	redirect string
}

// t says a message in the reader's language.
func (q *request) t(key string, args ...any) string { return q.locale.T(key, args...) }

// path builds an address under the reader's language.
func (q *request) path(parts ...string) string { return pathIn(q.locale.Tag, parts...) }

func pathIn(tag string, parts ...string) string {
	var b strings.Builder
	b.WriteString("/" + tag)
	for _, p := range parts {
		b.WriteByte('/')
		b.WriteString(url.PathEscape(p))
	}
	if len(parts) == 0 {
		b.WriteByte('/')
	}
	return b.String()
}

// under is the address of a part below an address.
func under(address, part string) string { return address + "/" + url.PathEscape(part) }

// page makes a page's answer; here are the parts of its address below the language, so that the other languages can be linked.
func (q *request) page(title string, here []string, v view) answer {
	v.Title = title
	v.Node, v.Version, v.Home = q.server.about(q.Context()), q.server.version, q.path()
	v.Languages = make([]link, len(locale.Shipped))
	for i, tag := range locale.Shipped {
		in, _ := q.server.locales.Get(tag)
		v.Languages[i] = link{Text: in.Name, URL: pathIn(tag, here...), Lang: tag, Current: tag == q.locale.Tag}
	}
	return answer{view: &v}
}

// crumbs are the way to a page, from the home page down; the last is the page itself.
func (q *request) crumbs(way ...link) []link {
	way = append([]link{{Text: q.t("nav.home"), URL: q.path()}}, way...)
	way[len(way)-1].URL = ""
	return way
}

// own marks a standard's text with its language where that is not the page's.
func (q *request) own(t standard.Text) text { return q.foreign(t.Text, t.Language) }

// foreign marks a text of a known language where that is not the page's.
func (q *request) foreign(s, tag string) text {
	if tag == q.locale.Tag || tag == "" {
		return text{S: s}
	}
	return textIn(s, tag)
}

// original marks a text of the standard that is not translated yet.
func (q *request) original(s string) text { return q.foreign(s, q.server.rooms.Standard.Language) }

// term says a key of the standard's vocabulary: by the catalogue, or in the standard's own words where a newer standard has a new key.
func (q *request) term(vocabulary, key string) string {
	if said, ok := q.locale.Say("term." + vocabulary + "." + key); ok {
		return said
	}
	terms := q.server.rooms.Standard.Terms
	for _, t := range map[string][]standard.Term{"values": terms.Values, "evidence": terms.Evidence, "services": terms.Services, "groups": terms.Groups, "grounds": terms.Grounds}[vocabulary] {
		if t.Key == key {
			return t.Text
		}
	}
	return key
}

// terms says several keys.
func (q *request) terms(vocabulary string, keys []string) []string {
	said := make([]string, len(keys))
	for i, key := range keys {
		said[i] = q.term(vocabulary, key)
	}
	return said
}

// list joins words as a sentence does.
func (q *request) list(words []string) string { return strings.Join(words, q.t("list.comma")) }
