package disclosure

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// crossed makes two tables of the same people, by area and by age, each crossed with sex, so that the totals by sex are shared.
func crossed(r *rand.Rand, areas, ages int) (*Table, *Table) {
	const sexes = 3
	people := make([][sexes][]int64, areas)
	byArea, byAge := make([][]int64, areas+1), make([][]int64, ages+1)
	for i := range byArea {
		byArea[i] = make([]int64, sexes+1)
	}
	for i := range byAge {
		byAge[i] = make([]int64, sexes+1)
	}
	for a := range people {
		for s := range sexes {
			for g := range ages {
				v := r.Int64N(14)
				if r.IntN(5) == 0 {
					v = 0
				}
				for _, cell := range []*int64{&byArea[a][s], &byArea[a][sexes], &byArea[areas][s], &byArea[areas][sexes], &byAge[g][s], &byAge[g][sexes], &byAge[ages][s], &byAge[ages][sexes]} {
					*cell += v
				}
			}
		}
	}
	names := func(kind string, n int) (list []string) {
		for i := range n + 1 {
			for s := range sexes + 1 {
				row := fmt.Sprint(kind, i)
				if i == n {
					row = "all"
				}
				list = append(list, row+"/"+fmt.Sprint(s))
			}
		}
		return list
	}
	one, err := TwoWay(byArea, names("area", areas))
	if err != nil {
		panic(err)
	}
	two, err := TwoWay(byAge, names("age", ages))
	if err != nil {
		panic(err)
	}
	return one, two
}

func TestLinkedTablesAreProtectedAgainstAnAttackOnAllOfThem(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 7))
		one, two := crossed(r, rapid.IntRange(2, 5).Draw(t, "areas"), rapid.IntRange(2, 4).Draw(t, "ages"))
		whole, places, err := Link(one, two)
		if err != nil {
			t.Fatal(err)
		}
		if shared := len(one.Cells) + len(two.Cells) - len(whole.Cells); shared != 4 {
			t.Fatalf("%d cells are shared, want the four totals by sex", shared)
		}
		needs := Threshold{}.Needs(whole)
		p, err := whole.Suppress(needs)
		if errors.Is(err, ErrUnprotectable) {
			t.Skip("these tables cannot be protected")
		}
		if err != nil {
			t.Fatal(err)
		}
		intervals, err := whole.Attack(p.Hidden)
		if err != nil {
			t.Fatal(err)
		}
		if exposed := whole.exposed(needs, intervals); exposed != nil {
			t.Fatalf("%s is exposed", whole.name(exposed[0].Cell))
		}
		// Whoever holds one of the tables alone knows no more than who holds both.
		for k, table := range []*Table{one, two} {
			hidden := make([]bool, len(table.Cells))
			for i := range hidden {
				hidden[i] = p.Hidden[places[k][i]]
			}
			alone, err := table.Attack(hidden)
			if err != nil {
				t.Fatal(err)
			}
			own := Threshold{}.Needs(table)
			if exposed := table.exposed(own, alone); exposed != nil {
				t.Fatalf("table %d: %s is exposed", k+1, table.name(exposed[0].Cell))
			}
		}
	})
}

func TestTablesThatDoNotFitAreRefused(t *testing.T) {
	named := func(names string, values ...[]int64) *Table {
		table, err := TwoWay(values, strings.Fields(names))
		if err != nil {
			t.Fatal(err)
		}
		return table
	}
	one := named("a b ab c d cd ac bd all", []int64{1, 2, 3}, []int64{4, 5, 9}, []int64{5, 7, 12})
	for _, test := range []struct {
		name, want string
		make       func() error
	}{
		{"a row that does not add up", "row 1: the total is 4, but the cells add up to 3", func() error {
			_, err := TwoWay([][]int64{{1, 2, 4}, {4, 5, 9}, {5, 7, 12}}, nil)
			return err
		}},
		{"a column that does not add up", "column 2: the total is 8, but the cells add up to 7", func() error {
			_, err := TwoWay([][]int64{{1, 2, 3}, {4, 5, 9}, {5, 8, 13}}, nil)
			return err
		}},
		{"a negative count", "row 2, column 1: the value -4 lies outside", func() error {
			_, err := TwoWay([][]int64{{1, 2, 3}, {-4, 5, 1}, {-3, 7, 4}}, nil)
			return err
		}},
		{"a short row", "row 2 has 2 columns", func() error {
			_, err := TwoWay([][]int64{{1, 2, 3}, {4, 5}, {5, 7, 12}}, nil)
			return err
		}},
		{"totals alone", "at least one row and one column", func() error { _, err := TwoWay([][]int64{{1}}, nil); return err }},
		{"too few names", "2 names for 4 cells", func() error {
			_, err := TwoWay([][]int64{{1, 1}, {1, 1}}, []string{"a", "b"})
			return err
		}},
		{"a shared cell of two values", `table 2: "all" is 13, but 12`, func() error {
			_, _, err := Link(one, named("e f ef g h gh eg fh all", []int64{1, 2, 3}, []int64{4, 6, 10}, []int64{5, 8, 13}))
			return err
		}},
		{"a name twice in one table", `table 1: two cells are named "a"`, func() error {
			_, _, err := Link(named("a a ab c d cd ac bd all", []int64{1, 2, 3}, []int64{4, 5, 9}, []int64{5, 7, 12}))
			return err
		}},
		{"cells without names", "table 1: cell 1 has no name", func() error {
			table, err := TwoWay([][]int64{{1, 1}, {1, 1}}, nil)
			if err != nil {
				return err
			}
			_, _, err = Link(table)
			return err
		}},
		{"parts that are not there", "relation 1 names cell 9; there are 2", func() error {
			_, err := NewTable([]Cell{{Value: 1, Cost: 1}, {Value: 1, Cost: 1}}, []Relation{{Total: 0, Parts: []int{8}}})
			return err
		}},
		{"a free cell", "cell 1 has the cost 0", func() error { _, err := NewTable([]Cell{{Value: 1}}, nil); return err }},
		{"a relation to itself", "relation 1 names cell 1 twice", func() error {
			_, err := NewTable([]Cell{{Value: 1, Cost: 1}}, []Relation{{Total: 0, Parts: []int{0}}})
			return err
		}},
		{"a need beyond its cell", "cannot be protected from 9 below", func() error { _, err := one.Suppress([]Need{{Cell: 0, Below: 9}}); return err }},
		{"a need of no cell", "a need names cell 99", func() error { _, err := one.Suppress([]Need{{Cell: 98}}); return err }},
		{"two needs of one cell", `the cell "a" has two needs`, func() error {
			_, err := one.Suppress([]Need{{Cell: 0, Above: 1}, {Cell: 0, Above: 1}})
			return err
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if err := test.make(); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("the error is %v, want %q", err, test.want)
			}
		})
	}
}

func TestATableWithOneCellCannotBeProtected(t *testing.T) {
	// With the total hidden too the cell can grow without end, but not fall: it is the only one, so nothing can take its place.
	table, err := NewTable([]Cell{{Name: "all", Value: 3, Cost: 4}, {Name: "one", Value: 3, Cost: 4}, {Name: "none", Value: 0, Cost: 1}},
		[]Relation{{Total: 0, Parts: []int{1}}, {Total: 1, Parts: []int{2, 0}}})
	if err != nil {
		t.Fatal(err)
	}
	table.Cells[2].Value = 0
	p, err := table.Suppress(Threshold{}.Needs(table))
	if err != nil {
		t.Fatal(err)
	}
	if !p.Hidden[0] || !p.Hidden[1] {
		t.Errorf("hidden: %v; a cell and the total that equals it hide together", p.Hidden)
	}
	fixed, err := NewTable([]Cell{{Name: "alone", Value: 3, Cost: 4}, {Name: "half", Value: 3, Cost: 4}, {Name: "nobody", Value: 0, Cost: 1}},
		[]Relation{{Total: 0, Parts: []int{1, 2}}, {Total: 1, Parts: []int{0, 2}}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := fixed.Suppress([]Need{{Cell: 2, Above: 1}}); !errors.Is(err, ErrUnprotectable) {
		t.Errorf("a cell that must be zero: the error is %v", err)
	}
}

// squares are two tables of two by two with totals that share the totals of their columns.
func squares(r *rand.Rand) *Table {
	v := make([]int64, 4)
	for i := range v {
		v[i] = r.Int64N(15)
	}
	first := [][]int64{{v[0], v[1], v[0] + v[1]}, {v[2], v[3], v[2] + v[3]}, {v[0] + v[2], v[1] + v[3], v[0] + v[1] + v[2] + v[3]}}
	left, right := r.Int64N(first[2][0]+1), r.Int64N(first[2][1]+1)
	second := [][]int64{{left, right, left + right}, {first[2][0] - left, first[2][1] - right, first[2][2] - left - right}, first[2]}
	one, err := TwoWay(first, strings.Fields("as at a bs bt b s t all"))
	if err != nil {
		panic(err)
	}
	two, err := TwoWay(second, strings.Fields("cs ct c ds dt d s t all"))
	if err != nil {
		panic(err)
	}
	whole, _, err := Link(one, two)
	if err != nil {
		panic(err)
	}
	return whole
}

// Every pattern that costs less than the bound of linked tables is tried, and none protects.
func TestNoPatternOfLinkedTablesCostsLessThanTheBound(t *testing.T) {
	tried, proven := 0, 0
	for seed := range uint64(12) {
		table := squares(rand.New(rand.NewPCG(seed, 3)))
		needs := table.Below(4)
		p, err := table.Suppress(needs)
		if errors.Is(err, ErrUnprotectable) || len(needs) == 0 {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if p.Optimal() {
			proven++
		}
		var free []int
		hidden := make([]bool, len(table.Cells))
		for _, n := range needs {
			hidden[n.Cell] = true
		}
		for i, h := range hidden {
			if !h {
				free = append(free, i)
			}
		}
		for set := range 1 << len(free) {
			for k, cell := range free {
				hidden[cell] = set>>k&1 == 1
			}
			if table.costOf(hidden) >= p.Bound {
				continue
			}
			tried++
			intervals, err := table.Attack(hidden)
			if err != nil {
				t.Fatal(err)
			}
			if table.exposed(needs, intervals) == nil {
				t.Fatalf("seed %d: %v costs %d and protects, and the bound is %d", seed, hidden, table.costOf(hidden), p.Bound)
			}
		}
	}
	if tried < 1000 || proven < 3 {
		t.Fatalf("%d patterns tried, %d patterns proven cheapest: the cases are too easy, or the bound too weak", tried, proven)
	}
}
