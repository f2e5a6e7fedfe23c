package locale

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestNumbersAreWrittenAsTheLanguageDoes(t *testing.T) {
	set, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		tag   string
		value float64
		want  string
	}{
		{"en", 32.8817308405, "32.9"}, {"fr", 32.8817308405, "32,9"}, {"de", 32.8817308405, "32,9"}, {"es", 0.42, "0,42"}, {"ar", 32.8817308405, "32.9"},
		{"en", 0, "0"}, {"en", -0.04, "−0.04"}, {"en", 1234567, "1,234,567"}, {"de", 1234567, "1.234.567"}, {"fr", 214300, "214\u202f300"},
		{"es", 2143, "2143"}, {"es", 21430, "21\u00a0430"}, {"en", 99.96, "100"}, {"en", 147.6, "148"}, {"en", -3.26, "−3.3"}, {"en", 0.8, "0.8"}, {"en", 32.04, "32"}, {"en", 0.0042, "0.0042"}, {"en", 0.0004, "0.0004"},
	} {
		l, _ := set.Get(c.tag)
		if got := l.Number(c.value); got != c.want {
			t.Errorf("%s writes %v as %q, want %q", c.tag, c.value, got, c.want)
		}
	}
}

func TestATableShowsTheDecimalsOfTheSource(t *testing.T) {
	l := &Locale{numbers: numbersOf("en")}
	for v, want := range map[float64]string{1013.7: "1,013.7", 32.8817308405: "32.88", 0.0004: "0.0004", 99.97: "99.97", 2.96: "2.96", 7: "7", 0: "0", 0.123456: "0.123", -5.5: "−5.5"} {
		if got := l.Exact(v); got != want {
			t.Errorf("%v is shown as %q, want %q", v, got, want)
		}
	}
}

func TestANumberThatRoundsToZeroHasNoSign(t *testing.T) {
	l := &Locale{numbers: numbersOf("en")}
	if got := l.Decimal(-0.0001, 2); got != "0.00" {
		t.Errorf("got %q", got)
	}
}

func TestIntegersReadBack(t *testing.T) {
	l := &Locale{numbers: numbersOf("en")}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64().Draw(t, "n")
		digits, negative := int64(0), false
		for _, r := range l.Integer(n) {
			switch {
			case r >= '0' && r <= '9':
				digits = digits*10 - int64(r-'0') // negative, so that the smallest integer fits
			case r == '−':
				negative = true
			}
		}
		if !negative {
			digits = -digits
		}
		if digits != n {
			t.Fatalf("%d is written %q", n, l.Integer(n))
		}
	})
}

func TestADateIsWrittenInTheOrderOfTheLanguage(t *testing.T) {
	set, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	en, _ := set.Get("en")
	if got := en.Date(time.Date(2026, 3, 12, 0, 0, 0, 0, time.UTC)); got != "12 March 2026" {
		t.Errorf("got %q", got)
	}
}
