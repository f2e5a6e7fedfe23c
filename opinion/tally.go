package opinion

import "math"

// significant is the deviate that a test must pass: 90 in 100, one-sided.
const significant = 1.2816

// probability of a vote as estimated from n such votes of all: (n+1)/(all+2).
func probability(n, all int) float64 { return float64(n+1) / float64(all+2) }

// aboveHalf tells how far a share lies above one half, in standard deviations: 2√(all+1)·((n+1)/(all+1) − ½).
func aboveHalf(n, all int) float64 {
	return 2 * math.Sqrt(float64(all+1)) * (float64(n+1)/float64(all+1) - 0.5)
}

// aboveOthers tells how far the share in a group lies above that in another, in standard deviations, with the pooled share as variance; 0 where
// the pooled share is 1.
func aboveOthers(n, all, otherN, otherAll int) float64 {
	p, q := float64(n+1)/float64(all+1), float64(otherN+1)/float64(otherAll+1)
	pooled := float64(n+otherN+2) / float64(all+otherAll+2)
	if pooled == 1 {
		return 0
	}
	return (p - q) / math.Sqrt(pooled*(1-pooled)*(1/float64(all+1)+1/float64(otherAll+1)))
}

// wilson gives the lower bound of a share at the significance of this package (Wilson, 1927); 0 where there are no votes.
func wilson(n, all int) float64 {
	if all == 0 {
		return 0
	}
	const z2 = significant * significant
	total := float64(all)
	p := float64(n) / total
	return max(0, (p+z2/(2*total)-significant*math.Sqrt((p*(1-p)+z2/(4*total))/total))/(1+z2/total))
}
