package agreement

import "fmt"

// warnings name what a reader of the model must know.
func (d *design) warnings(expected []string, converged bool) (list []string) {
	if !converged {
		list = append(list, "the estimation did not settle; positions are the best that were found, and intervals may be too narrow")
	}
	known := numbers(d.units)
	for _, name := range distinct(expected) {
		if _, rated := known[name]; !rated {
			list = append(list, fmt.Sprintf("unit %q has not been rated by anybody; it has no position", name))
		}
	}
	if parts := d.parts(); parts > 1 {
		list = append(list, fmt.Sprintf("raters and units fall into %d parts that share none; across parts, positions are comparable only if the parts are alike", parts))
	}
	for g, name := range d.groups {
		if len(d.groups) > 1 && !d.shares(g) {
			list = append(list, fmt.Sprintf("group %q has rated no unit that another group has rated; its shift cannot be told from what its units are like", name))
		}
	}
	if d.seenAt != nil {
		for _, g := range d.blind() {
			list = append(list, fmt.Sprintf("group %q has rated no vignette that another group has rated; its use of the scale cannot be told from its experience", d.groups[g]))
		}
	}
	return list
}

// parts counts the connected parts of raters and units.
func (d *design) parts() int {
	parent := make([]int, len(d.units)+len(d.raters))
	for i := range parent {
		parent[i] = i
	}
	root := func(i int) int {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	n := len(parent)
	for _, c := range d.cells {
		if a, b := root(c.unit), root(len(d.units)+c.rater); a != b {
			parent[a] = b
			n--
		}
	}
	return n
}

// shares tells whether another group has rated a unit that group g has rated.
func (d *design) shares(g int) bool { return d.sharing(g, func(int) bool { return true }) }

func (d *design) sharing(g int, counts func(unit int) bool) bool {
	for u, list := range d.ofUnit {
		own, other := false, false
		for _, i := range list {
			if d.groupOf[d.cells[i].rater] == g {
				own = true
			} else {
				other = true
			}
		}
		if own && other && counts(u) {
			return true
		}
	}
	return false
}

// blind gives the groups that share no vignette with another.
func (d *design) blind() (list []int) {
	for g := range d.groups {
		if !d.sharing(g, func(u int) bool { return d.vignette[u] }) {
			list = append(list, g)
		}
	}
	return list
}
