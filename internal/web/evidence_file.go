package web

import (
	"mime"
	"net/http"
	"os"
	"time"

	"github.com/cityrights/cityrights/internal/platform/files"
)

// sentFile is a file that somebody has handed in, on its way to a reader. It is closed once it was sent.
type sentFile struct {
	*os.File
	hash, name, media string
	language          string // of the document; empty: not known
}

// serve sends the file so that it can do no harm here, whatever it holds: it is shown in a sandbox without scripts, forms or anything from elsewhere, by
// the type that was read from its content. A picture, which was drawn anew, is shown; all else is saved. Parts of it can be asked for.
func (f sentFile) serve(w http.ResponseWriter, r *http.Request, public bool) {
	defer func() { _ = f.Close() }() // was only read
	h := w.Header()
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'")
	h.Set("Content-Type", f.media)
	disposition := "attachment"
	if k, known := files.KindOf(f.media); known && k.Picture {
		disposition = "inline"
	}
	h.Set("Content-Disposition", mime.FormatMediaType(disposition, map[string]string{"filename": f.name}))
	h.Set("ETag", `"`+f.hash+`"`)
	if f.language != "" {
		h.Set("Content-Language", f.language)
	}
	if public {
		h.Set("Cache-Control", "public, max-age=0, must-revalidate") // it may be withdrawn
	}
	http.ServeContent(w, r, "", time.Time{}, f.File)
}
