package survey

import (
	"slices"
	"strings"
)

// Domain is a part of the respondents for which estimates are wanted, such as the women or a district. Make it with Whole or Domains.
type Domain struct {
	Name    string
	members []int32
	of      int // respondents of the design
}

// Whole is the domain of all respondents; its name is empty.
func (d *Design) Whole() Domain {
	members := make([]int32, d.Len())
	for i := range members {
		members[i] = int32(i)
	}
	return Domain{members: members, of: d.Len()}
}

// Domains gives one domain for each word, sorted by name. Respondents whose word is empty are in none. It fails with an *InputError where
// there is not one word per respondent.
func (d *Design) Domains(words []string) ([]Domain, error) {
	if err := perRespondent(Domains, "", len(words), d.Len()); err != nil {
		return nil, err
	}
	at := map[string]int{}
	var all []Domain
	for i, word := range words {
		if word == "" {
			continue
		}
		k, ok := at[word]
		if !ok {
			k = len(all)
			at[word] = k
			all = append(all, Domain{Name: word, of: d.Len()})
		}
		all[k].members = append(all[k].members, int32(i))
	}
	slices.SortFunc(all, func(a, b Domain) int { return strings.Compare(a.Name, b.Name) })
	return all, nil
}

// Len is the number of respondents in the domain.
func (in Domain) Len() int { return len(in.members) }

// freedom counts the primary sampling units and the strata that have a member.
func (d *Design) freedom(members []int32) (units, strata int) {
	seenUnit, seenStratum := make([]bool, len(d.within)), make([]bool, len(d.strata))
	for _, i := range members {
		u := d.unit[i]
		if seenUnit[u] {
			continue
		}
		seenUnit[u] = true
		units++
		if h := d.within[u]; !seenStratum[h] {
			seenStratum[h] = true
			strata++
		}
	}
	return units, strata
}
