package agreement

import "math"

// logPosterior gives the log density of ratings and unknowns, without the constants that depend on nothing.
func (d *design) logPosterior(s state, v spread) float64 {
	sum := d.logPrior(s, v)
	for i, c := range d.cells {
		_, eta := d.linear(c, s)
		a, b := d.bounds(d.grades[i], eta, v.noise, s)
		g := between(a, b)
		if g.impossible {
			return math.Inf(-1)
		}
		sum += g.log
	}
	return sum
}

func (d *design) logPrior(s state, v spread) float64 {
	sum := 0.0
	for u, z := range s.unit {
		sum -= z * z / (2 * d.unitVariance(u))
	}
	for i, x := range s.rater {
		sd := d.raterSD(i, v)
		sum -= x*x/(2*sd*sd) + math.Log(sd)
	}
	for i, x := range s.common {
		sum -= x * x / (2 * d.commonVariance(i))
	}
	return sum
}

// linear gives the discrimination of a cell's rater and the expected position on its scale.
func (d *design) linear(c cell, s state) (discrimination, eta float64) {
	discrimination = 1
	at := c.rater * d.perRater
	if d.discerning[c.rater] {
		discrimination += s.rater[at+1]
	}
	eta = discrimination*s.unit[c.unit] + s.rater[at]
	g := d.groupOf[c.rater]
	if i := d.shiftAt[g]; i >= 0 {
		eta += s.common[i]
		if d.seenAt != nil && !d.vignette[c.unit] {
			eta += s.common[d.seenAt[g]]
		}
	}
	return discrimination, eta
}

// bounds gives the standardised thresholds around a grade.
func (d *design) bounds(k int, eta, noise float64, s state) (a, b float64) {
	a, b = negativeInfinity, positiveInfinity
	if k > 0 {
		a = (s.common[k-1] - eta) / noise
	}
	if k < len(d.categories)-1 {
		b = (s.common[k] - eta) / noise
	}
	return a, b
}

const (
	vignetteVariance = 4.0   // vignettes are written to be extreme: they are drawn less to the mean
	groupVariance    = 25.0  // of shifts of groups: hardly drawn to 0
	cutVariance      = 400.0 // of thresholds
)

func (d *design) unitVariance(u int) float64 {
	if d.vignette[u] {
		return vignetteVariance
	}
	return 1
}

// raterSD gives the standard deviation of the i-th unknown of raters.
func (d *design) raterSD(i int, v spread) float64 {
	if i%d.perRater == 1 {
		return v.discrimination
	}
	return v.shift
}

func (d *design) commonVariance(i int) float64 {
	if i < len(d.categories)-1 {
		return cutVariance
	}
	return groupVariance
}
