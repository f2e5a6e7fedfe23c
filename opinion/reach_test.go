package opinion

import (
	"errors"
	"math"
	"strings"
	"testing"
)

// diagonal is a matrix whose eigenvalues are its numbers.
type diagonal []float64

func (d diagonal) size() int { return len(d) }

func (d diagonal) apply(out, in []float64) {
	for i, v := range d {
		out[i] = v * in[i]
	}
}

func TestAVectorThatOneBasisDoesNotReachIsReachedByTheNext(t *testing.T) {
	d := make(diagonal, longestBasis+100)
	for i := range d {
		place := float64(i) / float64(len(d))
		d[i] = 1 - place*place/10
	}
	found, ok := topEigenpair(d, nil, startFrom(d, 0, nil), 0, 0, precise)
	if !ok || !found.sure || !near(found.value, 1, 1e-12) || !near(math.Abs(found.vector[0]), 1, 1e-12) {
		t.Fatalf("value %v, sure %v, weight %v", found.value, found.sure, found.vector[0])
	}
}

func TestAVectorThatCannotBeToldFromItsNeighboursIsNotSaidToBeSure(t *testing.T) {
	d := make(diagonal, longestBasis+100)
	for i := range d {
		d[i] = 1 - math.Pow(float64(i)/float64(len(d)), 6)
	}
	found, ok := topEigenpair(d, nil, startFrom(d, 0, nil), 0, 0, precise)
	if !ok || found.sure || !near(found.value, 1, 1e-6) {
		t.Fatalf("value %v, sure %v", found.value, found.sure)
	}
	out := &Map{}
	out.warn(&axes{axis: [2]axis{{variance: 3}, {variance: 2, sure: true}}, third: 1}, &Options{})
	if !strings.Contains(codes(out), AxisImprecise) || !strings.Contains(out.Warnings[0].English(), "Axis 1") {
		t.Fatal(codes(out))
	}
}

func TestAMatrixOfNothingHasNoVector(t *testing.T) {
	if _, ok := topEigenpair(make(diagonal, 5), nil, make([]float64, 5), 0, 0, precise); ok {
		t.Fatal("one was found")
	}
}

func TestAThirdAxisAsStrongAsTheSecondIsSaid(t *testing.T) {
	var rows []string
	for n := range 16 { // every combination of three opinions, the first of which two statements ask for
		mark := func(bit int) string { return string("+-"[n>>bit&1]) }
		rows = append(rows, mark(0)+mark(0)+mark(1)+mark(2))
	}
	if m := mapped(t, given(t, rows...), Options{}); !strings.Contains(codes(m), SecondUnclear) {
		t.Fatalf("%s; %v", codes(m), m.Explained)
	}
}

func TestGroupsThatHardlyStandApartAreSaidToBeWeak(t *testing.T) {
	c := &Conversation{}
	if err := c.Add(invented(300, 60, 20, 0)...); err != nil {
		t.Fatal(err)
	}
	m := mapped(t, c, Options{K: 2})
	if *m.Silhouette = 0.2; true {
		m.warn(&axes{axis: [2]axis{{variance: 3, sure: true}, {variance: 2, sure: true}}, third: 1}, &Options{})
	}
	if codes(m) != WeakGroups || !strings.Contains(m.Warnings[0].English(), "0.20") {
		t.Fatal(codes(m))
	}
}

func TestDrawsCanBeStopped(t *testing.T) {
	enough := errors.New("enough")
	last := 0
	c := given(t, "+-+-", "-+-+", "++--", "--++")
	_, err := c.Map(Options{Replicates: 50, Progress: func(done int) error {
		if last = done; done >= 3 {
			return enough
		}
		return nil
	}})
	if !errors.Is(err, enough) || last < 3 || last > 3+1 {
		t.Fatalf("%v after %d draws", err, last)
	}
	counted := 0
	if _, err := c.Map(Options{Replicates: 7, Progress: func(int) error { counted++; return nil }}); err != nil || counted != 7 {
		t.Fatalf("%v, %d draws", err, counted)
	}
}

func TestAMapDescribesItselfInALine(t *testing.T) {
	if text := mapped(t, given(t, "+-", "-+"), Options{}).String(); text != "4 votes, 2 participants, 2 statements; grouped 2, groups 1" {
		t.Fatal(text)
	}
}

func TestEveryWarningHasASentence(t *testing.T) {
	for _, code := range WarningCodes() {
		if text := (Warning{Code: code}).English(); len(strings.Fields(text)) < 5 {
			t.Errorf("%s says %q", code, text)
		}
	}
}
