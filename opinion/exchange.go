package opinion

// exchange moves single points to other groups for as long as this lowers the sum of squares, counting that both centres move with the point
// (J. A. Hartigan, Clustering Algorithms, 1975, chapter 4). Where Lloyd's iterations stop, that often still helps, so that different starts end at
// the same groups more often.
func (p *partition) exchange(points []Point) {
	for range mostIterations {
		moved := false
		for i, at := range points {
			if to := p.better(int(p.label[i]), at); to >= 0 {
				p.move(i, at, to)
				moved = true
			}
		}
		if !moved {
			break
		}
	}
	clear(p.size)
	p.centre = centres(points, p.label, p.size)
	p.measure(points)
}

// better gives the group in which a point adds least to the sum of squares; -1 where that is its own, up to rounding.
func (p *partition) better(own int, at Point) int {
	if p.size[own] == 1 {
		return -1
	}
	n := float64(p.size[own])
	left := n / (n - 1) * at.squaredDistance(p.centre[own]) // what the sum loses without the point
	best, least := -1, left*(1-1e-12)
	for g, centre := range p.centre {
		n := float64(p.size[g])
		if added := n / (n + 1) * at.squaredDistance(centre); g != own && added < least {
			best, least = g, added
		}
	}
	return best
}

// move takes a point from its group to another.
func (p *partition) move(i int, at Point, to int) {
	own := p.label[i]
	n, m := float64(p.size[own]), float64(p.size[to])
	c, d := p.centre[own], p.centre[to]
	p.centre[own] = Point{(n*c.X - at.X) / (n - 1), (n*c.Y - at.Y) / (n - 1)}
	p.centre[to] = Point{(m*d.X + at.X) / (m + 1), (m*d.Y + at.Y) / (m + 1)}
	p.size[own]--
	p.size[to]++
	p.label[i] = uint8(to)
}
