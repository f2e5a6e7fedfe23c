package disclosure

import (
	"fmt"
	"math"
	"slices"
)

// Dominance is the rule for a magnitude, such as money spent, that a few contribute almost wholly: a cell is sensitive where its N largest
// contributions are more than Percent of the whole (Hundepool et al. 2012, section 4.2.2).
type Dominance struct {
	N       int     // at least 1
	Percent float64 // above 0, below 100
}

// Need tells how far an attacker must be kept from a cell's value, in its unit; none where the rule calls it safe. The errors are those of
// checkContributions, and a rule out of range.
func (d Dominance) Need(cell int, contributions []float64) (need Need, sensitive bool, err error) {
	if d.N < 1 || !(d.Percent > 0 && d.Percent < 100) {
		return Need{}, false, fmt.Errorf("a rule of %d contributions and %v per cent is none: at least 1, and between 0 and 100", d.N, d.Percent)
	}
	sorted, total, err := checkContributions(contributions)
	if err != nil {
		return Need{}, false, err
	}
	largest := 0.0
	for _, c := range sorted[:min(d.N, len(sorted))] {
		largest += c
	}
	need, sensitive = width(cell, total, 100/d.Percent*largest-total)
	return need, sensitive, nil
}

// PPercent is the rule that nobody may be able to estimate a contribution to within P per cent: a cell is sensitive where the second largest
// contributor, who knows their own, could so estimate the largest (Hundepool et al. 2012, section 4.2.2).
type PPercent struct {
	P float64 // above 0, at most 100
}

// Need is as of Dominance.
func (p PPercent) Need(cell int, contributions []float64) (need Need, sensitive bool, err error) {
	if !(p.P > 0 && p.P <= 100) {
		return Need{}, false, fmt.Errorf("a rule of %v per cent is none: above 0, at most 100", p.P)
	}
	sorted, total, err := checkContributions(contributions)
	if err != nil || len(sorted) == 0 {
		return Need{}, false, err
	}
	others := total - sorted[0]
	if len(sorted) > 1 {
		others -= sorted[1]
	}
	need, sensitive = width(cell, total, p.P/100*sorted[0]-others)
	return need, sensitive, nil
}

// width is the need of a cell whose value must not be known to within by.
func width(cell int, total, by float64) (Need, bool) {
	if by <= 0 {
		return Need{}, false
	}
	above := int64(math.Ceil(by))
	return Need{Cell: cell, Below: min(above, int64(total)), Above: above}, true
}

// checkContributions sorts contributions from the largest down. The error names one that is negative or not finite, by its place from 1.
func checkContributions(contributions []float64) (sorted []float64, total float64, err error) {
	for i, c := range contributions {
		if c < 0 || math.IsNaN(c) || math.IsInf(c, 0) {
			return nil, 0, fmt.Errorf("contribution %d is %v; contributions are finite and not negative", i+1, c)
		}
		total += c
	}
	if total > largest {
		return nil, 0, fmt.Errorf("the contributions add up to %v, beyond 2^40; take a larger unit", total)
	}
	sorted = slices.Clone(contributions)
	slices.Sort(sorted)
	slices.Reverse(sorted)
	return sorted, total, nil
}

// Round gives a count rounded to the nearest multiple of base, halves to the even multiple, as a way to publish totals that hide no cell. Parts
// so rounded need not add up to their rounded total, which must be said beside them. Base is at least 1; n is not negative.
func Round(n, base int64) int64 {
	if base <= 1 {
		return n
	}
	down := n / base * base
	switch rest := n - down; {
	case 2*rest < base:
		return down
	case 2*rest > base || down/base%2 == 1:
		return down + base
	}
	return down
}
