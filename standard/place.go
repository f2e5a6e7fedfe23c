package standard

// spot names a part of a standard by its position, so that a rule can say where it was broken without knowing files and lines. Positions
// count from 1; 0 means "not within".
type spot struct {
	dimension, requirement, indicator int
	language                          string // of a translation
	key                               string // "links", "grades.3", "minimum.value"; empty: the part itself
	item                              int    // position in a list
}

// within gives the spot of a key of the part.
func (s spot) within(key string) spot {
	s.key = key
	return s
}

// nth gives the spot of the item at index i of the list.
func (s spot) nth(i int) spot {
	s.item = i + 1
	return s
}

// place is where a spot stands in the files.
type place struct {
	file string
	line int
}

// places tells where the parts of a loaded standard stand. A nil map is that of a standard made in memory.
type places map[spot]place

// find gives the place of s, or of the nearest part around it.
func (p places) find(s spot) place {
	for {
		if at, ok := p[s]; ok {
			return at
		}
		switch {
		case s.item > 0:
			s.item = 0
		case s.key != "":
			s.key = ""
		case s.indicator > 0:
			s.indicator = 0
		case s.requirement > 0:
			s.requirement = 0
		default:
			return place{}
		}
	}
}
