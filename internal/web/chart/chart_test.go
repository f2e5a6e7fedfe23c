package chart

import (
	"encoding/xml"
	"errors"
	"io"
	"math"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func plain(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

// wellFormed fails where a drawing is not XML.
func wellFormed(t interface{ Fatalf(string, ...any) }, drawing string) {
	d := xml.NewDecoder(strings.NewReader("<x>" + drawing + "</x>"))
	d.Entity = xml.HTMLEntity
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatalf("not well formed: %v in %s", err, drawing)
		}
	}
}

func TestTicksAreRoundAndSpanTheValues(t *testing.T) {
	for _, c := range []struct {
		lo, hi float64
		zero   bool
	}{
		{32.9, 85.7, true}, {0, 1, false}, {5, 5, false},
		{-3, 4, true},
	} {
		got := Ticks(c.lo, c.hi, 4, c.zero)
		if got[0] > c.lo || got[len(got)-1] < c.hi {
			t.Errorf("ticks of %v to %v do not span them: %v", c.lo, c.hi, got)
		}
		for _, v := range got {
			if len(plain(v)) > 6 {
				t.Errorf("the tick %v is not round", v)
			}
		}
	}
}

func TestAnAxisOfZerosIsNotNegative(t *testing.T) {
	if got := Ticks(0, 0, 4, true); got[0] != 0 {
		t.Errorf("the ticks are %v", got)
	}
}

func TestTicksOfTheSmallestAndTheLargestNumbersComeToAnEnd(t *testing.T) {
	for _, c := range [][2]float64{{-5e-324, 5e-324}, {0, 5e-324}, {0, 1e-310}, {-math.MaxFloat64, math.MaxFloat64}, {math.MaxFloat64, math.MaxFloat64}, {1e15, math.Nextafter(1e15, 2e15)}} {
		for _, zero := range []bool{true, false} {
			if got := Ticks(c[0], c[1], 4, zero); len(got) < 2 || len(got) > 12 || math.IsNaN(got[0]) || math.IsInf(got[len(got)-1], 0) {
				t.Errorf("%d ticks for %v", len(got), c)
			}
		}
	}
}

func TestTicksSpanAnyValues(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lo := rapid.Float64Range(-1e6, 1e6).Draw(t, "lo")
		hi := lo + rapid.Float64Range(0, 1e6).Draw(t, "more")
		zero := rapid.Bool().Draw(t, "zero")
		got := Ticks(lo, hi, 4, zero)
		if len(got) < 2 || len(got) > 12 {
			t.Fatalf("%d ticks for %v to %v", len(got), lo, hi)
		}
		if zero {
			lo, hi = min(lo, 0), max(hi, 0)
		}
		slack := 1e-6 * math.Max(1, math.Abs(hi-lo))
		if got[0] > lo+slack || got[len(got)-1] < hi-slack {
			t.Fatalf("%v does not span %v to %v", got, lo, hi)
		}
		for i := 1; i < len(got); i++ {
			if got[i] <= got[i-1] {
				t.Fatalf("%v does not rise", got)
			}
		}
	})
}

func TestAMissingYearIsAGapInTheLine(t *testing.T) {
	l := Line{Number: plain, Points: []Point{{At: 2018.5, Name: "2018", Value: 1}, {At: 2019.5, Name: "2019", Value: 2}, {At: 2021.5, Name: "2021", Value: 3}, {At: 2022.5, Name: "2022", Value: 4}}}
	drawing := string(l.SVG())
	wellFormed(t, drawing)
	start := strings.Index(drawing, `class="series" d="`) + len(`class="series" d="`)
	path := drawing[start : start+strings.Index(drawing[start:], `"`)]
	if strings.Count(path, "M") != 2 || strings.Count(path, "L") != 2 {
		t.Errorf("the line is %s, want a move before 2021", path)
	}
}

func TestALineOfOnePointAndOfNoneIsDrawn(t *testing.T) {
	if got := (Line{Number: plain}).SVG(); got != "" {
		t.Errorf("a line without points draws %s", got)
	}
	drawing := string(Line{Number: plain, Points: []Point{{At: 2020, Name: "2020", Value: 7}}}.SVG())
	wellFormed(t, drawing)
	if strings.Contains(drawing, "NaN") || strings.Contains(drawing, "Inf") {
		t.Errorf("no place for one point: %s", drawing)
	}
}

func TestAnIntervalIsABarAsFarAsItIsKnown(t *testing.T) {
	lower, upper := 10.0, 90.0
	for name, c := range map[string]struct {
		lower, upper *float64
		line, dots   string // the bar; the value 50 stands in the middle of both
	}{
		"both":      {&lower, &upper, `class="interval" d="M160.5 173.6V42.4"`, `class="interval" x1="12.4%" x2="87.6%"`},
		"the lower": {&lower, nil, `class="interval" d="M160.5 173.6V108"`, `class="interval" x1="12.4%" x2="50%"`},
		"none":      {nil, nil, "", ""},
	} {
		zero, hundred := Point{At: 2019, Value: 0}, Point{At: 2021, Value: 100}
		line := string(Line{Number: plain, Points: []Point{zero, {At: 2020, Value: 50, Lower: c.lower, Upper: c.upper}, hundred}}.SVG())
		dots := string(Dots{Number: plain, Groups: []Dot{{Value: 0}, {Value: 50, Lower: c.lower, Upper: c.upper}, {Value: 100}}}.HTML())
		wellFormed(t, line)
		wellFormed(t, dots)
		if !strings.Contains(line, c.line) || !strings.Contains(dots, c.dots) || c.line == "" && strings.Contains(line+dots, "interval") {
			t.Errorf("%s: %s\n%s", name, line, dots)
		}
	}
}

func TestTheAxisReachesTheEndsOfIntervals(t *testing.T) {
	lower, upper := -40.0, 180.0
	line := string(Line{Number: plain, Points: []Point{{At: 2020, Value: 50, Lower: &lower, Upper: &upper}}}.SVG())
	dots := string(Dots{Number: plain, Groups: []Dot{{Value: 50, Lower: &lower, Upper: &upper}}}.HTML())
	if !strings.Contains(line, ">-50<") && !strings.Contains(line, ">-100<") || !strings.Contains(line, ">200<") || strings.Contains(dots, `x1="-`) {
		t.Errorf("%s\n%s", line, dots)
	}
}

func TestTheWidestGapIsWrittenOnItsLine(t *testing.T) {
	d := Dots{Number: plain, Gap: "52.8 points apart", Groups: []Dot{{Name: "Most deprived", Value: 32.9}, {Name: "Least deprived", Value: 85.7}}}
	drawing := string(d.HTML())
	wellFormed(t, drawing)
	for _, want := range []string{`y="48%">52.8 points apart</text>`, "Most deprived", "85.7", `class="far"`} {
		if !strings.Contains(drawing, want) {
			t.Errorf("%q is not in %s", want, drawing)
		}
	}
}

func TestNamesInDrawingsCannotBecomeMarkup(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringMatching(`[<>"'&a-z/ ]{0,20}`).Draw(t, "name")
		v := rapid.Float64Range(-100, 100).Draw(t, "value")
		wellFormed(t, string(Dots{Number: plain, Gap: name, Groups: []Dot{{Name: name, Value: v}, {Name: name, Value: -v}}}.HTML()))
		wellFormed(t, string(Line{Label: name, Number: plain, Points: []Point{{At: 1, Name: name, Value: v}}}.SVG()))
		wellFormed(t, string(Map(name, []Place{{Name: name, Link: "/" + name, Latitude: v * 0.8, Longitude: v}})))
	})
}

func TestAMapShowsEachPlaceInsideItsFrameWithLandAroundIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 5).Draw(t, "n")
		var places []Place
		for range n {
			places = append(places, Place{Name: "x", Latitude: rapid.Float64Range(-60, 75).Draw(t, "lat"), Longitude: rapid.Float64Range(-179, 179).Draw(t, "lon")})
		}
		drawing := string(Map("map", places))
		for _, part := range strings.Split(drawing, `class="dot" cx="`)[1:] {
			x, _ := strconv.ParseFloat(part[:strings.Index(part, `"`)], 64)
			rest := part[strings.Index(part, `cy="`)+4:]
			y, _ := strconv.ParseFloat(rest[:strings.Index(rest, `"`)], 64)
			if x < 0 || x > 680 || y < 0 || y > 400 {
				t.Fatalf("a place is at %v, %v", x, y)
			}
		}
	})
	if !strings.Contains(string(Map("map", []Place{{Name: "Bristol", Latitude: 51.45, Longitude: -2.59}})), `class="land" d="M`) {
		t.Error("there is no land around Bristol")
	}
	if !strings.Contains(string(Map("map", []Place{{Name: "inland", Latitude: 50, Longitude: 85}})), `class="land" d="M`) {
		t.Error("there is no land in the middle of a continent")
	}
}

func TestEveryStateHasItsOwnMark(t *testing.T) {
	seen := map[string]string{}
	for _, state := range []string{"met", "partly", "not_met", "disputed", "unknown", "outside"} {
		drawing := string(State(state))
		wellFormed(t, drawing)
		body := drawing[strings.Index(drawing, ">"):]
		if other, has := seen[body]; has {
			t.Errorf("%s looks like %s", state, other)
		}
		seen[body] = state
	}
}
