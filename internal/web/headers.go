package web

import (
	"crypto/rand"
	"net/http"

	"github.com/cityrights/cityrights/internal/platform/fault"
)

// policy is the Content Security Policy (CSP 3) of every answer: nothing runs, and nothing comes from elsewhere.
//
// Public pages are kept and sent as the same bytes to everybody, so that they cannot hold a nonce, which is worth something only where nobody can
// foresee it. They need none: they have no script. Pages that are made for one reader may have scripts, and then only those that the page
// itself names with the nonce of this one answer (see withNonce): a script that somebody smuggles into a page, or a file that somebody
// has uploaded here, does not run. There is no 'self' for scripts and no 'unsafe-…' for anything.
const policy = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"

// withNonce is the policy of a page made for one reader: its own scripts run, and may ask the node.
func withNonce(nonce string) string {
	return policy + "; connect-src 'self'; script-src 'nonce-" + nonce + "'"
}

// newNonce makes a nonce, 130 random bits.
func newNonce() string { return rand.Text() }

// headers sets what every answer carries: nothing from elsewhere may load, frame or sniff it, and no other
// site learns where its reader came from. Where people reach the node by HTTPS, browsers are told to insist on it.
func headers(secure bool, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")        // for what does not know frame-ancestors
		h.Set("X-XSS-Protection", "0")          // the filter of old browsers can be turned against a page
		h.Set("Referrer-Policy", "same-origin") // with no-referrer a browser hides the origin of our own forms too
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cross-Origin-Embedder-Policy", "require-corp")
		h.Set("Origin-Agent-Cluster", "?1")
		h.Set("X-Permitted-Cross-Domain-Policies", "none")
		h.Set("Permissions-Policy", "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), "+
			"microphone=(), midi=(), payment=(), publickey-credentials-get=(), screen-wake-lock=(), usb=()")
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
