package sheet

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/cityrights/cityrights/formula"
	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func cells(t *Table) [][]string {
	var rows [][]string
	for _, row := range t.Rows {
		rows = append(rows, row.Cells)
	}
	return rows
}

func read(t *testing.T, text string) *Table {
	t.Helper()
	table, err := Parse([]byte(text), "a.csv", Limits{})
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return table
}

func inUTF16(text string, mark, big bool) string {
	var b strings.Builder
	units := utf16.Encode([]rune(text))
	if mark {
		units = append([]uint16{0xfeff}, units...)
	}
	for _, u := range units {
		if big {
			b.WriteByte(byte(u >> 8))
		}
		b.WriteByte(byte(u))
		if !big {
			b.WriteByte(byte(u >> 8))
		}
	}
	return b.String()
}

func TestEveryWayToSaveATableReadsTheSame(t *testing.T) {
	want := [][]string{{"Year", "Ward", "Value"}, {"2019", "Évry", "1.5"}, {"2020", "St Paul", "2"}}
	plain := "Year,Ward,Value\n2019,Évry,1.5\n2020,St Paul,2\n"
	latin := "Year,Ward,Value\n2019,\xc9vry,1.5\n2020,St Paul,2\n"
	for name, text := range map[string]string{
		"LF":                  plain,
		"CRLF":                strings.ReplaceAll(plain, "\n", "\r\n"),
		"CR":                  strings.ReplaceAll(plain, "\n", "\r"),
		"CR CR LF":            strings.ReplaceAll(plain, "\n", "\r\r\n"),
		"mixed endings":       "Year,Ward,Value\r2019,Évry,1.5\r\n2020,St Paul,2\n",
		"no last ending":      strings.TrimSuffix(plain, "\n"),
		"byte order mark":     "\xef\xbb\xbf" + plain,
		"UTF-16 little":       inUTF16(plain, true, false),
		"UTF-16 big":          inUTF16(plain, true, true),
		"UTF-16 without mark": inUTF16(plain, false, false),
		"UTF-16 big, no mark": inUTF16(plain, false, true),
		"Windows-1252":        latin,
		"semicolon":           strings.ReplaceAll(plain, ",", ";"),
		"tab":                 strings.ReplaceAll(plain, ",", "\t"),
		"bar":                 strings.ReplaceAll(plain, ",", "|"),
		"Excel's hint":        "sep=;\r\n" + strings.ReplaceAll(plain, ",", ";"),
		"all quoted":          "\"Year\",\"Ward\",\"Value\"\n\"2019\",\"Évry\",\"1.5\"\n\"2020\",\"St Paul\",\"2\"\n",
		"space before quote":  "Year, \"Ward\" ,Value\n2019, \"Évry\",1.5\n2020,St Paul,2\n",
		"blank rows":          "Year,Ward,Value\n\n,,\n2019,Évry,1.5\n  \n2020,St Paul,2\n,,\n",
		"end-of-file mark":    plain + "\x1a",
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(want, cells(read(t, text))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTheFactsOfReadingAreKept(t *testing.T) {
	table := read(t, "Year;Value\r\n2019;1\r2020;caf\xe9\n\n2021;3")
	if table.Delimiter != ';' || table.Encoding != Windows1252 || table.Sample != "café" || table.Blank != 1 || !table.Open {
		t.Errorf("%+v", table)
	}
	if want := []string{"CR", "CRLF", "LF"}; !slices.Equal(table.Endings, want) {
		t.Errorf("endings %v, want %v", table.Endings, want)
	}
	if line := table.Rows[3].Line; line != 5 {
		t.Errorf("the last row is on line %d, want 5", line)
	}
}

func TestAQuotedCellMayHoldLineEndingsDelimitersAndQuotes(t *testing.T) {
	table := read(t, "Year,Group,Value\n2010,\"walk to work\r\n\",17.5\n2011,\"a \"\"b\"\", c\",3\n2012,5\" pipe,4\n")
	want := [][]string{{"Year", "Group", "Value"}, {"2010", "walk to work\n", "17.5"}, {"2011", `a "b", c`, "3"}, {"2012", `5" pipe`, "4"}}
	if diff := cmp.Diff(want, cells(table)); diff != "" {
		t.Error(diff)
	}
	if line := table.Rows[2].Line; line != 4 {
		t.Errorf("the row behind a cell of two lines is on line %d, want 4", line)
	}
	if len(table.Endings) != 1 {
		t.Errorf("an ending inside a cell counts as one of the file: %v", table.Endings)
	}
}

func TestWhatCannotBeReadIsRefusedWithItsPlace(t *testing.T) {
	small := Limits{Bytes: 1000, Rows: 5, Columns: 4, Cell: 20}
	for name, c := range map[string]struct {
		data string
		kind fault.Kind
		row  int
		says string
	}{
		"open quote":        {"Year,Value\n2019,1\n2020,\"2\n2021,3\n", fault.Invalid, 3, "never closed"},
		"text behind quote": {"Year,Value\n2019,\"1\"2\n", fault.Invalid, 2, "behind a closing"},
		"NUL":               {"Year,Value\n2019,1\x00\n", fault.Invalid, 2, "NUL"},
		"Excel":             {"PK\x03\x04rest", fault.Invalid, 0, "spreadsheet"},
		"PDF":               {"%PDF-1.7", fault.Invalid, 0, "PDF"},
		"web page":          {"\n<!DOCTYPE html><html>", fault.Invalid, 0, "web page"},
		"Git LFS":           {"version https://git-lfs.github.com/spec/v1\n", fault.Invalid, 0, "Git LFS"},
		"Git conflict":      {"Year,Value\n<<<<<<< HEAD\n2019,1\n=======\n2019,2\n>>>>>>> b\n", fault.Invalid, 0, "conflict"},
		"mixed encodings":   {"Year,Ward\n2019,É\n2020,\xc9vry\n", fault.Invalid, 2, "cannot be decided"},
		"Mac Roman":         {"Year,Ward\n2019,Montr\x8eal\n", fault.Invalid, 2, "cannot be decided"},
		"Cyrillic":          {"Year,Ward\n2019,\xcc\xee\xf1\xea\xe2\xe0\n", fault.Invalid, 2, "cannot be decided"},
		"cut UTF-16":        {"\xff\xfeY\x00e", fault.Invalid, 0, "cut off"},
		"not UTF-16":        {"\xff\xfeY\x00\x00\x00", fault.Invalid, 0, "is not"},
		"too large":         {strings.Repeat("x", 1001), fault.TooMuch, 0, "larger"},
		"too many rows":     {"a,b\n1,2\n1,2\n1,2\n1,2\n1,2\n", fault.TooMuch, 6, "more than 5 rows"},
		"too many columns":  {"a,b,c,d,e\n", fault.TooMuch, 1, "more than 4 columns"},
		"too long a cell":   {"a,b\n1," + strings.Repeat("x", 21) + "\n", fault.TooMuch, 2, "longer than 20"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Read(strings.NewReader(c.data), "a.csv", small)
			var f *fault.Error
			if !errors.As(err, &f) || f.Kind != c.kind || f.Place.File != "a.csv" || f.Place.Row != c.row || !strings.Contains(f.Text, c.says) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestWhatIsWrittenReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		columns := rapid.IntRange(1, 5).Draw(t, "columns")
		text := rapid.StringMatching("[a-zé ,;\t\"'.0-9\n]{0,8}")
		rows := rapid.SliceOfN(rapid.SliceOfN(text, columns, columns), 1, 6).Draw(t, "rows")
		var b strings.Builder
		w := NewWriter(&b)
		var want [][]string
		for _, row := range rows {
			w.Row(row...)
			safe := make([]string, len(row))
			for i := range row {
				safe[i] = formula.Guard(row[i])
			}
			if !(Row{Cells: safe}).Blank() {
				want = append(want, safe)
			}
		}
		w.Flush()
		table := &Table{}
		if err := table.parse(b.String(), ',', 1, Default); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, cells(table)); diff != "" {
			t.Fatalf("%s\n%q", diff, b.String())
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"Year,Value\n2019,1\n", "\xef\xbb\xbfYear;Value\r2019;\"a\r\n\"\r\r\n", "sep=\t\na\tb\n", "\xff\xfea\x00", "a,\"b\"\"c\n", "caf\xe9,1", "sep=", "\x1a", "a|b\n1|2",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		limits := Limits{Bytes: 1 << 16, Rows: 100, Columns: 20, Cell: 500}
		table, err := Parse(data, "a.csv", limits)
		if err != nil {
			if k := fault.KindOf(err); k != fault.Invalid && k != fault.TooMuch {
				t.Fatalf("an error of kind %q: %v", k, err)
			}
			return
		}
		line := 0
		for _, row := range table.Rows {
			if row.Line <= line || row.Blank() || len(row.Cells) > limits.Columns {
				t.Fatalf("row %+v behind line %d", row, line)
			}
			line = row.Line
		}
		if again, err := Parse(data, "a.csv", limits); err != nil || fmt.Sprint(again) != fmt.Sprint(table) {
			t.Fatal("the same bytes read differently")
		}
	})
}
