package opinion

import (
	"cmp"
	"slices"
	"strings"
)

// compareIDs orders ids: whole numbers first and by size, then everything else by its bytes. Results are computed and listed in this order,
// so that they do not depend on the order in which votes come.
func compareIDs(a, b string) int {
	switch wholeA, wholeB := whole(a), whole(b); {
	case wholeA && wholeB:
		return cmp.Or(len(a)-len(b), strings.Compare(a, b))
	case wholeA:
		return -1
	case wholeB:
		return 1
	}
	return strings.Compare(a, b)
}

// whole tells whether an id is a whole number without leading zeros.
func whole(id string) bool {
	if id == "" || id[0] == '0' && len(id) > 1 {
		return false
	}
	for i := range len(id) {
		if id[i] < '0' || id[i] > '9' {
			return false
		}
	}
	return true
}

// register gives each id a number, its slot, in the order of first appearance.
type register struct {
	slot   map[string]uint32
	ids    []string // by slot
	sorted []uint32 // slots by the order of their ids, as far as they were asked for; it is replaced and never changed
}

// of gives the slot of an id, a new one where it has none.
func (r *register) of(id string) uint32 {
	if slot, ok := r.slot[id]; ok {
		return slot
	}
	if r.slot == nil {
		r.slot = map[string]uint32{}
	}
	slot := uint32(len(r.ids))
	r.ids = append(r.ids, id)
	r.slot[id] = slot
	return slot
}

// bytes is of for an id in a buffer; it allocates for a new id only.
func (r *register) bytes(id []byte) uint32 {
	if slot, ok := r.slot[string(id)]; ok {
		return slot
	}
	return r.of(string(id))
}

// order lists the slots by the order of their ids. Only those that are new since it was last asked for are sorted.
func (r *register) order() []uint32 {
	known := r.sorted
	if len(known) == len(r.ids) {
		return known
	}
	fresh := make([]uint32, 0, len(r.ids)-len(known))
	for slot := len(known); slot < len(r.ids); slot++ {
		fresh = append(fresh, uint32(slot))
	}
	compare := func(a, b uint32) int { return compareIDs(r.ids[a], r.ids[b]) }
	slices.SortFunc(fresh, compare)
	merged := make([]uint32, 0, len(r.ids))
	for _, slot := range fresh {
		at, _ := slices.BinarySearchFunc(known, slot, compare)
		merged, known = append(append(merged, known[:at]...), slot), known[at:]
	}
	merged = append(merged, known...)
	r.sorted = merged
	return merged
}

// sort renumbers the slots by the order of their ids and gives the new slot of each old one.
func (r *register) sort() []uint32 {
	order := r.order()
	ids, moved := make([]string, len(order)), make([]uint32, len(order))
	for rank, slot := range order {
		ids[rank], moved[slot] = r.ids[slot], uint32(rank)
		r.slot[ids[rank]] = uint32(rank)
	}
	r.ids = ids
	r.sorted = make([]uint32, len(order))
	for slot := range order {
		r.sorted[slot] = uint32(slot)
	}
	return moved
}
