package agreement

import (
	"math/rand/v2"
	"slices"
)

// coincidences holds the values of each unit as counts of distinct values: the coincidence matrix without its zeros. Sums of squared
// differences need no matrix: Σ_ij (x_i−x_j)² = 2m·Σ(x−mean)², and the ordinal δ is the difference of mid-ranks.
type coincidences struct {
	values []float64 // distinct, ascending
	units  [][]count
	sizes  []float64 // ratings per unit
}

type count struct {
	value int
	times float64
}

// code counts the values of each unit, which stand one after the other in all, and sorts them.
func code(units [][]float64, all []float64) *coincidences {
	c := &coincidences{values: distinct(all), units: make([][]count, len(units)), sizes: make([]float64, len(units))}
	number, counts := numbers(c.values), make([]count, 0, len(all))
	for u, values := range units {
		c.sizes[u] = float64(len(values))
		slices.Sort(values)
		first := len(counts)
		for i, v := range values {
			if i > 0 && v == values[i-1] {
				counts[len(counts)-1].times++
				continue
			}
			counts = append(counts, count{number[v], 1})
		}
		c.units[u] = counts[first:]
	}
	return c
}

// alpha counts each unit weight times, once where weight is nil.
func (c *coincidences) alpha(level Level, weight []float64) (value float64, missing string) {
	margin := make([]count, len(c.values))
	for k := range margin {
		margin[k].value = k
	}
	n := 0.0
	for u, unit := range c.units {
		w := 1.0
		if weight != nil {
			w = weight[u]
		}
		n += w * c.sizes[u]
		for _, one := range unit {
			margin[one.value].times += w * one.times
		}
	}
	differences := c.metric(level, margin)
	observed := 0.0
	for u, unit := range c.units {
		if weight == nil {
			observed += differences(unit, c.sizes[u]) / (c.sizes[u] - 1)
		} else if weight[u] > 0 {
			observed += weight[u] * differences(unit, c.sizes[u]) / (c.sizes[u] - 1)
		}
	}
	return alphaFrom(observed, differences(margin, n), n)
}

// metric gives the function that sums δ² over all ordered pairs of n ratings, given as counts.
func (c *coincidences) metric(level Level, margin []count) func(list []count, n float64) float64 {
	switch level {
	case Nominal:
		return func(list []count, n float64) float64 {
			same := 0.0
			for _, one := range list {
				same += one.times * one.times
			}
			return n*n - same
		}
	case RatioLevel:
		return func(list []count, _ float64) float64 {
			sum := 0.0
			for i, a := range list {
				for _, b := range list[:i] { // where values differ, their sum is positive
					x, y := c.values[a.value], c.values[b.value]
					d := (x - y) / (x + y)
					sum += 2 * a.times * b.times * d * d
				}
			}
			return sum
		}
	}
	position := c.values
	if level == Ordinal {
		position = make([]float64, len(margin))
		below := 0.0
		for k, one := range margin {
			position[k] = below + one.times/2
			below += one.times
		}
	}
	return func(list []count, n float64) float64 {
		mean := 0.0
		for _, one := range list {
			mean += one.times / n * position[one.value]
		}
		sum := 0.0
		for _, one := range list {
			d := position[one.value] - mean
			sum += one.times * d * d
		}
		return 2 * n * sum
	}
}

// interval draws units with replacement and gives the percentiles of α.
func (c *coincidences) interval(level Level, options AlphaOptions) *Interval {
	confidence := options.Confidence
	random := rand.New(rand.NewPCG(options.Seed, 0))
	weight, drawn := make([]float64, len(c.units)), make([]float64, 0, options.Replications)
	for range options.Replications {
		clear(weight)
		for range c.units {
			weight[random.IntN(len(weight))]++
		}
		if value, missing := c.alpha(level, weight); missing == "" {
			drawn = append(drawn, value)
		}
	}
	if len(drawn)*20 < options.Replications*19 {
		return nil
	}
	slices.Sort(drawn)
	return &Interval{quantile(drawn, (1-confidence)/2), quantile(drawn, (1+confidence)/2)}
}

// quantile of sorted values, type 7 (Hyndman and Fan, 1996).
func quantile(sorted []float64, p float64) float64 {
	at := p * float64(len(sorted)-1)
	i := int(at)
	if i+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	return sorted[i] + (at-float64(i))*(sorted[i+1]-sorted[i])
}
