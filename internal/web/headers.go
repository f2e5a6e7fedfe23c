package web

import (
	"net/http"

	"github.com/cityrights/cityrights/internal/platform/fault"
)

// headers sets what every answer carries: nothing from elsewhere may load, frame or sniff it, and no other
// site learns where its reader came from. Where people reach the node by HTTPS, browsers are told to insist on it.
func headers(secure bool, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin") // with no-referrer a browser hides the origin of our own forms too
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
		if secure {
			h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
		}
		next.ServeHTTP(w, r)
	})
}

// refuseForeignWrites lets a write pass only where the browser says that it comes from our own pages. The standard library lets one pass
// that carries neither Sec-Fetch-Site nor Origin, as scripts send it; with a cookie that is refused too.
func refuseForeignWrites(next http.Handler) http.Handler {
	protection := http.NewCrossOriginProtection()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		err := protection.Check(r)
		write := r.Method != http.MethodGet && r.Method != http.MethodHead && r.Method != http.MethodOptions
		if err == nil && write && r.Header.Get("Cookie") != "" && r.Header.Get("Sec-Fetch-Site") == "" && r.Header.Get("Origin") == "" {
			err = fault.New(fault.Forbidden, "a write with a cookie must say where it comes from")
		}
		if err != nil {
			http.Error(w, "This form was sent from another site, so nothing was changed. Open the page here and try again.", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}
