package house

import (
	"strings"
	"testing"
)

// rule is one rule of the house: a function that gives what breaks it, one sentence each, and trees that it must refuse.
type rule struct {
	name   string
	check  func(tree) []string
	broken []example
}

// example is a small tree and a part of the sentence that must be said about it. Without a sentence the rule must be content.
type example struct {
	name string
	tree tree
	want string
}

var rules = []rule{
	arrows, floorOfEachPackage, pureMethods, statelessMethods, desks, programs, tableNames, tablesStayInTheirRoom, tenantsComeFirst, oneDialect, shortFiles, thinMain,
	packageComments, reasonsForDependencies, trailOnlyGrows,
}

func TestTheHouseKeepsItsRules(t *testing.T) {
	whole := readTree(t)
	if len(whole.packages) < 10 || len(whole.tables()) < 10 {
		t.Fatalf("read %d packages and %d tables: the rules would look at nothing", len(whole.packages), len(whole.tables()))
	}
	for _, rule := range rules {
		t.Run(rule.name, func(t *testing.T) {
			for _, sentence := range rule.check(whole) {
				t.Error(sentence)
			}
		})
	}
	t.Log(describe(whole))
}

func TestEachRuleCanFail(t *testing.T) {
	for _, rule := range rules {
		refused := false
		for _, example := range rule.broken {
			t.Run(rule.name+"/"+example.name, func(t *testing.T) {
				said := strings.Join(rule.check(example.tree), "\n")
				if example.want == "" && said != "" {
					t.Errorf("refused for no reason: %s", said)
				}
				if !strings.Contains(said, example.want) {
					t.Errorf("said %q, want %q", said, example.want)
				}
			})
			refused = refused || example.want != ""
		}
		if !refused {
			t.Errorf("%s has no example that it refuses", rule.name)
		}
	}
}
