package survey

import "math"

// EffectiveSize is the size of an equally weighted sample that would be as precise, (Σw)²/Σw² (Kish 1965, section 11.7); 0 for no weights.
// It speaks of weights alone, not of clusters or strata. It is the same for weights of any scale.
func EffectiveSize(weights []float64) float64 {
	all := make([]int32, len(weights))
	for i := range all {
		all[i] = int32(i)
	}
	return effective(weights, all)
}

// effective works in parts of the largest weight, so that nothing overflows and equal weights count exactly.
func effective(weights []float64, members []int32) float64 {
	largest := 0.0
	for _, i := range members {
		largest = max(largest, math.Abs(weights[i]))
	}
	if largest == 0 {
		return 0
	}
	sum, squares := 0.0, 0.0
	for _, i := range members {
		w := weights[i] / largest
		sum += w
		squares += w * w
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
