package cli

import (
	"bytes"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/cityrights/cityrights/internal/platform/sheet"
	"github.com/cityrights/cityrights/measure/feasible"
	"github.com/cityrights/cityrights/measure/index"
)

// tableOf reads a table from text.
func tableOf(text string, required ...string) (*computeTable, error) {
	return namedTable("t.csv", text, required...)
}

func namedTable(name, text string, required ...string) (*computeTable, error) {
	read, err := sheet.Parse([]byte(text), name, computeLimits)
	if err != nil {
		return nil, err
	}
	return newComputeTable(read, required...)
}

func TestCellsOfATable(t *testing.T) {
	table, err := tableOf("\ufeffcode;value\n NA ; 1e-3 \nb;NA\nc;\n\nd;-.5\n", "code", "value")
	if err != nil {
		t.Fatal(err)
	}
	code, value := table.column("code"), table.column("value")
	if table.cell(0, code) != "NA" || table.word(0, code) != "" || table.word(0, table.column("nothing")) != "" {
		t.Error("a code may be NA, a word may not, and what has no column is empty")
	}
	for row, want := range []struct {
		value   float64
		present bool
	}{{0.001, true}, {0, false}, {0, false}, {-0.5, true}} {
		if v, present, err := table.number(row, value); err != nil || v != want.value || present != want.present {
			t.Errorf("row %d: %v, %t, %v", row, v, present, err)
		}
	}
}

func TestTablesThatCannotBeRead(t *testing.T) {
	for text, want := range map[string]string{
		"":                         "t.csv: the file is empty",
		"a,b\n":                    "t.csv: the table has a header and no rows",
		"a,a\n1,2\n":               "t.csv:1: a: the column stands twice",
		"b\n1\n":                   "t.csv:1: a: the column is missing",
		"a,b\n1,2\n3\n":            "t.csv:3: the row has 1 cells and the header has 2",
		"a,b\n1,2,3\n":             "t.csv:2: the row has 3 cells and the header has 2",
		"a,b\n\"1,2\n":             "t.csv:2: a quotation mark opens",
		"PK\x03\x04":               "t.csv: this is a spreadsheet",
		strings.Repeat("b\n", 100): "t.csv:1: a: the column is missing",
	} {
		_, err := tableOf(text, "a")
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v, not %s", text, err, want)
		}
	}
	_, err := tableOf("a,b\n"+strings.Repeat("1\n", 100), "a")
	if got := strings.Count(err.Error(), "\n"); got != computeEnough || !strings.HasSuffix(err.Error(), "and 80 more errors") {
		t.Errorf("%d lines of errors: %v", got, err)
	}
}

func TestTextsThatAreNoNumbers(t *testing.T) {
	for _, text := range []string{"NaN", "Inf", "-inf", "0x10", "1_000", "1,5", "1 000", "--1", "1e", "e", ".", "1e999", "½", "1.2.3"} {
		if v, err := parseNumber(text); err == nil {
			t.Errorf("%q is read as %v", text, v)
		}
	}
}

func TestNumbersReadBackTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.Float64().Filter(func(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }).Draw(t, "value")
		var out bytes.Buffer
		err := resultTable{"t.csv", []string{"v", "w"}, func(yield func([]string) bool) { yield([]string{decimal(v, true), decimal(0, false)}) }}.writeTo(&out)
		if err != nil {
			t.Fatal(err)
		}
		table, err := tableOf(out.String(), "v")
		if err != nil {
			t.Fatal(err)
		}
		if got, present, err := table.number(0, 0); err != nil || !present || math.Float64bits(got) != math.Float64bits(v) {
			t.Fatalf("%v is read back as %v (%v)", v, got, err)
		}
		if _, present, err := table.number(0, 1); present || err != nil {
			t.Fatalf("what is missing is read back as a number (%v)", err)
		}
	})
}

func FuzzReadIndexTables(f *testing.F) {
	f.Add("Level,iCode,Direction,Weight,Parent\n1,a,1,1,top\n1,b,-1,2,top\n2,top,1,1,\n", "uCode,a,b\nu,1,2\nv,3,\nw,NA,0.5\n", "norm,agg,a\nn_minmax,a_amean,2\nrank,copeland,1\n")
	f.Add("Level;iCode;Direction;Parent\n1;a;1;a\n", "uCode;Time;a\nu;2020;1\nu;2021;2\n", "winmax\n1\nx\n")
	f.Add("Level,iCode,Direction,Weight,Parent,Target\n1,a,1,0,top,x\n3,top,1,,\n", "\xff\xfe", "rep\n1\n")
	f.Fuzz(func(t *testing.T, meta, data, draws string) {
		table, err := tableOf(meta, "Level", "iCode", "Direction", "Parent")
		if err != nil {
			return
		}
		tree, err := metaOf(table, nil)
		if err != nil {
			return
		}
		rows, err := tableOf(data, "uCode")
		if err != nil {
			return
		}
		units, err := unitsOf(rows, tree.structure, "", false)
		if err != nil {
			return
		}
		method := index.Method{Normalise: index.Normalisation{Scale: index.MinMax, Lower: 1, Upper: 100}, Aggregate: []index.Aggregation{{Kind: index.Arithmetic}}}
		result, err := index.Build(units.values, tree.structure, method)
		if err != nil {
			t.Fatalf("what was read cannot be built: %v", err)
		}
		table, err = tableOf(draws)
		if err != nil {
			return
		}
		drawn, err := drawsOf(table, method, tree.structure)
		if err != nil || len(tree.structure.Tops()) != 1 {
			return
		}
		_, _ = index.Simulation{Result: result, Alternatives: drawn.alternatives}.Uncertainty(drawn.draws, true)
		_, _ = drawn.sobolFactors()
	})
}

func FuzzReadSeries(f *testing.F) {
	f.Add("unit,indicator,period,value,direction\na,b,2020,1,up\na,b,2021,2,up\n")
	f.Add("unit,indicator,period,value,direction\na,b,2019-2020,,1\na,b,2019-Q1,1e300,1\n")
	f.Fuzz(func(t *testing.T, data string) {
		table, err := tableOf(data, "unit", "indicator", "period", "value", "direction")
		if err != nil {
			return
		}
		list, err := seriesOf(table)
		if err != nil {
			return
		}
		for _, s := range list {
			if r := trendOf(s); r.Slope != nil && (math.IsNaN(*r.Slope) || math.IsInf(*r.Slope, 0)) {
				t.Errorf("slope %v", *r.Slope)
			}
		}
	})
}

func FuzzReadFrontiers(f *testing.F) {
	f.Add("indicator,right,min,frontier,peak\nb,r,0,1,2\nc,r,5,1,\n", "unit,indicator,period,value,resources\na,b,2020,1,3\na,c,2020,2,\n")
	f.Add("indicator,min,frontier,peak\nb,0,0,0\n", "unit,indicator,period,value,resources\na,b,2020,,-1\n")
	f.Fuzz(func(t *testing.T, frontiers, data string) {
		table, err := tableOf(frontiers, "indicator", "min", "frontier", "peak")
		if err != nil {
			return
		}
		reference, _, err := referenceOf(table)
		if err != nil {
			return
		}
		if table, err = tableOf(data, "unit", "indicator", "period", "value", "resources"); err != nil {
			return
		}
		observations, _, err := observationsOf(table, reference)
		if err != nil {
			return
		}
		for _, right := range feasible.Rights(observations, reference, 2026) {
			if !(right.Score >= 0 && right.Score <= 100) {
				t.Errorf("score %v", right.Score)
			}
		}
	})
}

func FuzzParsePeriod(f *testing.F) {
	for _, text := range []string{"2020", "2020.5", "2019-2020", "2019/20", "2011-12", "2020-Q3", "2020Q3", "2020-06", "2020-06-30", "1999-00", "2020-13", "soon", ""} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if at, err := parsePeriod(text); err == nil && !(at >= 0 && at < 10_001) {
			t.Errorf("%q is at %v", text, at)
		}
	})
}

func TestMiddleOfAPeriod(t *testing.T) {
	for text, want := range map[string]float64{
		"2020": 2020.5, "2020.25": 2020.25, "2019-2020": 2020, "2019-20": 2020, "2019/20": 2020, "1999-00": 2000, "2016-2018": 2017.5,
		"2020-Q1": 2020.125, "2020Q4": 2020.875, "2020-01": 2020 + 0.5/12, "2020-12": 2020 + 11.5/12, "2020-01-01": 2020 + 0.5/365.25,
	} {
		if got, err := parsePeriod(text); err != nil || math.Abs(got-want) > 1e-9 {
			t.Errorf("%s is at %v (%v), not %v", text, got, err, want)
		}
	}
	for _, text := range []string{"2011-12", "2005/06", "2020-2019", "2020-2020", "2020-13", "2020-25", "2020-02-30", "20", "twenty", ""} {
		if got, err := parsePeriod(text); err == nil {
			t.Errorf("%q is at %v", text, got)
		}
	}
}
