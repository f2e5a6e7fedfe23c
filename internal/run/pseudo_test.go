package run

import (
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/cli"
	"github.com/cityrights/cityrights/internal/platform/locale"
	"github.com/cityrights/cityrights/internal/web"
)

// Every word of every page comes from a catalogue, or from what a person or a standard has said. The messages are shown in wide letters, and the
// crawler goes wherever a link of the demo leads, signed out and as each of its people.
func TestEveryWordOfAPageComesFromACatalogueOrFromContent(t *testing.T) {
	rooms, err := Open(t.Context(), cli.Node{Data: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rooms.DB.Close() }()
	if err := FillDemo(t.Context(), rooms, "arvenholt", "kessary"); err != nil {
		t.Fatal(err)
	}
	const password = "a password that is long enough"
	for _, p := range demoPeople[:4] {
		person, err := rooms.Account.Add(t.Context(), account.Operator(), account.Person{Email: p.email, Name: p.name, Language: p.language}, password)
		if err == nil {
			err = rooms.Account.Grant(t.Context(), account.Operator(), person.ID, account.Granted{Role: p.role, Scope: scopeOf(p.in)}, p.in)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	locales, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handlerIn(locales.Pseudo(), rooms, web.Node{Name: "Testnode", Operator: "Testnode"}, t.TempDir(), slog.New(slog.DiscardHandler)))
	defer server.Close()

	known := contentWords(t)
	seen := 0
	for _, email := range []string{"", demoPeople[0].email, demoPeople[1].email, demoPeople[2].email, demoPeople[3].email} {
		jar, _ := cookiejar.New(nil)
		c := &crawler{t: t, base: server.URL, client: &http.Client{Jar: jar}, known: known, perShape: 2, shapes: map[string]int{}}
		if email != "" {
			c.signIn(email, password)
		}
		c.crawl("/en/", "/en/desk")
		seen += c.pages
	}
	if seen < 60 {
		t.Errorf("only %d pages were read: the crawler is broken", seen)
	}
}

// contentWords is all that the standard and the demo say, in one text.
func contentWords(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	for _, root := range []string{"../../standards", "../../docs/help", "demo"} {
		err := fs.WalkDir(os.DirFS(root), ".", func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			text, err := os.ReadFile(root + "/" + path)
			b.Write(text)
			b.WriteByte('\n')
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, p := range demoPeople {
		fmt.Fprintln(&b, p.email, p.name)
	}
	fmt.Fprintln(&b, demoNetworkName, demoReason)
	return plainly(b.String())
}

// plainly leaves words and single spaces.
func plainly(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return !isLetter(r) && (r < '0' || r > '9') }), " ")
}

func isLetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

type crawler struct {
	t        *testing.T
	base     string
	client   *http.Client
	known    string
	perShape int
	shapes   map[string]int
	pages    int
}

func (c *crawler) signIn(email, password string) {
	c.t.Helper()
	form := url.Values{"email": {email}, "password": {password}}
	request, _ := http.NewRequestWithContext(c.t.Context(), http.MethodPost, c.base+"/en/sign-in", strings.NewReader(form.Encode()))
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	answer, err := c.client.Do(request)
	if err != nil {
		c.t.Fatal(err)
	}
	_ = answer.Body.Close()
	if answer.StatusCode != http.StatusOK || !strings.HasSuffix(answer.Request.URL.Path, "/desk") {
		c.t.Fatalf("signing in as %s ends at %s with status %d", email, answer.Request.URL, answer.StatusCode)
	}
}

var varying = regexp.MustCompile(`/([A-Z]{3}\.[^/]+|\d{4}(-\d{4})?|[0-9a-f-]{20,}|arvenholt[^/]*|kessary[^/]*|hrc-ms@?[^/]*|[A-Z]{3,}[^/]*)`)

func (c *crawler) crawl(todo ...string) {
	done := map[string]bool{}
	for len(todo) > 0 {
		address := todo[0]
		todo = todo[1:]
		if done[address] {
			continue
		}
		done[address] = true
		shape := varying.ReplaceAllString(address, "/*")
		if c.shapes[shape]++; c.shapes[shape] > c.perShape {
			continue
		}
		todo = append(todo, c.read(address)...)
	}
}

// read checks the words of a page and gives the addresses that it leads to.
func (c *crawler) read(address string) (links []string) {
	request, _ := http.NewRequestWithContext(c.t.Context(), http.MethodGet, c.base+address, nil)
	answer, err := c.client.Do(request)
	if err != nil {
		c.t.Error(err)
		return nil
	}
	defer func() { _ = answer.Body.Close() }()
	if !strings.HasPrefix(answer.Header.Get("Content-Type"), "text/html") {
		return nil
	}
	page, err := html.Parse(answer.Body)
	if err != nil {
		c.t.Error(err)
		return nil
	}
	if answer.StatusCode >= http.StatusInternalServerError || answer.StatusCode == http.StatusNotFound {
		c.t.Errorf("%s has status %d", address, answer.StatusCode)
	}
	c.pages++
	for n := range page.Descendants() {
		switch {
		case n.Type == html.TextNode && !slices.Contains([]string{"script", "style", "code", "pre"}, n.Parent.Data):
			c.words(address, n.Data)
		case n.Type == html.ElementNode:
			for _, a := range n.Attr {
				switch a.Key {
				case "aria-label", "title", "placeholder", "alt":
					c.words(address, a.Val)
				case "href":
					if n.Data == "a" && strings.HasPrefix(a.Val, "/en/") {
						to, _, _ := strings.Cut(a.Val, "#")
						links = append(links, to)
					}
				}
			}
		}
	}
	return links
}

// named are words that are the same in every language: names, and codes that pages show as such.
var named = []string{"cityrights", "EUPL 1", "CSV", "XLSX", "JSON", "UTC", "MB", "KB", "Testnode", "YAML", "CC BY", "CC BY SA", "ODbL", "ODC By", "PDDL", "English", "Deutsch", "espa ol", "fran ais"}

// numbers stand before and behind names: amounts, years and the ends of codes.
var numbers = regexp.MustCompile(`^([A-Z]?[0-9]+ )+|( [0-9]+)+$`)

// words reports each phrase in narrow letters that no content has. Names that a page puts one after the other are phrases of their own.
func (c *crawler) words(address, text string) {
	for _, phrase := range strings.FieldsFunc(text, func(r rune) bool {
		return r >= 'Ａ' && r <= 'ｚ' || strings.ContainsRune(".,:;·–—()[]/←→“”…?!\u2068\u2069", r)
	}) {
		words := plainly(strings.TrimFunc(numbers.ReplaceAllString(plainly(phrase), " "), unicode.IsSpace))
		if len(words) > 1 && strings.ContainsFunc(words, isLetter) && !strings.Contains(c.known, words) && !slices.Contains(named, words) {
			c.t.Errorf("%s: %q comes from no catalogue", address, strings.TrimSpace(phrase))
		}
	}
}
