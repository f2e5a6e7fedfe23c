package web

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/internal/platform/files"
	"github.com/cityrights/cityrights/internal/platform/locale"
	"github.com/cityrights/cityrights/internal/publication"
	"github.com/cityrights/cityrights/internal/statistics"
	"github.com/cityrights/cityrights/measure"
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
	for _, key := range putTogether(t) {
		if !en.Has(key) {
			t.Errorf("the catalogue lacks %s", key)
		}
	}
}

// No message is kept that nothing says: each key stands in the code as a whole, or is one of those that are put together.
func TestEveryMessageOfTheCatalogueIsUsed(t *testing.T) {
	used := map[string]bool{}
	for _, key := range putTogether(t) {
		used[key] = true
	}
	constant := len(used)
	err := filepath.WalkDir("..", func(name string, _ fs.DirEntry, err error) error {
		switch {
		case err != nil, strings.HasSuffix(name, "_test.go"):
		case strings.HasSuffix(name, ".templ"):
			for _, key := range messagesOf(t, name) {
				used[key] = true
			}
		case strings.HasSuffix(name, ".go"):
			tree, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
			if err != nil {
				return err
			}
			ast.Inspect(tree, func(n ast.Node) bool {
				if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
					text, _ := strconv.Unquote(l.Value)
					used[text] = true
				}
				return true
			})
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if constant < 200 {
		t.Errorf("only %d keys are put together: the search is broken", constant)
	}
	areas, err := filepath.Glob("../platform/locale/catalogue/*/*.json")
	if err != nil || len(areas) < len(locale.Shipped) {
		t.Fatalf("the catalogues are not found (%v)", err)
	}
	for _, area := range areas {
		text, err := os.ReadFile(area)
		if err != nil {
			t.Fatal(err)
		}
		var messages map[string]json.RawMessage
		if err := json.Unmarshal(text, &messages); err != nil {
			t.Fatal(err)
		}
		for _, key := range slices.Sorted(maps.Keys(messages)) {
			if !used[key] && !strings.HasPrefix(key, "unit.") && !strings.HasPrefix(key, "issuer.") { // whatever a source or a text names
				t.Errorf("%s: nothing says %s", area, key)
			}
		}
	}
}

// putTogether lists the keys that are put together when a page is made, from what the code and the standard may put behind a prefix.
func putTogether(t *testing.T) (all []string) {
	t.Helper()
	want := func(key string) { all = append(all, key) }
	for prefix, ends := range map[string][]string{
		"reason.": scorecard.ReasonCodes(), "finding.": slices.Collect(maps.Keys(statistics.Messages())), "held.": publication.HeldReasons,
		"party.": scorecard.Parties, "translation.maker.": translators, "change.": {"newly_met", "no_longer_met", "now_known", "now_unknown", "otherwise"}, "result.none.": scorecard.Parties, "result.": {scorecard.NotAvailable, scorecard.NotApplicable, scorecard.NotLocal},
		"check.": {string(standard.Seen), string(standard.Known), string(standard.Unsure)}, "requirement.sdg_": {"exact", "close"},
		"import.fit_": {"exact", "close"}, "import.periods_": {"ask", string(statistics.SpanPeriod), string(statistics.MonthPeriod)},
		"import.line_": {string(statistics.LineNew), string(statistics.LineChanged), string(statistics.LineRemoved)},
		"series.":      {"publisher", "title", "code", "address", "licence", "periodicity", "released", "classification", "method", "coverage", "retrieved"},
		"good.":        {string(standard.Up), string(standard.Down), string(standard.Yes), string(standard.Parity), string(standard.None)},
	} {
		for _, end := range ends {
			want(prefix + end)
		}
	}
	for _, level := range assessment.Levels {
		want("evidence.level." + string(level))
		want("evidence.level_says." + string(level))
	}
	for _, c := range assessment.Checks {
		want("evidence.check." + string(c))
	}
	for _, how := range assessment.EvidenceHows {
		want("evidence.how." + string(how))
	}
	for _, mark := range files.MarkNames {
		if mark != files.Locked {
			want("evidence.mark." + mark)
		}
	}
	for _, done := range []string{"added", "changed", "levelled", "restored"} {
		want("evidence.done." + done)
	}
	for _, s := range scorecard.States {
		want("state." + string(s))
		want("state.count." + string(s))
	}
	for _, state := range assessment.States {
		want("cycle.state." + string(state))
		want("cycle.state." + string(state) + ".about")
		if state != assessment.Draft {
			want("cycle.next." + string(state))
			want("cycle.next." + string(state) + ".about")
		}
	}
	for _, p := range assessment.Purposes {
		want("cycle.purpose." + string(p))
	}
	for _, step := range firstYearSteps {
		want("first." + step)
		want("first." + step + ".about")
	}
	for _, r := range account.Roles {
		want("role." + string(r))
		want("role." + string(r) + ".about")
	}
	for _, c := range (&request{locale: english(t)}).mappingColumns() {
		want("import.help." + c.Name)
	}
	for _, k := range city.OrganisationKinds {
		want("organisation.kind." + string(k))
	}
	for _, verdict := range measure.Verdicts {
		want("figure.trend." + string(verdict))
	}
	for _, kind := range []fault.Kind{fault.NotFound, fault.Invalid, fault.Conflict, fault.Forbidden, fault.TooMuch, fault.Unavailable} {
		want("error." + string(kind))
		want("error." + string(kind) + "_why")
	}
	for _, verb := range account.TokenVerbs {
		want("token.verb." + string(verb))
	}
	for _, act := range account.Acts {
		want("act." + strings.ReplaceAll(act, " ", "_"))
	}
	for _, name := range []string{"role", "scope", "city", "organisation", "format", "verbs", "period", "version", "indicators", "made", "program", "fields", "to", "requirement"} {
		want("trail.detail." + name)
	}
	for month := range 12 {
		want("month." + strconv.Itoa(month+1))
	}
	for _, field := range []string{"title", "question", "value", "unit", "good", "evidence", "answered_by"} {
		want("own.wrong." + field)
	}
	return slices.Concat(all, ofTheStandard(t), ofTheQuestionnaire(), ofTheDesk())
}

// ofTheStandard lists the keys that are put together from what the standard names.
func ofTheStandard(t *testing.T) (all []string) {
	t.Helper()
	want := func(key string) { all = append(all, key) }
	std, err := standards.Load("hrc-ms")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range std.Profiles {
		want("profile." + p.Key)
		want("profile." + p.Key + ".about")
	}
	for _, kind := range []standard.Kind{standard.Structure, standard.Process, standard.Outcome} {
		want("kind." + string(kind))
		want("kind." + string(kind) + ".about")
	}
	for _, d := range std.Dimensions {
		for _, r := range d.Requirements {
			for _, i := range r.Indicators {
				if i.Unit != "" {
					want("unit." + i.Unit)
				}
			}
		}
	}
	for name, terms := range map[string][]standard.Term{"services": std.Terms.Services, "groups": std.Terms.Groups, "grounds": std.Terms.Grounds,
		"evidence": std.Terms.Evidence, "values": std.Terms.Values} {
		for _, term := range terms {
			want("term." + name + "." + term.Key)
		}
	}
	return all
}
