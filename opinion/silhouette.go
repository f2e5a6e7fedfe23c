package opinion

import "math"

// mostExact is the number of points up to which silhouettes are exact; beyond it they compare distances to centres.
const mostExact = 5000

// silhouettes gives the mean silhouette of each partition of the same points (Rousseeuw, 1987): exact, from the distances of all pairs, which
// are computed once for all partitions; or, for more than mostExact points, in the form that takes the distance to a group's centre for the mean distance
// to its points. The silhouette of a point that is alone in its group is 0.
func silhouettes(points []Point, partitions []partition) (means []float64, exact bool) {
	var widths func(from, to int) []float64
	if exact = len(points) <= mostExact; exact {
		r := refine(points, partitions)
		widths = func(from, to int) []float64 { return r.widths(partitions, from, to) }
	} else {
		widths = func(from, to int) []float64 { return centreWidths(points, partitions, from, to) }
	}
	const pieces = 16
	sums := make([][]float64, pieces)
	inParallel(pieces, func(piece int) {
		from, to := span(len(points), pieces, piece)
		sums[piece] = widths(from, to)
	})
	means = make([]float64, len(partitions))
	for _, sum := range sums {
		add(means, 1, sum)
	}
	scale(means, 1/float64(len(points)))
	return means, exact
}

// refinement is what several partitions of the same points have in common: parts within each of which no partition makes a difference. So the distances
// from a point are added up once for each part, and the parts then put together for each partition.
type refinement struct {
	points []Point     // part by part
	start  []int       // where each part begins, and the end of the last
	first  []int32     // a point of each part, by its place in the list of points of the partitions
	at     []int       // place in points of each point of the partitions
	away   [][]float64 // for each part, the distances from each of points to those in it, added up
}

func refine(points []Point, partitions []partition) *refinement {
	part := make([]int32, len(points))
	r := &refinement{at: make([]int, len(points))}
	for n := range partitions {
		known := map[[2]int32]int32{}
		r.first = r.first[:0]
		for i, label := range partitions[n].label {
			key := [2]int32{part[i], int32(label)}
			number, ok := known[key]
			if !ok {
				number = int32(len(known))
				known[key] = number
				r.first = append(r.first, int32(i))
			}
			part[i] = number
		}
	}
	r.start = make([]int, len(r.first)+1)
	for _, number := range part {
		r.start[number+1]++
	}
	for number := range r.first {
		r.start[number+1] += r.start[number]
	}
	r.points = make([]Point, len(points))
	next := append([]int(nil), r.start...)
	for i, number := range part {
		r.points[next[number]], r.at[i] = points[i], next[number]
		next[number]++
	}
	r.measure()
	return r
}

// measure adds up the distances, each of which is computed once for both of its ends. What is added to which sum, and in what order, does not depend
// on the number of cores.
func (r *refinement) measure() {
	parts := len(r.first)
	r.away = make([][]float64, parts)
	for part := range r.away {
		r.away[part] = make([]float64, len(r.points))
	}
	inParallel(parts*(parts+1)/2, func(pair int) {
		one, other := 0, pair
		for ; other > one; one++ {
			other -= one + 1
		}
		there, sums := r.points[r.start[other]:r.start[other+1]], r.away[one][r.start[other]:r.start[other+1]]
		for i := r.start[one]; i < r.start[one+1]; i++ {
			here, sum := r.points[i], 0.0
			if one == other {
				there, sums = there[1:], sums[1:] // those behind it
			}
			for j := range there {
				d := math.Sqrt(here.squaredDistance(there[j]))
				sum += d
				sums[j] += d
			}
			r.away[other][i] += sum
		}
	})
}

// widths adds up, for each partition, the silhouettes of the points from one number to another.
func (r *refinement) widths(partitions []partition, from, to int) []float64 {
	sums := make([]float64, len(partitions))
	var distance [math.MaxUint8]float64
	for i := from; i < to; i++ {
		for n := range partitions {
			p := &partitions[n]
			clear(distance[:len(p.size)])
			for part, away := range r.away {
				distance[p.label[r.first[part]]] += away[r.at[i]]
			}
			sums[n] += p.width(int(p.label[i]), distance[:len(p.size)])
		}
	}
	return sums
}

// width is the silhouette of a point of a group by its distances to the points of each, added up.
func (p *partition) width(own int, distance []float64) float64 {
	if p.size[own] == 1 {
		return 0
	}
	nearest := math.Inf(1)
	for g, size := range p.size {
		if g != own && size > 0 {
			nearest = min(nearest, distance[g]/float64(size))
		}
	}
	return width(distance[own]/float64(p.size[own]-1), nearest)
}

// centreWidths does the same with the distances to centres.
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
