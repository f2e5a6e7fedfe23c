package inequality

import (
	"hash/fnv"
	"math"
	"math/rand/v2"
	"slices"
)

// draws makes the intervals of one breakdown's measures: its bootstrap samples serve all of them.
type draws struct {
	y       []float64
	se      []float64 // nil: not all are known
	truth   []float64 // as the samples take it to be
	samples [][]float64
	options Options
	random  *rand.Rand
	z       float64 // half-width in standard deviations
}

// newDraws seeds the bootstrap by the breakdown's name too, so that its intervals do not depend on what else is computed.
func newDraws(b Breakdown, y []float64, errors []*float64, options Options) *draws {
	name := fnv.New64a()
	_, _ = name.Write([]byte(b.Indicator + "\x00" + b.Dimension)) // never fails
	d := &draws{y: y, options: options, random: rand.New(rand.NewPCG(options.Seed, name.Sum64())), z: math.Sqrt2 * math.Erfinv(options.Confidence)}
	for _, e := range errors {
		if e == nil {
			d.se = nil
			return d
		}
		d.se = append(d.se, *e)
	}
	return d
}

// interval gives the interval of a measure whose value at y is known, or why there is none.
func (d *draws) interval(of definition, s *setting, value float64) (*Interval, string) {
	if d.se == nil {
		return nil, NoErrors
	}
	var centre, sd float64
	var why string
	if of.kind == linear {
		centre = of.shape.to(value)
		sd, why = d.delta(of, s)
	} else {
		centre, sd, why = d.bootstrap(of, s, of.shape.to(value))
	}
	if why != "" {
		return nil, why
	}
	i := &Interval{of.shape.from(centre - d.z*sd), of.shape.from(centre + d.z*sd)}
	if of.kind == referred {
		i.Upper = math.Max(i.Upper, d.reach(of, s))
	}
	if math.IsNaN(i.Lower) || math.IsInf(i.Lower, 0) || math.IsNaN(i.Upper) || math.IsInf(i.Upper, 0) {
		return nil, Beyond
	}
	return i, ""
}

// delta gives √Σ(∂f/∂y·se)², with derivatives by central differences that are small against the standard errors.
func (d *draws) delta(of definition, s *setting) (sd float64, missing string) {
	moved := append([]float64(nil), d.y...)
	sum := 0.0
	for j, se := range d.se {
		if se == 0 {
			continue
		}
		h := 1e-4 * se
		var ends [2]float64
		inside := true
		for side, step := range []float64{-h, h} {
			moved[j] = d.y[j] + step
			v, missing := of.of(s, moved)
			inside = inside && missing == ""
			ends[side] = of.shape.to(v)
		}
		moved[j] = d.y[j]
		if !inside {
			return 0, "an estimate with a standard error lies at the end of the scale"
		}
		slope := (ends[1] - ends[0]) / (2 * h)
		sum += slope * se * slope * se
	}
	return math.Sqrt(sum), ""
}

// bootstrap draws estimates about likely true ones, and takes off the mean excess that noise adds there (Davison and Hinkley, 1997, section 5.2).
// Drawn about the estimates at hand, which noise has spread already, the excess would come out too small wherever a measure has a kink. There the excess is about as uncertain as it is large, and widens the interval.
func (d *draws) bootstrap(of definition, s *setting, value float64) (centre, sd float64, missing string) {
	if d.samples == nil {
		d.truth = likely(s, d.y, d.se)
		d.samples = make([][]float64, d.options.Replications)
		for i := range d.samples {
			sample := make([]float64, len(d.y))
			for j, v := range d.truth {
				sample[j] = v + d.se[j]*d.random.NormFloat64()
			}
			d.samples[i] = sample
		}
	}
	truth, missing := of.of(s, d.truth)
	if missing != "" {
		return 0, 0, missing
	}
	n, mean, squares := 0.0, 0.0, 0.0
	for _, sample := range d.samples {
		v, missing := of.of(s, sample)
		if missing != "" {
			continue
		}
		n++
		v = of.shape.to(v)
		off := v - mean
		mean += off / n
		squares += off * (v - mean)
	}
	if n < 2 || n*20 < float64(len(d.samples))*19 {
		return 0, 0, TooOftenAbsent
	}
	excess, spread := mean-of.shape.to(truth), squares/(n-1)
	if of.kind >= kinked {
		spread += excess * excess
	}
	return value - excess, math.Sqrt(spread), ""
}

// likely draws the estimates together so that they are spread as the true values are thought to be: the variance between subgroups less that of
// noise (constrained empirical Bayes estimates; T. A. Louis, Journal of the American Statistical Association 79 (1984) 393-398). An estimate without
// a standard error stays where it is.
func likely(s *setting, y, se []float64) []float64 {
	mean, between := spreadOf(s, y, se)
	out := make([]float64, len(y))
	for j, v := range y {
		out[j] = v
		if se[j] > 0 {
			out[j] = mean + math.Sqrt(between/(between+se[j]*se[j]))*(v-mean)
		}
	}
	return out
}

// spreadOf gives the mean of the estimates, and the variance between the true values: that between the estimates less that of noise.
func spreadOf(s *setting, y, se []float64) (mean, between float64) {
	share := s.share
	if share == nil {
		share = make([]float64, len(y))
		for j := range share {
			share[j] = 1 / float64(len(y))
		}
	}
	for j, v := range y {
		mean += share[j] * v
	}
	for j, v := range y {
		between += share[j] * ((v-mean)*(v-mean) - (1-share[j])*se[j]*se[j])
	}
	return mean, math.Max(0, between)
}

// reach gives the upper end of what a measure can be if the true values lie where the estimates make them likely: the reference about its own
// estimate, the others drawn to their mean (empirical Bayes; C. N. Morris, Journal of the American Statistical Association 78 (1983) 47-65). Where the
// reference lies towards one end, the mean difference from it falls slower on the way to the middle than it rises on the way out, which an interval of
// equal arms misses.
func (d *draws) reach(of definition, s *setting) float64 {
	mean, between := spreadOf(s, d.y, d.se)
	values := make([]float64, 0, d.options.Replications)
	truth := make([]float64, len(d.y))
	for range d.options.Replications {
		for j, v := range d.y {
			share := 1.0
			if j != s.reference && d.se[j] > 0 {
				share = between / (between + d.se[j]*d.se[j])
			}
			truth[j] = mean + share*(v-mean) + math.Sqrt(share)*d.se[j]*d.random.NormFloat64()
		}
		if v, missing := of.of(s, truth); missing == "" {
			values = append(values, v)
		}
	}
	if len(values) == 0 {
		return 0
	}
	slices.Sort(values)
	return values[min(len(values)-1, int((1+d.options.Confidence)/2*float64(len(values))))]
}
