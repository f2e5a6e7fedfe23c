package browser

import (
	"html"
	"io"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// restore makes a backup while the node runs, throws the node away, restores it into an empty folder, and reads the same pages byte for byte.
func (w *weeks) restore(t *testing.T) {
	archive := filepath.Join(t.TempDir(), "lakeview.zip")
	command(t, "backup", "--out", archive, "--data", w.data)
	before := w.everything(t)
	w.node.stop()
	if err := os.RemoveAll(w.data); err != nil {
		t.Fatal(err)
	}

	restored := filepath.Join(w.test.TempDir(), "restored")
	command(t, "restore", archive, "--data", restored)
	command(t, "doctor", "--data", restored)
	listen := strings.TrimPrefix(w.node.origin, "http://")
	w.node = serve(w.test, restored, listen)
	if w.node.code != "" {
		t.Error("the restored node asks to be set up once more")
	}
	after := w.everything(t)
	for path, want := range before {
		if !strings.HasPrefix(want, "200 ") {
			t.Errorf("%s was not there before: %s", path, want)
		}
		if got := after[path]; got != want {
			same := 0
			for same < min(len(got), len(want)) && got[same] == want[same] {
				same++
			}
			t.Errorf("%s is another page now: …%.200q was …%.200q", path, got[max(0, same-40):], want[max(0, same-40):])
		}
	}
	paths := slices.Sorted(maps.Keys(before))
	if len(paths) < 70 || !slices.ContainsFunc(paths, func(path string) bool { return strings.HasPrefix(path, "/en/cities/lakeview/2026/COM.2/evidence/") }) {
		t.Errorf("only %d pages were compared, or no public file: %q", len(paths), paths)
	}
	w.officer.opens(t, "/desk") // still signed in
	w.officer.reads(t, "Lakeview")
	w.calm(t)
}

// everything reads all pages that the pages of the city lead to, as everybody and as the officer, with their status and type.
func (w *weeks) everything(t *testing.T) map[string]string {
	t.Helper()
	got := map[string]string{}
	for _, path := range w.addresses(t) {
		var cookies []*network.Cookie
		if strings.Contains(path, "/desk") {
			cookies = w.cookies(t)
		}
		got[path] = fetch(t, w.node.origin+path, cookies)
	}
	return got
}

// addresses follows the links from the front page and the desk, as far as they lead to what the node holds. The trail is not among it: reading
// and restoring leave entries there.
func (w *weeks) addresses(t *testing.T) []string {
	t.Helper()
	cookies := w.cookies(t)
	all := []string{"/en/", "/en/desk", "/ar/cities/lakeview/2026/PAR.1", "/api/v1/cities", "/api/v1/cities/lakeview"}
	known := map[string]bool{}
	for i := 0; i < len(all); i++ {
		for _, found := range linked.FindAllStringSubmatch(fetch(t, w.node.origin+all[i], cookies), -1) {
			if path := html.UnescapeString(found[1]); !known[path] && holds.MatchString(path) {
				known[path] = true
				all = append(all, path)
			}
		}
	}
	return all
}

var (
	linked = regexp.MustCompile(`(?:href|src)="(/[^"#]+)`)
	holds  = regexp.MustCompile(`^/en/(cities|desk/cities/lakeview($|/(cycles|first-year|indicators|statistics))|desk/organisations$|desk/people$)`)
	nonce  = regexp.MustCompile(` nonce="[A-Z2-7]+"`) // another one each time a page is read
)

func (w *weeks) cookies(t *testing.T) []*network.Cookie {
	t.Helper()
	got, err := chromedp.Call(w.officer.Context, network.GetCookies, network.GetCookiesParams{})
	if err != nil {
		t.Fatal(err)
	}
	return got.Cookies
}

// fetch gives the status, the type and the bytes of a page.
func fetch(t *testing.T, address string, cookies []*network.Cookie) string {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cookies {
		request.AddCookie(&http.Cookie{Name: c.Name, Value: c.Value})
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.Status + " " + answer.Header.Get("Content-Type") + "\n" + nonce.ReplaceAllString(string(body), "")
}
