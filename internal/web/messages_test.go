package web

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/internal/platform/locale"
	"github.com/cityrights/cityrights/internal/publication"
	"github.com/cityrights/cityrights/internal/statistics"
	"github.com/cityrights/cityrights/measure/scorecard"
	"github.com/cityrights/cityrights/standard"
	"github.com/cityrights/cityrights/standards"
)

func english(t *testing.T) *locale.Locale {
	t.Helper()
	locales, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	en, _ := locales.Get("en")
	return en
}

// Every constant key that the code says, q.t("…"), or a template, l.T("…"), is in the catalogue. A template is looked at both as it is written
// and as it is compiled.
func TestEveryMessageOfTheCodeIsInTheCatalogue(t *testing.T) {
	en := english(t)
	said := map[string][]string{}
	for _, pattern := range []string{"*.go", "*.templ"} {
		names, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			if !strings.HasSuffix(name, "_test.go") {
				said[name] = messagesOf(t, name)
			}
		}
	}
	inTemplates, found := 0, 0
	for name, keys := range said {
		found += len(keys)
		if strings.HasSuffix(name, ".templ") {
			inTemplates += len(keys)
			compiled := said[strings.TrimSuffix(name, ".templ")+"_templ.go"]
			if !slices.Equal(keys, compiled) {
				t.Errorf("%s says %q, what is compiled of it %q: run make generate", name, keys, compiled)
			}
		}
		for _, key := range keys {
			if !en.Has(key) {
				t.Errorf("%s says %s, which the catalogue lacks", name, key)
			}
		}
	}
	if inTemplates < 100 || found < 2*inTemplates+100 {
		t.Errorf("only %d messages were found in templates and %d in all: the search is broken", inTemplates, found)
	}
}

var inTemplate = regexp.MustCompile(`\bl\.T\("([^"]+)"[,)]`)

// messagesOf gives the constant keys of a source or a template in their order.
func messagesOf(t *testing.T, name string) (keys []string) {
	t.Helper()
	source, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if strings.HasSuffix(name, ".templ") {
		for _, m := range inTemplate.FindAllSubmatch(source, -1) {
			keys = append(keys, string(m[1]))
		}
		return keys
	}
	tree, err := parser.ParseFile(token.NewFileSet(), name, source, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(tree, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) == 0 {
			return true
		}
		function, ok := call.Fun.(*ast.SelectorExpr)
		literal, isLiteral := call.Args[0].(*ast.BasicLit)
		if ok && isLiteral && literal.Kind == token.STRING && (function.Sel.Name == "t" || function.Sel.Name == "T") {
			key, _ := strconv.Unquote(literal.Value)
			keys = append(keys, key)
		}
		return true
	})
	return keys
}

// Keys that are put together when a page is made have all their ends in the catalogue.
func TestEveryWordOfTheRoomsIsInTheCatalogue(t *testing.T) {
	en := english(t)
	want := func(key string) {
		t.Helper()
		if !en.Has(key) {
			t.Errorf("the catalogue lacks %s", key)
		}
	}
	for _, code := range scorecard.ReasonCodes() {
		want("reason." + code)
	}
	for _, s := range scorecard.States {
		want("state." + string(s))
		want("state.count." + string(s))
	}
	for code := range statistics.Messages() {
		want("finding." + code)
	}
	for _, reason := range publication.HeldReasons {
		want("held." + reason)
	}
	for _, r := range account.Roles {
		want("role." + string(r))
	}
	for _, k := range city.OrganisationKinds {
		want("organisation.kind." + string(k))
	}
	for _, kind := range []fault.Kind{fault.NotFound, fault.Invalid, fault.Conflict, fault.Forbidden, fault.TooMuch, fault.Unavailable} {
		want("error." + string(kind))
		want("error." + string(kind) + "_why")
	}
	std, err := standards.Load("hrc-ms")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range std.Profiles {
		want("profile." + p.Key)
		want("profile." + p.Key + ".about")
	}
	for _, d := range std.Dimensions {
		for _, r := range d.Requirements {
			want("check." + string(r.Check))
			for _, i := range r.Indicators {
				want("good." + string(i.Good))
				want("kind." + string(i.Kind))
				want("term.values." + i.Value)
				if i.Unit != "" {
					want("unit." + i.Unit)
				}
			}
		}
	}
	for name, terms := range map[string][]string{"services": keys(std.Terms.Services), "groups": keys(std.Terms.Groups), "grounds": keys(std.Terms.Grounds), "evidence": keys(std.Terms.Evidence)} {
		for _, key := range terms {
			want("term." + name + "." + key)
		}
	}
}

func keys(terms []standard.Term) []string {
	all := make([]string, len(terms))
	for i, t := range terms {
		all[i] = t.Key
	}
	return all
}
