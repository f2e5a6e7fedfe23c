package disclosure

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"github.com/cityrights/cityrights/test/material"
)

func counts(t *testing.T, rows [][]string) (table [][]int64) {
	t.Helper()
	for _, row := range rows {
		var counts []int64
		for _, cell := range row {
			counts = append(counts, int64(material.Number(t, cell)))
		}
		table = append(table, counts)
	}
	return table
}

func TestPatternsReachTheOptimumOfTheReference(t *testing.T) {
	var expected map[string]struct {
		Threshold   int64                 `json:"threshold"`
		Primary     []int                 `json:"primary"`
		Cost        float64               `json:"optimal_cost"`
		Suppressed  []int                 `json:"optimal_suppressed"`
		PrimaryOnly map[string][2]float64 `json:"attacker_intervals_primary_only"`
		Optimal     map[string][2]float64 `json:"attacker_intervals_optimal"`
	}
	material.JSON(t, "measure/sdc/ref_suppression.json", &expected)
	for name, want := range expected {
		t.Run(name, func(t *testing.T) {
			table, err := TwoWay(counts(t, material.Rows(t, "measure/sdc/in_"+name+".csv")), nil)
			if err != nil {
				t.Fatal(err)
			}
			needs := Threshold{k: want.Threshold}.Needs(table)
			var primary []int
			only := make([]bool, len(table.Cells))
			for _, n := range needs {
				primary = append(primary, n.Cell)
				only[n.Cell] = true
			}
			if !slices.Equal(primary, want.Primary) {
				t.Errorf("the cells %v have needs, want %v", primary, want.Primary)
			}
			same := func(hidden []bool, want map[string][2]float64) {
				t.Helper()
				intervals, err := table.Attack(hidden)
				if err != nil {
					t.Fatal(err)
				}
				if len(intervals) != len(want) {
					t.Errorf("%d intervals, want %d", len(intervals), len(want))
				}
				for _, i := range intervals {
					w := want[strconv.Itoa(i.Cell)]
					if i.Open || float64(i.Lower) != w[0] || float64(i.Upper) != w[1] {
						t.Errorf("cell %d: attackers find %d to %d, want %v", i.Cell, i.Lower, i.Upper, w)
					}
				}
			}
			same(only, want.PrimaryOnly)
			reference := make([]bool, len(table.Cells))
			for _, c := range want.Suppressed {
				reference[c] = true
			}
			same(reference, want.Optimal)
			p, err := table.Suppress(needs)
			if err != nil {
				t.Fatal(err)
			}
			if float64(p.Cost) != want.Cost || !p.Optimal() {
				t.Errorf("cost %d with the bound %d, want the optimum %v", p.Cost, p.Bound, want.Cost)
			}
		})
	}
}

// randomTable has rows × columns cells beside its totals, many of them small.
func randomTable(r *rand.Rand, rows, columns int, most int64) *Table {
	values := make([][]int64, rows+1)
	for i := range values {
		values[i] = make([]int64, columns+1)
	}
	for i := range rows {
		for j := range columns {
			v := r.Int64N(most)
			if r.IntN(4) == 0 {
				v = r.Int64N(12)
			}
			values[i][j] = v
			values[i][columns] += v
			values[rows][j] += v
			values[rows][columns] += v
		}
	}
	t, err := TwoWay(values, nil)
	if err != nil {
		panic(err)
	}
	return t
}

func TestSmallTablesGetTheCheapestPatternOfAll(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	tried := 0
	for n := range 60 {
		table := randomTable(r, 2+n%2, 2+n%3, 40)
		needs := Threshold{}.Needs(table)
		if len(needs) == 0 {
			continue
		}
		cheapest := int64(math.MaxInt64)
		for set := range 1 << len(table.Cells) {
			hidden := make([]bool, len(table.Cells))
			var cost int64
			for i := range hidden {
				if hidden[i] = set>>i&1 == 1; hidden[i] {
					cost += table.Cells[i].Cost
				}
			}
			if cost >= cheapest || !holdsAll(hidden, needs) {
				continue
			}
			intervals, err := table.Attack(hidden)
			if err != nil {
				t.Fatal(err)
			}
			if table.exposed(needs, intervals) == nil {
				cheapest = cost
			}
		}
		p, err := table.Suppress(needs)
		if cheapest == math.MaxInt64 {
			if !errors.Is(err, ErrUnprotectable) {
				t.Errorf("table %d cannot be protected, but the error is %v", n, err)
			}
			continue
		}
		tried++
		if err != nil {
			t.Fatalf("table %d: %v", n, err)
		}
		if p.Cost != cheapest || p.Bound != cheapest {
			t.Errorf("table %d: cost %d, bound %d, but the cheapest pattern costs %d", n, p.Cost, p.Bound, cheapest)
		}
	}
	if tried < 20 {
		t.Errorf("only %d tables could be protected", tried)
	}
}

func holdsAll(hidden []bool, needs []Need) bool {
	for _, n := range needs {
		if !hidden[n.Cell] {
			return false
		}
	}
	return true
}

func TestFlowsAndProgrammesFindTheSameIntervals(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		table := randomTable(r, rapid.IntRange(1, 5).Draw(t, "rows"), rapid.IntRange(1, 5).Draw(t, "columns"), 30)
		hidden := make([]bool, len(table.Cells))
		for i := range hidden {
			hidden[i] = r.IntN(3) == 0
		}
		byFlow, err := table.Attack(hidden)
		if err != nil {
			t.Fatal(err)
		}
		table.network = nil
		byProgram, err := table.Attack(hidden)
		if err != nil {
			t.Fatal(err)
		}
		for i := range byFlow {
			if byFlow[i].Open {
				byProgram[i].Upper = 0
			}
			if byFlow[i] != byProgram[i] {
				t.Fatalf("by flow %+v, by programme %+v", byFlow[i], byProgram[i])
			}
		}
	})
}

func TestLargeTablesAreProtectedWithABoundBelowTheirCost(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	table := randomTable(r, 30, 20, 300)
	needs := Threshold{}.Needs(table)
	p, err := table.Suppress(needs)
	if err != nil {
		t.Fatal(err)
	}
	if table.exposed(needs, p.Intervals) != nil {
		t.Error("a cell is exposed")
	}
	if p.Bound <= 0 || p.Bound > p.Cost {
		t.Errorf("the bound %d is no bound of the cost %d", p.Bound, p.Cost)
	}
	t.Logf("%d needs, cost %d, bound %d: %.1f %% apart", len(needs), p.Cost, p.Bound, 100*float64(p.Cost-p.Bound)/float64(p.Cost))
}

func TestHiddenCellsCannotBeRecovered(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 8))
		table := randomTable(r, rapid.IntRange(2, 12).Draw(t, "rows"), rapid.IntRange(2, 10).Draw(t, "columns"), 60)
		needs := Threshold{}.Needs(table)
		p, err := table.Suppress(needs)
		if errors.Is(err, ErrUnprotectable) {
			t.Skip("this table cannot be protected")
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range p.Intervals {
			if !i.Open && i.Lower == i.Upper && table.Cells[i.Cell].Value > 0 && table.Cells[i.Cell].Value < 10 {
				t.Fatalf("cell %d can be worked out: %d", i.Cell, i.Lower)
			}
		}
		if p.Bound > p.Cost {
			t.Fatalf("the bound %d lies above the cost %d", p.Bound, p.Cost)
		}
		again, err := table.Suppress(needs)
		if err != nil || !slices.Equal(again.Hidden, p.Hidden) {
			t.Fatalf("the same table got another pattern (error: %v)", err)
		}
	})
}

// sparse is a table of which about percent in a hundred inner cells are small.
func sparse(r *rand.Rand, rows, columns, percent int) *Table {
	values := make([][]int64, rows+1)
	for i := range values {
		values[i] = make([]int64, columns+1)
	}
	for i := range rows {
		for j := range columns {
			v := 10 + r.Int64N(500)
			if r.IntN(100) < percent {
				v = r.Int64N(10)
			}
			values[i][j] = v
			values[i][columns] += v
			values[rows][j] += v
			values[rows][columns] += v
		}
	}
	t, err := TwoWay(values, nil)
	if err != nil {
		panic(err)
	}
	return t
}

// BenchmarkSuppress tells with the time how far the cost is, at most, above that of the cheapest pattern.
func BenchmarkSuppress(b *testing.B) {
	for _, size := range [][2]int{{8, 4}, {12, 6}, {25, 12}, {50, 25}, {100, 50}} {
		for _, percent := range []int{2, 10, 30} {
			b.Run(fmt.Sprintf("%dx%d/%d%%", size[0], size[1], percent), func(b *testing.B) {
				table := sparse(rand.New(rand.NewPCG(5, uint64(percent))), size[0], size[1], percent)
				needs := Threshold{}.Needs(table)
				b.ReportAllocs()
				var p Pattern
				for b.Loop() {
					var err error
					if p, err = table.Suppress(needs); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(len(needs)), "needs")
				if len(needs) > 0 {
					b.ReportMetric(100*float64(p.Cost-p.Bound)/float64(p.Cost), "%gap")
				}
			})
		}
	}
}
