package web

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/cityrights/cityrights/internal/platform/locale"
)

func TestNumbersAreReadAsPeopleWriteThem(t *testing.T) {
	for _, c := range []struct {
		text, tag string
		want      float64
		ok        bool
	}{
		{"8.1", "en", 8.1, true}, {"8,1", "en", 8.1, true}, {"8,1", "de", 8.1, true}, {"8.1", "de", 8.1, true},
		{"1,234", "en", 1234, true}, {"1,234", "de", 1.234, true}, {"1.234", "de", 1234, true}, {"1.234", "en", 1.234, true},
		{"12,500.5", "de", 12500.5, true}, {"12.500,5", "en", 12500.5, true}, {"1,234,567", "fr", 1234567, true}, {" 1 234 567,8 ", "fr", 1234567.8, true},
		{"1\u202f234", "fr", 1234, true}, {"1’234", "de", 1234, true}, {"61 %", "en", 61, true}, {"−5", "en", -5, true}, {"-0.5", "es", -0.5, true},
		{"٦١٫٥", "ar", 61.5, true}, {"١٬٢٣٤", "ar", 1234, true}, {"۴۵", "en", 45, true}, {"0", "en", 0, true},
		{"", "en", 0, false}, {"many", "en", 0, false}, {"1e5", "en", 0, false}, {"NaN", "en", 0, false}, {"Inf", "en", 0, false}, {"0x10", "en", 0, false},
		{"1,2,3", "en", 0, false}, {"1.", "en", 0, false}, {",5", "en", 0, false}, {"5 or 6", "en", 0, false}, {"--5", "en", 0, false},
	} {
		if got, ok := parseNumber(c.text, c.tag); got != c.want || ok != c.ok {
			t.Errorf("%q in %s is read as %v, %v, want %v, %v", c.text, c.tag, got, ok, c.want, c.ok)
		}
	}
}

func TestANumberIsWrittenSoThatItIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v, tag := rapid.Float64().Draw(t, "number"), rapid.SampledFrom(locale.Shipped).Draw(t, "language")
		if got, ok := parseNumber(writeNumber(v, tag), tag); !ok || got != v {
			t.Fatalf("%v is written %q in %s and read as %v", v, writeNumber(v, tag), tag, got)
		}
	})
}

func FuzzParseNumber(f *testing.F) {
	for _, text := range []string{"8.1", "1,234", "12.500,5", "٦١٫٥", "−5", "1e400", "9999999999999999999999", "\xff"} {
		f.Add(text, "en")
		f.Add(text, "de")
	}
	f.Fuzz(func(t *testing.T, text, tag string) {
		if v, ok := parseNumber(text, tag); ok && (math.IsNaN(v) || math.IsInf(v, 0)) || !ok && v != 0 {
			t.Errorf("%q is read as %v, %v", text, v, ok)
		}
	})
}
