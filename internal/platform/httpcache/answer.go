package httpcache

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"sync"
)

// Answer is the body of one answer with what its headers say. It is never changed after it was made.
type Answer struct {
	kind, tag string
	name      string // under which it is saved, of a file
	plain     []byte
	compress  sync.Once
	gzip      []byte // made when first asked for
}

// NewAnswer takes a copy of body, of the given media type, and names it by its hash; weakly, because it goes out compressed and plain
// (RFC 9110, 8.8.3).
func NewAnswer(kind string, body []byte) *Answer { return NewFile(kind, "", body) }

// NewFile is NewAnswer for what a browser saves under a name; an empty one says nothing.
func NewFile(kind, name string, body []byte) *Answer {
	sum := sha256.Sum256(body)
	return &Answer{kind: kind, name: name, tag: `W/"` + hex.EncodeToString(sum[:12]) + `"`, plain: bytes.Clone(body)}
}

// compressed is the body in gzip.
func (a *Answer) compressed() []byte {
	a.compress.Do(func() {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		_, _ = z.Write(a.plain)
		_ = z.Close()
		a.gzip = b.Bytes()
	})
	return a.gzip
}

// Serve sends the answer, compressed where the reader takes that, or 304 where they have it already.
func (a *Answer) Serve(w http.ResponseWriter, r *http.Request) {
	a.ServeFor(w, r, "public, max-age=0, must-revalidate")
}

// ServeFor is Serve with what the answer may be kept for (RFC 9111, 5.2).
func (a *Answer) ServeFor(w http.ResponseWriter, r *http.Request, keep string) {
	h := w.Header()
	h.Set("Content-Type", a.kind)
	SaveAs(h, a.name)
	h.Set("Cache-Control", keep)
	h.Set("ETag", a.tag)
	h.Set("Vary", "Accept-Encoding")
	if has(r.Header.Get("If-None-Match"), a.tag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	body := a.plain
	if len(body) > 1024 && takesGzip(r.Header.Get("Accept-Encoding")) {
		h.Set("Content-Encoding", "gzip")
		body = a.compressed()
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	_, _ = w.Write(body)
}

// SaveAs tells a browser to save a file under a name, which needs no quoting; an empty one says nothing.
func SaveAs(h http.Header, name string) {
	if name != "" {
		h.Set("Content-Disposition", `attachment; filename="`+name+`"`)
	}
}

// has tells whether a list of entity tags names one, compared weakly (RFC 9110, 8.8.3.2 and 13.1.2).
func has(list, tag string) bool {
	for one := range strings.SplitSeq(list, ",") {
		if one = strings.TrimSpace(one); one == "*" || strings.TrimPrefix(one, "W/") == strings.TrimPrefix(tag, "W/") {
			return true
		}
	}
	return false
}

// takesGzip tells whether a reader takes gzip (RFC 9110, 12.5.3).
func takesGzip(accept string) bool {
	for one := range strings.SplitSeq(accept, ",") {
		name, weight, _ := strings.Cut(strings.TrimSpace(one), ";")
		if name = strings.TrimSpace(name); name == "gzip" || name == "*" {
			q, found := strings.CutPrefix(strings.ReplaceAll(weight, " ", ""), "q=")
			value, err := strconv.ParseFloat(q, 64)
			return !found || err == nil && value > 0
		}
	}
	return false
}
