package web

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/internal/platform/locale"
)

// What a room finds wrong may be shown to a person, so every fault of the rooms has a message. A page's own faults need one where they are
// shown beside a field; what is not found or not allowed is answered by a page with words of its own.
func TestEveryFaultIsSaidInEveryLanguage(t *testing.T) {
	locales, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, folder := range []string{"../account", "../city", "../statistics", "../assessment", "../publication", "../notice", "../platform/settings", "../platform/files", "."} {
		for _, made := range faultsOf(t, folder) {
			found++
			if made.key == "" {
				if folder != "." || made.kind != "NotFound" && made.kind != "Forbidden" {
					t.Errorf("%s: this fault has English words only; make it with fault.Said or fault.SaidOf", made.at)
				}
				continue
			}
			for _, tag := range locale.Shipped {
				l, _ := locales.Get(tag)
				said, ok := l.Say(made.key, made.args...)
				if !ok {
					t.Errorf("%s: the catalogue %s lacks %s", made.at, tag, made.key)
				}
				if strings.Contains(said, "<no value>") {
					t.Errorf("%s: %s asks in %s for an argument that the fault does not have: %s", made.at, made.key, tag, said)
				}
			}
			for _, asked := range regexp.MustCompile(`\{(\w+)\}`).FindAllStringSubmatch(made.english, -1) {
				if !slices.Contains(made.args, any(asked[1])) {
					t.Errorf("%s: its English text asks for %s, which it does not have", made.at, asked[1])
				}
			}
		}
	}
	if found < 70 {
		t.Errorf("only %d faults were found: the search is broken", found)
	}
}

// constructed is a place in the sources where a fault is made. The values of its arguments are placeholders.
type constructed struct {
	at, kind, key, english string
	args                   []any
}

// faultsOf finds where the files of a folder make faults.
func faultsOf(t *testing.T, folder string) (all []constructed) {
	t.Helper()
	names, err := filepath.Glob(folder + "/*.go")
	if err != nil || len(names) == 0 {
		t.Fatalf("no sources in %s: %v", folder, err)
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files := token.NewFileSet()
		tree, err := parser.ParseFile(files, name, source, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(tree, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				if made, ok := fromCall(n); ok {
					made.at = files.Position(n.Pos()).String()
					all = append(all, made)
				}
			case *ast.CompositeLit:
				if nameIn(n.Type, "fault") == "Error" && !strings.Contains(string(source[n.Pos()-1:n.End()-1]), `"finding." +`) {
					all = append(all, constructed{at: files.Position(n.Pos()).String()})
				}
			}
			return true
		})
	}
	return all
}

func fromCall(call *ast.CallExpr) (constructed, bool) {
	switch nameIn(call.Fun, "fault") {
	case "New":
		return constructed{kind: nameIn(call.Args[0], "fault")}, true
	case "Field":
		return constructed{kind: "Invalid"}, true
	case "Said", "SaidOf":
		made := constructed{kind: nameIn(call.Args[0], "fault"), key: literal(call.Args[1]), english: literal(call.Args[2])}
		for i := 3; i+1 < len(call.Args); i += 2 {
			made.args = append(made.args, literal(call.Args[i]), "…")
		}
		return made, true
	}
	return constructed{}, false
}

// nameIn gives the name of what a package exports, or "" for anything else.
func nameIn(e ast.Expr, pkg string) string {
	if s, ok := e.(*ast.SelectorExpr); ok && fmt.Sprint(s.X) == pkg {
		return s.Sel.Name
	}
	return ""
}

func literal(e ast.Expr) string {
	if l, ok := e.(*ast.BasicLit); ok && l.Kind == token.STRING {
		text, _ := strconv.Unquote(l.Value)
		return text
	}
	return ""
}

func TestAFaultIsExplainedInTheReadersLanguage(t *testing.T) {
	locales, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	long := fault.SaidOf("about", "error.text.long", "the text is longer than {Most} characters", "Most", 4000)
	for tag, want := range map[string]text{
		"en": {S: "The text is too long. It may have at most 4,000 characters."},
		"de": {S: "Der Text ist zu lang. Höchstens 4.000 Zeichen sind möglich."},
	} {
		l, _ := locales.Get(tag)
		if said := (&request{locale: l}).explain(long); said != want {
			t.Errorf("%s: %+v, want %+v", tag, said, want)
		}
	}
	french, _ := locales.Get("fr")
	if said := (&request{locale: french}).explain(fault.New(fault.Invalid, "of the machine only")); said.Lang != "en" || said.S != "of the machine only" {
		t.Errorf("a fault without a message is said as %+v", said)
	}
}

// Every page of the desk answers a form that is wrong in the reader's language: nothing in it is marked as English.
func TestAWrongFormIsAnsweredInTheReadersLanguage(t *testing.T) {
	s := newSite(t)
	admin := s.person(t, "admin@example.org", account.Granted{Role: account.RoleAdministrator, Scope: account.Node})
	for name, form := range map[string]struct{ path, values, field string }{
		"a city":         {"/fr/desk/cities", "code=Une Ville&name=&country=ZZZ&population=x&latitude=5&place=x", "country"},
		"a taken code":   {"/fr/desk/cities", "code=example&name=Sample&country=FR", "code"},
		"an authority":   {"/fr/desk/organisations", "code=&name=&kind=authority&country=ZZZ&url=x", "url"},
		"a person":       {"/fr/desk/people", "do=add&name=&email=x&role=administrator&scope=node", "email"},
		"a role":         {"/fr/desk/people", "do=add&name=A&email=a@example.org&role=coordinator&scope=node", "scope"},
		"a further role": {"/fr/desk/people", "do=grant&person=x&grant-role=coordinator&grant-scope=node", "grant-scope"},
	} {
		values, err := url.ParseQuery(form.values)
		if err != nil {
			t.Fatal(err)
		}
		page := s.post(t, admin, form.path, values)
		if !strings.Contains(page.Body, "govuk-error-summary") || !strings.Contains(page.Body, `<a href="#`+form.field+`">`) {
			t.Errorf("%s: status %d, and the summary does not lead to %s", name, page.StatusCode, form.field)
		}
		if !strings.Contains(page.Body, `id="`+form.field+`-problem"`) {
			t.Errorf("%s: nothing stands beside %s", name, form.field)
		}
		if strings.Contains(page.Body, `lang="en" dir="ltr"`) {
			t.Errorf("%s: the page speaks English", name)
		}
	}
}

// What is wrong with a form is said at once, not one thing after the other.
func TestAllThatIsWrongWithAFormIsSaidAtOnce(t *testing.T) {
	s := newSite(t)
	admin := s.person(t, "admin@example.org", account.Granted{Role: account.RoleAdministrator, Scope: account.Node})
	for name, form := range map[string]struct {
		path, values string
		fields       []string
	}{
		"an empty person":       {"/en/desk/people", "do=add", []string{"name", "email", "role", "scope"}},
		"a role that is unfit":  {"/en/desk/people", "do=add&role=validator&scope=node", []string{"name", "email", "scope"}},
		"an empty further role": {"/en/desk/people", "do=grant&person=x", []string{"grant-role", "grant-scope"}},
		"an empty city":         {"/en/desk/cities", "", []string{"code", "name", "country"}},
		"an empty organisation": {"/en/desk/organisations", "", []string{"code", "name", "kind"}},
		"an own indicator":      {ownAddress, "version=0&value=count&good=up", []string{"requirement", "title", "question", "evidence", "answered_by"}},
		"an empty indicator":    {ownAddress, "version=0", []string{"requirement", "title", "question", "value", "good", "evidence", "answered_by"}},
	} {
		values, err := url.ParseQuery(form.values)
		if err != nil {
			t.Fatal(err)
		}
		page := s.post(t, admin, form.path, values)
		for _, field := range form.fields {
			if !strings.Contains(page.Body, `id="`+field+`-problem"`) || !strings.Contains(page.Body, `<a href="#`+field+`">`) {
				t.Errorf("%s: status %d, and nothing is said of %s", name, page.StatusCode, field)
			}
		}
		if strings.Contains(page.Body, "“”") {
			t.Errorf("%s: what was left empty is quoted", name)
		}
	}
}
