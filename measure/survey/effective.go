package survey

import "math"

// EffectiveSize is the size of an equally weighted sample that would be as precise, (Σw)²/Σw² (Kish 1965, section 11.7); 0 for no weights.
// It speaks of weights alone, not of clusters or strata. It is the same for weights of any scale.
func EffectiveSize(weights []float64) float64 {
	largest := 0.0
	for _, w := range weights {
		largest = max(largest, math.Abs(w))
	}
	if largest == 0 {
		return 0
	}
	sum, squares := 0.0, 0.0
	for _, w := range weights {
		sum += w / largest
		squares += w / largest * (w / largest)
	}
	return sum * sum / squares
}

// WeightingEffect is by how much unequal weights blow up the variance of a mean at most, n over EffectiveSize; 0 for no weights.
func WeightingEffect(weights []float64) float64 {
	effective := EffectiveSize(weights)
	if effective == 0 {
		return 0
	}
	return float64(len(weights)) / effective
}
