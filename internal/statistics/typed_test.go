package statistics

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestATypedNumberIsReadAsItsWriterMeansIt(t *testing.T) {
	const point, comma = false, true
	for _, c := range []struct {
		text   string
		comma  bool
		number float64
		asked  bool
	}{
		{"1,234.5", point, 1234.5, false}, {"1.234,5", point, 1234.5, false}, {"1.234,5", comma, 1234.5, false}, {"1,234.5", comma, 1234.5, false},
		{"1,5", point, 1.5, false}, {"1.5", comma, 1.5, false}, {"0,125", comma, 0.125, false}, {"0.125", comma, 0.125, false},
		{"1,234", point, 1234, true}, {"1,234", comma, 1.234, true}, {"1.234", point, 1.234, true}, {"1.234", comma, 1234, true},
		{"1.234.567", point, 1234567, false}, {"1 234 567,25", comma, 1234567.25, false}, {"1\u202f234", comma, 1234, false}, {"1’234.50", point, 1234.5, false},
		{"١٬٢٣٤٫٥", point, 1234.5, false}, {"۱۲٫۵", point, 12.5, false}, {"٢٠٢٤", comma, 2024, false}, {"12,5 %", comma, 12.5, false}, {"−3,5", comma, -3.5, false}, {"€ 1.200,00", comma, 1200, false},
		{"1e3", point, 1000, false}, {"12345.678", comma, 12345.678, false},
	} {
		read := ReadTyped(c.text, c.comma)
		if read.Number == nil || *read.Number != c.number || read.Ambiguous != c.asked {
			t.Errorf("%q, comma %v: %+v", c.text, c.comma, read)
		}
	}
	for _, text := range []string{"1,23,456", "12,3456.7", "1.234,567,8", "abc", "1 23", "12 p", "--", "1..2", ".", "=1+1", "9e99"} {
		if read := ReadTyped(text, point); read.Number != nil {
			t.Errorf("%q was read as %v", text, *read.Number)
		}
	}
	for text, mark := range map[string]string{"c": "c", "<5": "<5", "n/a": "n/a", ":": ":"} {
		if read := ReadTyped(text, point); read.Mark != mark {
			t.Errorf("%q: %+v", text, read)
		}
	}
	if !ReadTyped(" \u200f", point).Blank() {
		t.Error("nothing was read as something")
	}
}

func FuzzReadTyped(f *testing.F) {
	for _, text := range []string{"1,234.5", "١٬٢٣٤", "<5", "1 234", "-0,5", "%"} {
		f.Add(text, true)
	}
	f.Fuzz(func(t *testing.T, text string, comma bool) {
		read := ReadTyped(text, comma)
		if read.Number != nil && (!finite(*read.Number) || read.Mark != "" || read.Wrong) {
			t.Fatalf("%q: %+v", text, read)
		}
		if read.Number != nil {
			if again := ReadTyped(formatNumber(*read.Number), false); again.Number == nil || *again.Number != *read.Number {
				t.Fatalf("%q is %v, which is read as %+v", text, *read.Number, again)
			}
		}
	})
}

func TestATypedTableKeepsWhatItDoesNotShow(t *testing.T) {
	w := sqliteWorld(t)
	head := "indicator,year,sex,age,value,count,status,source,url\n"
	_, _ = w.tidy("a", head+"typed-liv-1-o2,2020,,,10,100,p,Office,https://o.example/\ntyped-liv-1-o2,2020,Women,,12,60,,Office,https://o.example/\n"+
		"typed-liv-1-o2,2020,,Old,3,7,,Office,https://o.example/\ntyped-liv-1-o2,2019,Women,Old,4,,,Office,https://o.example/\ntyped-liv-1-o2,2021-06,,,5,,,Office,https://o.example/\n", "")
	before := w.raw("a", "typed-liv-1-o2")
	five, ten, twelve := 5.5, 10.0, 12.0
	if diff := cmp.Diff(map[TypedCell]Figure{{"", 2020}: {Number: &ten}, {"Women", 2020}: {Number: &twelve}}, before.Table("sex")); diff != "" {
		t.Error(diff)
	}
	typing := Typing{Code: "typed-liv-1-o2", Title: "T", Publisher: "Office", URL: "https://o.example/", Column: "sex", Cells: map[TypedCell]Figure{
		{"", 2020}: {Number: &ten}, {"women", 2020}: {}, {"Men", 2020}: {Number: &five}, {"Men", 2021}: {Mark: "c"}, {"", 2021}: {}}}
	var text strings.Builder
	if err := typing.Write(&text, before); err != nil {
		t.Fatal(err)
	}
	report, _ := w.tidy("a", text.String(), "")
	if v := report.Values; v.New != 2 || v.Withdrawn != 1 || v.Changed != 0 || v.Unchanged != 4 {
		t.Errorf("%+v\n%s", v, text.String())
	}
}

func TestATypedTableReadsBack(t *testing.T) {
	w := sqliteWorld(t)
	n := 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		city := "city" + itoa(n)
		cells := map[TypedCell]Figure{}
		for _, group := range []string{"", "+65", "=A1", "Straße", "a, b"} {
			for year := 2000; year < 2004; year++ {
				if rapid.Bool().Draw(t, "filled") {
					v := roundTo(rapid.Float64Range(-1e6, 1e6).Draw(t, "value"), 3)
					cells[TypedCell{group, year}] = Figure{Number: &v}
				}
			}
		}
		if len(cells) == 0 {
			return
		}
		var text strings.Builder
		if err := (Typing{Code: "typed-x", Publisher: "P", Column: "area", Cells: cells}).Write(&text, nil); err != nil {
			t.Fatal(err)
		}
		_, _ = w.tidy(city, text.String(), "")
		if diff := cmp.Diff(cells, w.raw(city, "typed-x").Table("area")); diff != "" {
			t.Fatal(diff)
		}
	})
}
