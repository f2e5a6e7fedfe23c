package statistics

import (
	"strconv"
	"testing"

	"pgregory.net/rapid"
)

func TestNumbersAreReadAsPeopleWriteThem(t *testing.T) {
	for text, want := range map[string]float64{
		"0": 0, "12.5": 12.5, "-1.7": -1.7, "−1.7": -1.7, "+3": 3, ".5": .5, "5.": 5, "1e3": 1000, "1.2E-3": .0012, "70 ": 70, " 70\u00a0": 70, "32.8817308405": 32.8817308405,
		"1,234.5": 1234.5, "1,234,567": 1234567, "1 234 567": 1234567, "1\u202f234,5": 1234.5, "1'234.5": 1234.5, "1.234,5": 1234.5, "1.234.567": 1234567, "12,5": 12.5, "0,123": .123, "1234,567": 1234.567,
		"45%": 45, "45 %": 45, "45 per cent": 45, "£1,234.50": 1234.5, "€ 12": 12, "-$5": -5, "12 €": 12, "'12": 12, "12.3*": 12.3, "12.3 (p)": 12.3, "12.3 [r]": 12.3, "12.3 p": 12.3, "12.3e": 12.3, "1.234": 1.234,
	} {
		if got := readValues([]string{text}, ';').of(text); got.kind != number || got.number != want {
			t.Errorf("%q: got %v (%v), want %v", text, got.number, got.kind, want)
		}
	}
}

func TestMarksForMissingValuesAreKeptAndNeverNumbers(t *testing.T) {
	for _, text := range []string{"c", "C", "..", ":", ": c", "<5", "< 5", "≤10", ">95", "fewer than 5", "*", "n/a", "NaN", "-", "–", "[x]", "suppressed", "#N/A", ".", "under 10", "#DIV/0!", "<1,000"} {
		if got := readValues([]string{text}, ',').of(text); got.kind != marked || got.mark != text || got.number != 0 {
			t.Errorf("%q: got %+v", text, got)
		}
	}
	for _, text := range []string{"", "  ", "\u00a0"} {
		if got := readValues([]string{text}, ',').of(text); got.kind != blank {
			t.Errorf("%q: got %+v", text, got)
		}
	}
	for _, text := range []string{"abc", "12 apples", "1/2", "0x1f", "inf", "1e999", "(5)", "12.3 (11.0-13.5)", "2019-20", "1_000", "yes", "=1+1", "1,2,3", "1.2.3", "1,23,456", "12-", "1 23", "1,2.3,4"} {
		if got := readValues([]string{text}, ',').of(text); got.kind == number || got.kind == marked || got.kind == blank {
			t.Errorf("%q was read: %+v", text, got)
		}
	}
}

func TestACommaIsReadByWhatItsColumnProves(t *testing.T) {
	for name, c := range map[string]struct {
		text      string
		column    []string
		delimiter byte
		kind      valueKind
		want      float64
	}{
		"thousands where commas part the columns":  {"1,234", nil, ',', number, 1234},
		"asked where semicolons part them":         {"1,234", nil, ';', unclear, 0},
		"decimal beside a decimal comma":           {"1,234", []string{"12,5"}, ';', number, 1.234},
		"thousands beside a decimal point":         {"1,234", []string{"12.5"}, ';', number, 1234},
		"thousands point beside a decimal comma":   {"1.234", []string{"12,5"}, ';', number, 1234},
		"decimal point beside nothing":             {"1.234", []string{"7"}, ',', number, 1.234},
		"a decimal comma among points is refused":  {"12,5", []string{"13.5"}, ',', mixed, 0},
		"a decimal point among commas is refused":  {"13.5", []string{"12,5"}, ',', mixed, 0},
		"three digits among both cannot be known":  {"1,234", []string{"12,5", "13.5"}, ',', unclear, 0},
		"a flag behind a decimal comma is no harm": {"1,5 p", []string{"12,5"}, ';', number, 1.5},
	} {
		got := readValues(append(c.column, c.text), c.delimiter).of(c.text)
		if got.kind != c.kind || got.kind == number && got.number != c.want {
			t.Errorf("%s: got %v (%v)", name, got.number, got.kind)
		}
	}
}

func TestANumberAsGoWritesItReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := rapid.Float64Range(-1e15, 1e15).Draw(t, "number")
		text := strconv.FormatFloat(f, 'g', -1, 64)
		if got := readValues([]string{text}, ',').of(text); got.kind != number || got.number != f {
			t.Fatalf("%q gives %+v", text, got)
		}
	})
}

func FuzzValue(f *testing.F) {
	for _, seed := range []string{"12.5", "1,234", "1.234,5", "<5", ": c", "45%", "£1,234", "12.3 p", "−1", "1 234 567", "'=1", "1e999", "NaN"} {
		f.Add(seed, byte(','))
	}
	f.Fuzz(func(t *testing.T, text string, delimiter byte) {
		got := readValues([]string{text}, delimiter).of(text)
		if got.kind != number && got.number != 0 {
			t.Fatalf("%q is no number and has one: %+v", text, got)
		}
		if got.kind == number && got.number-got.number != 0 {
			t.Fatalf("%q gives %v", text, got.number)
		}
	})
}
