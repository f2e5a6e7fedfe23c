package opinion

import "math"

// mostExact is the number of points up to which silhouettes are exact; beyond it they compare distances to centres.
const mostExact = 5000

// silhouettes gives the mean silhouette of each partition of the same points (Rousseeuw, 1987): exact, from the distances of all pairs, which
// are computed once for all partitions; or, for more than mostExact points, in the form that takes the distance to a group's centre for the mean distance
// to its points. The silhouette of a point that is alone in its group is 0.
func silhouettes(points []Point, partitions []partition) (means []float64, exact bool) {
	exact = len(points) <= mostExact
	widths := exactWidths
	if !exact {
		widths = centreWidths
	}
	const pieces = 16
	sums := make([][]float64, pieces)
	inParallel(pieces, func(piece int) {
		from, to := span(len(points), pieces, piece)
		sums[piece] = widths(points, partitions, from, to)
	})
	means = make([]float64, len(partitions))
	for _, sum := range sums {
		add(means, 1, sum)
	}
	scale(means, 1/float64(len(points)))
	return means, exact
}

// exactWidths adds up, for each partition, the silhouettes of the points from one number to another.
func exactWidths(points []Point, partitions []partition, from, to int) []float64 {
	sums := make([]float64, len(partitions))
	away := make([]float64, len(points))
	var distance [math.MaxUint8]float64
	for i := from; i < to; i++ {
		here := points[i]
		for j, there := range points {
			away[j] = math.Sqrt(here.squaredDistance(there))
		}
		for n := range partitions {
			p := &partitions[n]
			clear(distance[:len(p.size)])
			for j, d := range away {
				distance[p.label[j]] += d
			}
			own := p.label[i]
			if p.size[own] == 1 {
				continue
			}
			nearest := math.Inf(1)
			for g, size := range p.size {
				if g != int(own) && size > 0 {
					nearest = min(nearest, distance[g]/float64(size))
				}
			}
			sums[n] += width(distance[own]/float64(p.size[own]-1), nearest)
		}
	}
	return sums
}

// centreWidths is exactWidths with the distances to centres.
func centreWidths(points []Point, partitions []partition, from, to int) []float64 {
	sums := make([]float64, len(partitions))
	for n := range partitions {
		p := &partitions[n]
		for i := from; i < to; i++ {
			own := p.label[i]
			if p.size[own] == 1 {
				continue
			}
			nearest := math.Inf(1)
			for g, centre := range p.centre {
				if g != int(own) {
					nearest = min(nearest, points[i].squaredDistance(centre))
				}
			}
			sums[n] += width(math.Sqrt(points[i].squaredDistance(p.centre[own])), math.Sqrt(nearest))
		}
	}
	return sums
}

// width is the silhouette of a point: how much nearer it is to its own group than to the nearest other one, from −1 to 1.
func width(own, other float64) float64 {
	if most := max(own, other); most > 0 && !math.IsInf(most, 1) {
		return (other - own) / most
	}
	return 0
}
