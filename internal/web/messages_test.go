package web

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
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

// Every constant key that the code says, q.t("…"), is in the catalogue.
func TestEveryMessageOfTheCodeIsInTheCatalogue(t *testing.T) {
	en := english(t)
	names, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, entry := range names {
		if !strings.HasSuffix(entry.Name(), ".go") || strings.HasSuffix(entry.Name(), "_test.go") {
			continue
		}
		tree, err := parser.ParseFile(token.NewFileSet(), entry.Name(), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(tree, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) == 0 {
				return true
			}
			name, ok := call.Fun.(*ast.SelectorExpr)
			literal, isLiteral := call.Args[0].(*ast.BasicLit)
			if !ok || !isLiteral || name.Sel.Name != "t" || literal.Kind != token.STRING {
				return true
			}
			key, _ := strconv.Unquote(literal.Value)
			found++
			if !en.Has(key) {
				t.Errorf("%s says %s, which the catalogue lacks", entry.Name(), key)
			}
			return true
		})
	}
	if found < 100 {
		t.Errorf("only %d messages were found: the search is broken", found)
	}
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
