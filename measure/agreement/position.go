package agreement

import (
	"math"
	"slices"
)

const (
	fineness = 33  // points at which the density of a position is computed
	reach    = 5.5 // standard deviations to each side of its mode
)

// units gives the positions: posterior means, with the quantiles of a posterior that need not be symmetric. Given all other unknowns, the
// density of a position is computed point by point; what those leave open widens it about its mean.
func (w *writer) units(expected []string) []UnitPosition {
	d := w.f.d
	tail := math.Erfc(w.z/math.Sqrt2) / 2
	out := make([]UnitPosition, 0, len(d.units))
	for u, name := range d.units {
		mean, sd, lower, upper := w.density(u, tail)
		spread := w.variance.unit[u] + w.through(func(_ []float64, s state) float64 { return s.unit[u] })
		wider := math.Sqrt(math.Max(1, 1+(spread-w.alone(u))/(sd*sd)))
		out = append(out, UnitPosition{
			Unit: name, Ratings: len(d.ofUnit[u]), Vignette: d.vignette[u],
			Position: &Estimate{mean, sd * wider, mean + (lower-mean)*wider, mean + (upper-mean)*wider},
		})
	}
	for _, name := range distinct(expected) {
		if _, rated := slices.BinarySearch(d.units, name); !rated {
			out = append(out, UnitPosition{Unit: name})
		}
	}
	slices.SortFunc(out, func(a, b UnitPosition) int {
		switch {
		case a.Unit < b.Unit:
			return -1
		case a.Unit > b.Unit:
			return 1
		}
		return 0
	})
	return out
}

// alone gives the variance of a position given all other unknowns, by the curvature at the mode.
func (w *writer) alone(u int) float64 {
	d, s := w.f.d, w.o.mode
	precision := 1 / d.unitVariance(u)
	for _, i := range d.ofUnit[u] {
		beta, eta := d.linear(d.cells[i], s)
		a, b := d.bounds(d.grades[i], eta, w.v.noise, s)
		g := between(a, b)
		precision -= (g.daa + 2*g.dab + g.dbb) * square(beta/w.v.noise)
	}
	return 1 / precision
}

// density gives the mean, standard deviation and quantiles of a position given all other unknowns.
func (w *writer) density(u int, tail float64) (mean, sd, lower, upper float64) {
	d, s := w.f.d, w.o.mode
	centre, step := s.unit[u], 2*reach*math.Sqrt(w.alone(u))/(fineness-1)
	var z, p [fineness]float64
	for j := range z {
		z[j] = centre + (float64(j)-(fineness-1)/2)*step
		p[j] = -z[j] * z[j] / (2 * d.unitVariance(u))
	}
	for _, i := range d.ofUnit[u] {
		beta, eta := d.linear(d.cells[i], s)
		for j := range z {
			a, b := d.bounds(d.grades[i], eta+beta*(z[j]-centre), w.v.noise, s)
			if g := between(a, b); g.impossible {
				p[j] = math.Inf(-1)
			} else {
				p[j] += g.log
			}
		}
	}
	most, total := slices.Max(p[:]), 0.0
	for j := range p {
		p[j] = math.Exp(p[j] - most)
		total += p[j]
		mean += p[j] * z[j]
	}
	mean /= total
	for j := range p {
		sd += p[j] * square(z[j]-mean) / total
	}
	return mean, math.Sqrt(sd), w.quantile(z[:], p[:], total*tail), w.quantile(z[:], p[:], total*(1-tail))
}

// quantile gives the point below which the sum of p is share; between points p is taken as linear.
func (w *writer) quantile(z, p []float64, share float64) float64 {
	step, sum := z[1]-z[0], 0.0
	for j := 1; j < len(z); j++ {
		part := (p[j-1] + p[j]) / 2
		if sum+part < share {
			sum += part
			continue
		}
		// The root x in [0, 1] of p0·x + (p1−p0)·x²/2 = need.
		need, p0, rise := share-sum, p[j-1], p[j]-p[j-1]
		x := need / part
		if root := p0*p0 + 2*rise*need; math.Abs(rise) > 1e-12*part && root >= 0 {
			x = (math.Sqrt(root) - p0) / rise
		}
		return z[j-1] + math.Min(1, math.Max(0, x))*step
	}
	return z[len(z)-1]
}
