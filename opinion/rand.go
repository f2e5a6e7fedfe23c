package opinion

// adjustedRand compares two partitions of the same points by how many pairs they treat alike, with chance taken out (Hubert and Arabie, 1985): 1
// where they are the same, about 0 where they have nothing in common. Two partitions of everybody into one group are the same.
func adjustedRand(a, b []uint8) float64 {
	var table [256][256]int
	var rows, columns [256]int
	for i := range a {
		table[a[i]][b[i]]++
		rows[a[i]]++
		columns[b[i]]++
	}
	pairs := func(n int) float64 { return float64(n) * float64(n-1) / 2 }
	var both, inA, inB float64
	for i := range rows {
		if rows[i] == 0 {
			continue
		}
		inA += pairs(rows[i])
		for _, n := range &table[i] {
			both += pairs(n)
		}
	}
	for _, n := range &columns {
		inB += pairs(n)
	}
	all := pairs(len(a))
	if all == 0 {
		return 1
	}
	expected, most := inA*inB/all, (inA+inB)/2
	if most == expected {
		return 1
	}
	return (both - expected) / (most - expected)
}
