package web

import (
	"net/http"
	"path"
	"regexp"
	"strings"
	"testing"

	"github.com/cityrights/cityrights/docs"
	"github.com/cityrights/cityrights/internal/platform/locale"
)

// readPage gives a page, which must come with a status.
func readPage(t *testing.T, s *site, path string, status int) string {
	t.Helper()
	reply, body := s.get(t, visitor(), path)
	if reply.StatusCode != status {
		t.Errorf("%s has status %d, not %d", path, reply.StatusCode, status)
	}
	return body
}

var guideLink = regexp.MustCompile(`\]\(([^)#]+)`)

func TestEveryGuideIsAPageWhoseLinksLeadSomewhere(t *testing.T) {
	site := newSite(t)
	for _, name := range docs.Guides() {
		for _, tag := range locale.Shipped {
			source, in, ok := docs.Guide(tag, name)
			if !ok {
				t.Fatalf("%s has no guide %s", tag, name)
			}
			page := readPage(t, site, "/"+tag+"/help/"+name, http.StatusOK)
			if title, _ := headOfGuide(source); !strings.Contains(page, ">"+title+"<") {
				t.Errorf("%s/%s does not show its title %q", tag, name, title)
			}
			if in != tag && !strings.Contains(page, `<article class="guide" lang="en"`) {
				t.Errorf("%s/%s is in %s and does not say so", tag, name, in)
			}
			if got := readPage(t, site, "/"+tag+"/help/"+name+".md", http.StatusOK); got != string(source) {
				t.Errorf("%s/%s.md is not the guide's source", tag, name)
			}
			for _, link := range guideLink.FindAllStringSubmatch(string(source), -1) {
				switch to := link[1]; {
				case strings.HasSuffix(to, ".md"):
					readPage(t, site, "/"+tag+"/help/"+strings.TrimSuffix(to, ".md"), http.StatusOK)
				case strings.HasPrefix(to, "../../images/"):
					readPage(t, site, "/"+tag+"/help/images/"+path.Base(to), http.StatusOK)
				case !strings.HasPrefix(to, "https://"):
					t.Errorf("%s/%s leads to %s, which is neither a guide, a picture nor an address", in, name, to)
				}
			}
		}
	}
	readPage(t, site, "/en/help/none", http.StatusNotFound)
	readPage(t, site, "/en/help/images/none.png", http.StatusNotFound)
}

func TestTranslatorsGetTheFilesOfEveryLanguage(t *testing.T) {
	site := newSite(t)
	page := readPage(t, site, "/de/help/translating", http.StatusOK)
	for _, tag := range locale.Shipped {
		for _, area := range locale.Areas() {
			address := "/de/help/translating/" + tag + "/" + area + ".json"
			if !strings.Contains(page, address) {
				t.Errorf("%s is not offered", address)
			}
			want, _ := locale.File(tag, area)
			if got := readPage(t, site, address, http.StatusOK); got != string(want) {
				t.Errorf("%s is another file", address)
			}
		}
	}
	for _, wrong := range []string{"xx/layout.json", "de/none.json", "de/layout", "en/..%2F..%2Fgo.mod.json"} {
		readPage(t, site, "/de/help/translating/"+wrong, http.StatusNotFound)
	}
}
