package cli

import "strconv"

// counting gives a number and what it counts: 1 file, 2 files.
func counting(n int, one string) string {
	return strconv.Itoa(n) + " " + noun(n, one)
}

// noun gives the form of a word that a number takes.
func noun(n int, one string) string {
	if n == 1 {
		return one
	}
	return one + "s"
}
