package opinion

import (
	"math"
	"slices"
	"strconv"
)

// mostNamed is how many groups there can be.
const mostNamed = math.MaxUint8

// restarts gives the number of starts of k-means: by default more where few participants make them cheap.
func (o *Options) restarts(grouped int) int {
	const affordable = 40_000 // points in all starts together
	if o.Restarts > 0 {
		return o.Restarts
	}
	return max(DefaultRestarts, min(10*DefaultRestarts, affordable/max(grouped, 1)))
}

// group places the participants and puts them into groups: given ones, or found ones.
func (out *Map) group(m *matrix, places []Point, o *Options) error {
	out.Participants = make([]Participant, len(m.participants))
	for i, id := range m.participants {
		out.Participants[i] = Participant{ID: id, Place: places[i], Votes: len(m.rows[i]), Group: -1}
	}
	if o.Groups != nil {
		return out.give(o)
	}
	grouped := m.grouped()
	points := pick(places, grouped)
	c, err := find(points, o)
	if err != nil {
		return err
	}
	for i, participant := range grouped {
		out.Participants[participant].Group = int(c.partition.label[i])
	}
	names := make([]string, len(c.partition.size))
	for g := range names {
		names[g] = strconv.Itoa(g)
	}
	out.settle(&c, names)
	return nil
}

// find looks for groups, in the number asked for or in the one that the points support.
func find(points []Point, o *Options) (choice, error) {
	switch available := places(points, o.K); {
	case o.K == 0:
		return choose(points, o.restarts(len(points)), o.Seed), nil
	case o.K < 0 || o.K > mostNamed:
		return choice{}, wrong(0, "k", "%d is no number of groups; write 1 to %d", o.K, mostNamed)
	case o.K > available:
		return choice{}, wrong(0, "k", "%d groups cannot be made of participants at %d different places", o.K, available)
	}
	c := choice{partition: cluster(points, newTree(points), o.K, o.restarts(len(points)), o.Seed)}
	c.partition.relabel()
	c.measure(points)
	return c, nil
}

// measure fills in the silhouette of groups that were not chosen by it.
func (c *choice) measure(points []Point) {
	if len(c.partition.size) < fewestGroups {
		return
	}
	widths, exact := silhouettes(points, []partition{c.partition})
	c.found, c.silhouette, c.exact = true, widths[0], exact
	smallest := slices.Min(c.partition.size)
	c.tried = []Candidate{{len(c.partition.size), widths[0], c.partition.wss, smallest, smallest < smallestGroup(len(points))}}
}

// give takes the groups that were handed in.
func (out *Map) give(o *Options) error {
	number := map[string]int{}
	var names []string
	for _, name := range o.Groups {
		if _, ok := number[name]; !ok {
			number[name] = 0
			names = append(names, name)
		}
	}
	switch {
	case o.K != 0:
		return wrong(0, "k", "groups are given, so their number is")
	case len(names) == 0:
		return wrong(0, "group", "nobody is in a group")
	case len(names) > mostNamed:
		return wrong(0, "group", "there are %d groups; at most %d can be told apart", len(names), mostNamed)
	}
	slices.SortFunc(names, compareIDs)
	for g, name := range names {
		number[name] = g
	}
	c := choice{partition: partition{size: make([]int, len(names)), centre: make([]Point, len(names))}}
	var points []Point
	for i := range out.Participants {
		p := &out.Participants[i]
		name, ok := o.Groups[p.ID]
		if !ok {
			continue
		}
		p.Group = number[name]
		points = append(points, p.Place)
		c.partition.label = append(c.partition.label, uint8(p.Group))
	}
	if len(points) < len(o.Groups) {
		return wrong(0, "participant", "%q is in a group and has not voted", out.absent(o.Groups))
	}
	c.partition.centre = centres(points, c.partition.label, c.partition.size)
	c.partition.measure(points)
	c.measure(points)
	out.settle(&c, names)
	return nil
}

// absent names the first of those in groups who have not voted.
func (out *Map) absent(groups map[string]string) string {
	voted := make(map[string]bool, len(out.Participants))
	for _, p := range out.Participants {
		voted[p.ID] = true
	}
	var missing []string
	for id := range groups {
		if !voted[id] {
			missing = append(missing, id)
		}
	}
	return slices.MinFunc(missing, compareIDs)
}

// centres gives the mean place of each group and counts its points.
func centres(points []Point, label []uint8, size []int) []Point {
	mean := make([]Point, len(size))
	for i, at := range points {
		g := label[i]
		size[g]++
		mean[g] = Point{mean[g].X + at.X, mean[g].Y + at.Y}
	}
	for g, n := range size {
		if n > 0 {
			mean[g] = Point{mean[g].X / float64(n), mean[g].Y / float64(n)}
		}
	}
	return mean
}

// settle writes down the groups.
func (out *Map) settle(c *choice, names []string) {
	for g, name := range names {
		at := c.partition.centre[g]
		out.Groups = append(out.Groups, Group{Name: name, Size: c.partition.size[g], X: at.X, Y: at.Y})
	}
	out.WSS, out.Tried = c.partition.wss, c.tried
	if c.found {
		out.Silhouette, out.Exact = &c.silhouette, c.exact
	}
}

// pick gives the places of some participants.
func pick(places []Point, of []int32) []Point {
	out := make([]Point, len(of))
	for i, participant := range of {
		out[i] = places[participant]
	}
	return out
}
