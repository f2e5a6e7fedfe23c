package sheet

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"github.com/cityrights/cityrights/formula"
)

func written(t interface{ Fatal(...any) }, table string) (*excelize.File, []byte) {
	var b bytes.Buffer
	if err := WriteWorkbook(&b, "table", strings.NewReader(table), func(column string) bool { return column == "value" }); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	return book, b.Bytes()
}

func TestAWorkbookHasTheCellsOfItsTableAndRunsNothing(t *testing.T) {
	const table = "period,value,text\n2020-21,12.5,'=1+1\n05/06,true,\"a, \"\"b\"\"\"\n,n/a,=HYPERLINK(1)\n00123,-0.25,مدينة\n"
	book, first := written(t, table)
	defer func() { _ = book.Close() }()
	rows, err := book.GetRows("table")
	want := [][]string{{"period", "value", "text"}, {"2020-21", "12.5", "=1+1"}, {"05/06", "TRUE", `a, "b"`}, {"", "n/a", "=HYPERLINK(1)"}, {"00123", "-0.25", "مدينة"}}
	if diff := cmp.Diff(want, rows); err != nil || diff != "" {
		t.Error(err, diff)
	}
	for _, cell := range []string{"C2", "C4"} {
		if text, err := book.GetCellFormula("table", cell); err != nil || text != "" {
			t.Errorf("%s is the formula %q, %v", cell, text, err)
		}
	}
	for cell, want := range map[string]excelize.CellType{"A2": excelize.CellTypeInlineString, "B2": excelize.CellTypeNumber, "B3": excelize.CellTypeBool, "B4": excelize.CellTypeInlineString, "A5": excelize.CellTypeInlineString} {
		kind, err := book.GetCellType("table", cell)
		if want == excelize.CellTypeNumber && kind == excelize.CellTypeUnset { // a number needs no type
			kind = want
		}
		if err != nil || kind != want {
			t.Errorf("%s has the type %v, %v", cell, kind, err)
		}
	}
	if _, second := written(t, table); !bytes.Equal(first, second) {
		t.Error("the same table gives other bytes")
	}
}

func TestAWorkbookReadsBackAsItsTable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cell := rapid.StringMatching(`[ -~äاß]{1,12}`)
		rows := [][]string{{"a", "b"}}
		for range rapid.IntRange(0, 6).Draw(t, "rows") {
			rows = append(rows, []string{cell.Draw(t, "a"), cell.Draw(t, "b")})
		}
		var table bytes.Buffer
		w := csv.NewWriter(&table)
		for _, row := range rows {
			_ = w.Write([]string{formula.Guard(row[0]), formula.Guard(row[1])})
		}
		w.Flush()
		book, _ := written(t, table.String())
		defer func() { _ = book.Close() }()
		got, err := book.GetRows("table")
		if err != nil {
			t.Fatal(err)
		}
		for i := range rows {
			for c := range rows[i] {
				if want := formula.Unguard(formula.Guard(rows[i][c])); got[i][c] != want {
					t.Fatalf("%q became %q", want, got[i][c])
				}
			}
		}
	})
}

func TestABrokenTableIsNoWorkbook(t *testing.T) {
	if err := WriteWorkbook(&bytes.Buffer{}, "table", strings.NewReader("a,b\n\"c"), func(string) bool { return false }); err == nil {
		t.Error("it was written")
	}
}
