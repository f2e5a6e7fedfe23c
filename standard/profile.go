package standard

// Profile finds a profile by its key; false if there is none.
func (s *Standard) Profile(key string) (*Profile, bool) {
	for i := range s.Profiles {
		if s.Profiles[i].Key == key {
			return &s.Profiles[i], true
		}
	}
	return nil, false
}

// Select gives the dimensions with the requirements and the indicators that count in a profile, in the order of the standard; a dimension
// of which nothing is left is not there. A city's own indicators stay with their requirement, whatever the profile. The result shares its
// texts with the standard and is not to be changed.
func (s *Standard) Select(p Profile) []Dimension {
	var wanted map[string]bool
	if p.Requirements != nil {
		wanted = make(map[string]bool, len(p.Requirements))
		for _, id := range p.Requirements {
			wanted[id] = true
		}
	}
	var selected []Dimension
	for _, d := range s.Dimensions {
		var requirements []Requirement
		for _, q := range d.Requirements {
			if wanted != nil && !wanted[q.ID] {
				continue
			}
			if p.DecisiveOnly {
				q.Indicators = decisive(q.Indicators)
			}
			requirements = append(requirements, q)
		}
		if requirements != nil {
			d.Requirements = requirements
			selected = append(selected, d)
		}
	}
	return selected
}

// decisive gives the indicators that count in a short profile.
func decisive(all []Indicator) []Indicator {
	var few []Indicator
	for i := range all {
		if all[i].Decisive || all[i].Local() {
			few = append(few, all[i])
		}
	}
	return few
}
