package web

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"sync"
)

const cacheBytes = 16 << 20 // of pages kept, plain and compressed

// cache keeps public pages as sent, until public content changes. Public pages are the same for all readers of a language, signed in or
// not, so the address is the whole key.
type cache struct {
	version func(context.Context) (int64, error)
	mu      sync.Mutex
	pages   map[string]*cached
	bytes   int
	seen    int64 // version of the content that the pages were made from
}

// cached is one page with its headers.
type cached struct {
	kind, tag string
	name      string // under which it is saved, of a file
	plain     []byte
	compress  sync.Once
	gzip      []byte // made when first asked for
}

func newCache(version func(context.Context) (int64, error)) *cache {
	return &cache{version: version, pages: map[string]*cached{}}
}

// get finds a page that is still true; nil if there is none. An unknown version of the content counts as changed. The version it returns
// must be handed to put, so that a page rendered before a change is not kept after it.
func (c *cache) get(ctx context.Context, key string) (*cached, int64) {
	version, err := c.version(ctx)
	if err != nil {
		return nil, -1
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if version != c.seen {
		c.pages, c.bytes, c.seen = map[string]*cached{}, 0, version
	}
	return c.pages[key], version
}

// put keeps a page made from the given version of the content.
func (c *cache) put(key string, p *cached, version int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if version != c.seen || version < 0 {
		return
	}
	size := len(p.plain) * 5 / 4 // and about a fifth of it in gzip
	if c.bytes+size > cacheBytes {
		c.pages, c.bytes = map[string]*cached{}, 0
	}
	if _, has := c.pages[key]; !has {
		c.bytes += size
	}
	c.pages[key] = p
}

// newCached takes a copy of body and names it by its hash; weakly, because it goes out compressed and plain (RFC 9110, 8.8.3).
func newCached(kind, name string, body []byte) *cached {
	sum := sha256.Sum256(body)
	return &cached{kind: kind, name: name, tag: `W/"` + hex.EncodeToString(sum[:12]) + `"`, plain: bytes.Clone(body)}
}

// compressed is the page in gzip.
func (p *cached) compressed() []byte {
	p.compress.Do(func() {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		_, _ = z.Write(p.plain)
		_ = z.Close()
		p.gzip = b.Bytes()
	})
	return p.gzip
}

// serve sends the page, compressed where the reader takes that, or 304 where they have it already.
func (p *cached) serve(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", p.kind)
	saveAs(h, p.name)
	h.Set("Cache-Control", "public, max-age=0, must-revalidate")
	h.Set("ETag", p.tag)
	h.Set("Vary", "Accept-Encoding")
	if has(r.Header.Get("If-None-Match"), p.tag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	body := p.plain
	if len(body) > 1024 && takesGzip(r.Header.Get("Accept-Encoding")) {
		h.Set("Content-Encoding", "gzip")
		body = p.compressed()
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	_, _ = w.Write(body)
}

// saveAs tells a browser to save a file under a name; an empty one says nothing.
func saveAs(h http.Header, name string) {
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
