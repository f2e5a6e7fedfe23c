package statistics

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestAMappingIsReadWithItsPlaces(t *testing.T) {
	text := "Standard Indicator;source_indicator;select;transform;unit;fit;note;period\r\n" +
		"liv.1.o1;1.2.1;Working Pattern=;difference:Sex:Male:Female;%;Exact;a note;\r\nLIV.1.O2;4-1;;;people;close;;month\r\nLIV.1.O2;4-2;;scale:0.001;;no;;\r\n"
	got, found := ParseMapping(strings.NewReader(text), "map.csv", nil)
	want := Mapping{
		{Row: 2, Indicator: "LIV.1.O1", Source: "1-2-1", Select: []Condition{{"Working Pattern", ""}}, Transform: Transform{Kind: DifferenceTransform, Column: "Sex", A: "Male", B: "Female"}, Unit: "%", Fit: "exact", Note: "a note"},
		{Row: 3, Indicator: "LIV.1.O2", Source: "4-1", Unit: "people", Fit: "close", Period: MonthPeriod},
		{Row: 4, Indicator: "LIV.1.O2", Source: "4-2", Transform: Transform{Kind: ScaleTransform, By: .001}, Fit: "no"},
	}
	if diff := cmp.Diff(want, got); diff != "" || len(found) > 0 {
		t.Error(diff, found)
	}
}

func TestABrokenMappingNamesRowAndColumnAndBlocksTheImport(t *testing.T) {
	header := "standard_indicator,source_indicator,select,transform,unit,fit,note,period\n"
	traps := map[string]trap{}
	for name, c := range map[string]struct{ text, want string }{
		"no such indicator":             {header + "LIV.9.O1,1-2-1,,value,%,exact\n", "error map.csv:2: standard_indicator mapping.indicator"},
		"no such requirement":           {header + "L.LIV.9.O1,1-2-1,,value,%,exact\n", "error map.csv:2: standard_indicator mapping.indicator"},
		"no indicator":                  {header + ",1-2-1,,value,%,exact\n", "error map.csv:2: standard_indicator mapping.blank"},
		"no source":                     {header + "LIV.1.O1,,,value,%,exact\n", "error map.csv:2: source_indicator mapping.blank"},
		"no fit":                        {header + "LIV.1.O1,1-2-1,,value,%,\n", "error map.csv:2: fit mapping.fit"},
		"another fit":                   {header + "LIV.1.O1,1-2-1,,value,%,good\n", "error map.csv:2: fit mapping.fit"},
		"another transform":             {header + "LIV.1.O1,1-2-1,,double,%,exact\n", "error map.csv:2: transform mapping.transform"},
		"a transform without number":    {header + "LIV.1.O1,1-2-1,,scale:x,%,exact\n", "error map.csv:2: transform mapping.transform_number"},
		"a transform by nothing":        {header + "LIV.1.O1,1-2-1,,scale:0,%,exact\n", "error map.csv:2: transform mapping.transform_number"},
		"half a difference":             {header + "LIV.1.O1,1-2-1,,difference:Sex:Male,%,exact\n", "error map.csv:2: transform mapping.transform_difference"},
		"a difference from itself":      {header + "LIV.1.O1,1-2-1,,difference:Sex:Male:male,%,exact\n", "error map.csv:2: transform mapping.transform_difference"},
		"a difference that is selected": {header + "LIV.1.O1,1-2-1,sex=Male,difference:Sex:Male:Female,%,exact\n", "error map.csv:2: select mapping.select_difference"},
		"no condition":                  {header + "LIV.1.O1,1-2-1,Units,value,%,exact\n", "error map.csv:2: select mapping.select"},
		"a condition without column":    {header + "LIV.1.O1,1-2-1,=Rate,value,%,exact\n", "error map.csv:2: select mapping.select_column"},
		"a column twice":                {header + "LIV.1.O1,1-2-1,Sex=a;sex=b,value,%,exact\n", "error map.csv:2: select mapping.select_twice"},
		"another period":                {header + "LIV.1.O1,1-2-1,,value,%,exact,,year\n", "error map.csv:2: period mapping.period"},
		"two periods of one source":     {header + "LIV.1.O1,1-2-1,,value,%,exact,,span\nLIV.1.O2,1-2-1,,value,%,exact,,month\n", "error map.csv:3: period mapping.periods"},
		"a long row":                    {header + "LIV.1.O1,1-2-1,,value,%,exact,,,x\n", "error map.csv:2 row.long"},
		"no column of fit":              {"standard_indicator,source_indicator\nLIV.1.O1,1-2-1\n", "error map.csv:1: fit mapping.lacks"},
		"a header twice":                {"standard_indicator,source_indicator,fit,Fit\n", "error map.csv:1: Fit column.twice"},
		"nothing":                       {"\n", "error map.csv:1 mapping.empty"},
		"an Excel workbook":             {"PK\x03\x04", "error map.csv file.unreadable"},
	} {
		traps[name] = trap{files: map[string]string{"indicator_1-2-1.csv": plainData}, mapping: c.text, want: []string{c.want}, never: []string{"file ", "LIV.1.O1 %"}}
	}
	traps["a city's own indicator is no mistake"] = trap{files: map[string]string{"indicator_1-2-1.csv": plainData}, mapping: header + "L.LIV.1.O1,1-2-1,,value,%,exact\n", want: []string{"L.LIV.1.O1 % exact: 2018=1 2019=2"}}
	traps["nor is an unknown column"] = trap{files: map[string]string{"indicator_1-2-1.csv": plainData}, mapping: "standard_indicator,source_indicator,fit,who\nLIV.1.O1,1-2-1,exact,me\n", want: []string{"warning map.csv:1: who mapping.column", "LIV.1.O1  exact: 2018=1 2019=2"}}
	traps["nor a row that stands twice"] = trap{files: map[string]string{"indicator_1-2-1.csv": plainData}, mapping: rowsOf("LIV.1.O1,1-2-1,,value,%,exact", "LIV.1.O1,1-2-1,,value,%,exact"), want: []string{"warning map.csv:3 mapping.twice"}}
	runTraps(t, traps)
}

func TestAMappingOfTooManyRowsIsRefusedWithTheFirstOfThem(t *testing.T) {
	rows := make([]string, maxMapping+1)
	for i := range rows {
		rows[i] = "LIV.1.O1," + itoa(i) + ",,value,%,exact"
	}
	if mapping, found := ParseMapping(strings.NewReader(rowsOf(rows[1:]...)), "map.csv", nil); len(mapping) != maxMapping || hasError(found) {
		t.Errorf("%d rows are read of as many as there may be: %v", len(mapping), found)
	}
	mapping, found := ParseMapping(strings.NewReader(rowsOf(rows...)), "map.csv", nil)
	if len(mapping) != 0 || len(found) != 1 || found[0].Code != "mapping.many" || found[0].Place.Row != maxMapping+2 {
		t.Errorf("%d rows are read of one too many: %v", len(mapping), found)
	}
}

func FuzzMapping(f *testing.F) {
	f.Add(rowsOf("LIV.1.O1,1-2-1,Units=a;b=;Sex=*,difference:Sex:Male:Female,%,exact,note,span"))
	f.Add("standard_indicator;source_indicator;fit\nA;1;no\n")
	f.Fuzz(func(t *testing.T, text string) {
		mapping, found := ParseMapping(strings.NewReader(text), "map.csv", nil)
		if hasError(found) {
			return
		}
		for _, row := range mapping {
			again, err := ParseTransform(row.Transform.String())
			if err != nil || !reflect.DeepEqual(again, row.Transform) {
				t.Fatalf("%+v becomes %+v (%v)", row.Transform, again, err)
			}
			if conditions, err := parseSelect(row.selectText()); err != nil || !cmp.Equal(conditions, row.Select) {
				t.Fatalf("%+v becomes %+v (%v)", row.Select, conditions, err)
			}
		}
		var file strings.Builder
		if err := WriteMapping(&file, mapping); err != nil {
			t.Fatal(err)
		}
		written, found := ParseMapping(strings.NewReader(file.String()), "map.csv", nil)
		if hasError(found) {
			t.Fatalf("what is written does not read back: %v\n%s", found, file.String())
		}
		for _, row := range plainMapping(written) {
			if !slices.ContainsFunc(plainMapping(mapping), func(m MappingRow) bool { return cmp.Equal(m, row, cmpopts.EquateEmpty()) }) {
				t.Fatalf("%+v was not in the mapping\n%s", row, file.String())
			}
		}
	})
}

// A message that is nothing but its argument would stay English in every language.
func TestNoMistakeInAMappingIsSaidByItsArgumentAlone(t *testing.T) {
	for code, text := range Messages() {
		if strings.HasPrefix(code, "mapping.") && strings.HasPrefix(text, "{") && strings.HasSuffix(text, "}") && strings.Count(text, "{") == 1 {
			t.Errorf("%s says only %s", code, text)
		}
	}
	for _, text := range []string{"complimentt:100", "scale:x", "value:1", "difference:Sex"} {
		if _, err := ParseTransform(text); err == nil || strings.Contains(err.Error(), "{") {
			t.Errorf("%s: %v", text, err)
		}
	}
}
