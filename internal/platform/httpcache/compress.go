package httpcache

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"sync"
)

var writers sync.Pool // of *gzip.Writer

// Compress gives the body of an answer that is not kept in the form in which it goes out: in gzip where the reader takes that and it is worth it. It
// says so in the headers. It is not for a page that holds a secret of the node's beside words that a stranger has put into its address (CRIME and BREACH:
// the length tells how alike they are).
func Compress(h http.Header, r *http.Request, body []byte) []byte {
	if len(body) <= 1024 {
		return body
	}
	h.Add("Vary", "Accept-Encoding")
	if !takesGzip(r.Header.Get("Accept-Encoding")) {
		return body
	}
	var b bytes.Buffer
	z, used := writers.Get().(*gzip.Writer)
	if used {
		z.Reset(&b)
	} else {
		z = gzip.NewWriter(&b)
	}
	_, _ = z.Write(body)
	_ = z.Close()
	writers.Put(z)
	h.Set("Content-Encoding", "gzip")
	return b.Bytes()
}
