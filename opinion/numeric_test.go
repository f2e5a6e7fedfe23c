package opinion

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// jacobi finds all eigenpairs of a small symmetric matrix by rotations (Jacobi, 1846): slow, and unlike the method under test in everything.
func jacobi(a [][]float64) (values []float64, vectors [][]float64) {
	n := len(a)
	v := make([][]float64, n)
	for i := range v {
		a[i] = slices.Clone(a[i])
		v[i] = make([]float64, n)
		v[i][i] = 1
	}
	for range 100 {
		for p := range n {
			for q := p + 1; q < n; q++ {
				if a[p][q] == 0 {
					continue
				}
				theta := (a[q][q] - a[p][p]) / (2 * a[p][q])
				t := math.Copysign(1, theta) / (math.Abs(theta) + math.Hypot(theta, 1))
				c := 1 / math.Hypot(t, 1)
				s := t * c
				for k := range n {
					a[k][p], a[k][q] = c*a[k][p]-s*a[k][q], s*a[k][p]+c*a[k][q]
				}
				for k := range n {
					a[p][k], a[q][k] = c*a[p][k]-s*a[q][k], s*a[p][k]+c*a[q][k]
					v[p][k], v[q][k] = c*v[p][k]-s*v[q][k], s*v[p][k]+c*v[q][k]
				}
			}
		}
	}
	order := everyone(n)
	slices.SortFunc(order, func(i, j int32) int {
		if a[i][i] > a[j][j] {
			return -1
		}
		return 1
	})
	for _, i := range order {
		values, vectors = append(values, a[i][i]), append(vectors, v[i])
	}
	return values, vectors
}

// covariancesByHand gives XᵀX of the centred votes, number by number.
func (m *matrix) covariancesByHand() [][]float64 {
	n := len(m.statements)
	out := make([][]float64, n)
	for j := range out {
		out[j] = make([]float64, n)
	}
	for i := range m.participants {
		for _, a := range m.row(i) {
			for _, b := range m.row(i) {
				j, k := a.statement(), b.statement()
				if m.open(int(j)) && m.open(int(k)) {
					out[j][k] += (float64(a.value()) - m.mean[j]) * (float64(b.value()) - m.mean[k])
				}
			}
		}
	}
	return out
}

func TestBothWaysToTheCovariancesGiveWhatIsCountedByHand(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := conversations(t)
		m := c.matrix()
		n := len(m.statements)
		byHand := m.covariancesByHand()
		kept, implied := m.covariances(countMoments(c.rows, n), nil), newSparse(m, everyone(len(m.participants)))
		in, out, implicit := make([]float64, n), make([]float64, n), make([]float64, n)
		for j := range in {
			in[j] = float64(j%7) - 2.5
		}
		kept.apply(out, in)
		implied.apply(implicit, in)
		for j := range n {
			want := dot(byHand[j], in)
			if !near(out[j], want, 1e-9) || !near(implicit[j], want, 1e-9) {
				t.Fatalf("number %d is %v by moments and %v by votes, want %v", j, out[j], implicit[j], want)
			}
		}
		trace := 0.0
		for j := range byHand {
			trace += byHand[j][j]
		}
		if !near(m.variance(), trace, 1e-9) {
			t.Fatalf("the variance is %v, want %v", m.variance(), trace)
		}
	})
}

func TestComponentsAreEigenvectorsOfTheGreatestVariances(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := conversations(t).matrix()
		a := components(newSparse(m, everyone(len(m.participants))), m.variance(), precise)
		values, vectors := jacobi(m.covariancesByHand())
		for i := range a.axis {
			want := 0.0
			if i < len(values) {
				want = max(0, values[i])
			}
			if !near(a.axis[i].variance, want, 1e-8*(1+want)) {
				t.Fatalf("variance %d is %v, want %v of %v", i, a.axis[i].variance, want, values)
			}
			apart := func(j int) bool { return j < 0 || j >= len(values) || math.Abs(values[i]-values[j]) > 0.01*values[0] }
			if want > 1e-6 && apart(i-1) && apart(i+1) { // else any direction between them will do
				if along := math.Abs(dot(a.axis[i].weight, vectors[i])); !near(along, 1, 1e-9) {
					t.Fatalf("axis %d deviates: cosine %v", i, along)
				}
			}
		}
		if !near(dot(a.axis[0].weight, a.axis[1].weight), 0, 1e-9) {
			t.Fatal("the axes are not orthogonal")
		}
	})
}

func TestTwoAxesOfTheSameVarianceAreBothFound(t *testing.T) {
	c := &Conversation{}
	for _, v := range []Value{Agree, Disagree} { // two statements that have nothing to do with each other, and a weak third
		for _, w := range []Value{Agree, Disagree} {
			for _, x := range []Value{Agree, Pass} {
				id := string(rune('a'+v+1)) + string(rune('a'+w+1)) + string(rune('a'+x+1))
				if err := c.Add(Vote{id, "left", v}, Vote{id, "right", w}, Vote{id, "third", x}); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	m := mapped(t, c, Options{})
	if !near(m.Explained[0], 8.0/18, 1e-12) || !near(m.Explained[1], 8.0/18, 1e-12) || m.Warnings[0].Code != AxesAlike {
		t.Fatalf("the axes explain %v, %v", m.Explained, m.Warnings)
	}
}

func TestEigenvaluesOfATridiagonalMatrixAreThoseKnown(t *testing.T) {
	const n = 50 // 2 on the diagonal, -1 beside it: 2 − 2cos(kπ/(n+1))
	path := tridiagonal{diagonal: slices.Repeat([]float64{2}, n), beside: slices.Repeat([]float64{-1}, n-1)}
	for rank := 1; rank <= 3; rank++ {
		want := 2 - 2*math.Cos(float64(n+1-rank)*math.Pi/(n+1))
		value := path.eigenvalue(rank)
		if !near(value, want, 1e-14) {
			t.Errorf("number %d is %v, want %v", rank, value, want)
		}
		for i, x := range path.eigenvector(value) {
			if y := math.Sqrt(2.0/(n+1)) * math.Sin(float64(i+1)*float64(n+1-rank)*math.Pi/(n+1)); !near(math.Abs(x), math.Abs(y), 1e-12) {
				t.Fatalf("vector %d has %v at %d, want %v", rank, x, i, y)
			}
		}
	}
}

func TestIterationsOnTheTreeEndWhereThosePointByPointDo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		points := make([]Point, rapid.IntRange(20, 600).Draw(t, "points"))
		for i := range points {
			points[i] = Point{random.NormFloat64() + float64(3*random.IntN(3)), random.NormFloat64()}
		}
		start := seedCentres(points, rapid.IntRange(1, 6).Draw(t, "k"), random)
		want := lloyd(points, start)
		got, wss := newTree(points).settle(start, still)
		if !near(wss/want.wss, 1, 1e-9) {
			t.Fatalf("sum of squares %v, point by point %v", wss, want.wss)
		}
		for g := range got {
			if got[g].squaredDistance(want.centre[g]) > 1e-12 {
				t.Fatalf("centre %d is %v, point by point %v", g, got[g], want.centre[g])
			}
		}
	})
}

func TestExchangesLowerTheSumOfSquaresAndLeaveNoPointNearerToAnotherCentre(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 3))
		points := make([]Point, rapid.IntRange(10, 80).Draw(t, "points"))
		for i := range points {
			points[i] = Point{random.NormFloat64(), random.NormFloat64()}
		}
		p := lloyd(points, seedCentres(points, rapid.IntRange(2, 5).Draw(t, "k"), random))
		before := p.wss
		p.exchange(points)
		if p.wss > before*(1+1e-12) {
			t.Fatalf("the sum of squares went from %v to %v", before, p.wss)
		}
		if again := lloyd(points, p.centre); !slices.Equal(again.label, p.label) {
			t.Fatal("iterations go on from there")
		}
		for i, at := range points {
			if to := p.better(int(p.label[i]), at); to >= 0 {
				t.Fatalf("point %d would be better in group %d", i, to)
			}
		}
	})
}

func TestAnEmptyGroupTakesTheFarthestPoint(t *testing.T) {
	p := lloyd([]Point{{0, 0}, {0, 1}, {9, 0}}, []Point{{0, 0}, {100, 100}})
	if !slices.Equal(p.size, []int{2, 1}) || p.centre[1] != (Point{9, 0}) {
		t.Fatalf("%+v", p)
	}
}

func TestSilhouettesOfFourPointsAreThoseWorkedOutByHand(t *testing.T) {
	points := []Point{{0, 0}, {1, 0}, {10, 0}, {14, 0}}
	means, exact := silhouettes(points, []partition{lloyd(points, []Point{{0, 0}, {14, 0}}), lloyd(points, []Point{{0, 0}, {10, 0}, {14, 0}})})
	// a = 1, 1, 4, 4; b = 12, 11, 9.5, 13.5; of three groups the two single points count 0 and b is 10 and 9.
	if want := (11.0/12 + 10.0/11 + 5.5/9.5 + 9.5/13.5) / 4; !exact || !near(means[0], want, 1e-15) {
		t.Errorf("%v, want %v", means[0], want)
	}
	if want := (9.0/10 + 8.0/9) / 4; !near(means[1], want, 1e-15) {
		t.Errorf("%v, want %v", means[1], want)
	}
}

// silhouetteByDefinition goes through all pairs, group by group.
func silhouetteByDefinition(points []Point, p partition) (mean float64) {
	for i, here := range points {
		sum := make([]float64, len(p.size))
		for j, there := range points {
			sum[p.label[j]] += math.Hypot(here.X-there.X, here.Y-there.Y)
		}
		own := p.label[i]
		if p.size[own] == 1 {
			continue
		}
		a, b := sum[own]/float64(p.size[own]-1), math.Inf(1)
		for g := range sum {
			if g != int(own) {
				b = min(b, sum[g]/float64(p.size[g]))
			}
		}
		mean += (b - a) / max(a, b) / float64(len(points))
	}
	return mean
}

func TestSilhouettesOfSeveralPartitionsAreThoseOfEachByDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 2))
		points := make([]Point, rapid.IntRange(10, 60).Draw(t, "points"))
		for i := range points {
			points[i] = Point{random.NormFloat64(), random.NormFloat64()}
		}
		var partitions []partition
		for k := 2; k <= 5; k++ {
			partitions = append(partitions, cluster(points, newTree(points), k, 3, 0))
		}
		means, _ := silhouettes(points, partitions)
		for n, p := range partitions {
			if want := silhouetteByDefinition(points, p); !near(means[n], want, 1e-12) {
				t.Fatalf("%d groups: %v, by definition %v", len(p.size), means[n], want)
			}
		}
	})
}

func TestTheFormWithCentresIsNearTheExactOneWhereGroupsAreFarApart(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 5))
	var points []Point
	for i := range 900 {
		points = append(points, Point{random.NormFloat64() + 20*float64(i%3), random.NormFloat64()})
	}
	p := []partition{cluster(points, newTree(points), 3, 20, 0)}
	exact, centre := refine(points, p).widths(p, 0, len(points))[0]/900, centreWidths(points, p, 0, len(points))[0]/900
	if !near(exact, centre, 0.05) || exact < 0.85 {
		t.Fatalf("exact %v, with centres %v", exact, centre)
	}
}

func TestAdjustedRandOfPublishedAndPlainCases(t *testing.T) {
	for _, c := range []struct {
		name string
		a, b string
		want float64
	}{
		{"the same by other labels", "aabbcc", "ccaabb", 1},
		{"everybody together", "aaaa", "aaaa", 1},
		{"nothing in common", "aaaabbbb", "abababab", -1.0 / 6},
		{"one who changed, by hand: (4 − 6·7/15) / (6.5 − 2.8)", "aaabbb", "aaaabb", (4 - 6*7.0/15) / (6.5 - 6*7.0/15)},
	} {
		if got := adjustedRand([]uint8(c.a), []uint8(c.b)); !near(got, c.want, 1e-15) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestWilsonsBoundIsThatOfTheTextbook(t *testing.T) {
	for _, c := range []struct {
		n, all int
		want   float64
	}{{0, 0, 0}, {0, 10, 0}, {10, 10, 10 / (10 + significant*significant)}, {1, 1, 1 / (1 + significant*significant)}} {
		if got := wilson(c.n, c.all); !near(got, c.want, 1e-15) {
			t.Errorf("%d of %d: %v, want %v", c.n, c.all, got, c.want)
		}
	}
	// The bound is the share p at which a sample of n of all is just z standard deviations high.
	p := wilson(30, 50)
	if z := (0.6 - p) / math.Sqrt(p*(1-p)/50); !near(z, significant, 1e-12) {
		t.Errorf("the bound %v lies %v deviations below", p, z)
	}
}
