package opinion

import "testing"

// The second search begins where the first has seen the second axis, and must not end too early for it: what is left of each axis when the matrix is
// applied, beside the gap to the next variance, is how far the axis is off.
func TestBothAxesAreAsPreciseAsIsSaid(t *testing.T) {
	for _, camps := range []int{0, 2, 3} {
		c := &Conversation{}
		if err := c.Add(invented(1500, 150, 25, camps)...); err != nil {
			t.Fatal(err)
		}
		m := c.matrix()
		for name, s := range map[string]symmetric{
			"counts of pairs": m.covariances(countMoments(c.rows, len(c.statements.ids)), nil), "votes": newSparse(m, everyone(len(m.participants))),
		} {
			a, fine := components(s, m.variance(), precise), components(s, m.variance(), precise/1e3)
			for i := range a.axis {
				next := fine.third
				if i == 0 {
					next = fine.axis[1].variance
				}
				left := make([]float64, s.size())
				s.apply(left, a.axis[i].weight)
				add(left, -a.axis[i].variance, a.axis[i].weight)
				if off := norm(left) / (a.axis[i].variance - next); !a.axis[i].sure || off > 2*precise { // the gap is known from the search only
					t.Errorf("%d camps, by %s: axis %d is off by %g", camps, name, i+1, off)
				}
				apart := append([]float64(nil), a.axis[i].weight...)
				add(apart, -1, fine.axis[i].weight)
				if norm(apart) > precise {
					t.Errorf("%d camps, by %s: axis %d is %g from a finer one", camps, name, i+1, norm(apart))
				}
			}
		}
	}
}
