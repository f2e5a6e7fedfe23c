package web

import "strings"

// piece is a part of a text as it differs from the one before.
type piece struct {
	Text           string
	Added, Removed bool
}

// longestCompared is how many words of a text are compared; longer ones are shown as they are. The table of the comparison grows by the square.
const longestCompared = 2000

// differences compares two texts word by word: the longest common subsequence (Wagner and Fischer 1974) stays, the rest was added or removed.
func differences(before, after string) []piece {
	a, b := words(before), words(after)
	if len(a) == 0 || len(a) > longestCompared || len(b) > longestCompared {
		return one(piece{Text: after})
	}
	start := 0
	for start < len(a) && start < len(b) && a[start] == b[start] {
		start++
	}
	end := 0
	for end < len(a)-start && end < len(b)-start && a[len(a)-1-end] == b[len(b)-1-end] {
		end++
	}
	pieces := one(piece{Text: strings.Join(a[:start], "")})
	pieces = append(pieces, compared(a[start:len(a)-end], b[start:len(b)-end])...)
	return append(pieces, one(piece{Text: strings.Join(a[len(a)-end:], "")})...)
}

func one(p piece) []piece {
	if p.Text == "" {
		return nil
	}
	return []piece{p}
}

// words cuts a text behind each white space.
func words(text string) (all []string) {
	for text != "" {
		at := strings.IndexAny(text, " \n\t") + 1
		if at == 0 {
			at = len(text)
		}
		all, text = append(all, text[:at]), text[at:]
	}
	return all
}

// compared gives what was removed from a and added in b around what they have in common.
func compared(a, b []string) (pieces []piece) {
	common := make([][]uint16, len(a)+1) // of a[i:] and b[j:]
	for i := range common {
		common[i] = make([]uint16, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				common[i][j] = common[i+1][j+1] + 1
			} else {
				common[i][j] = max(common[i+1][j], common[i][j+1])
			}
		}
	}
	add := func(p piece) {
		if last := len(pieces) - 1; last >= 0 && pieces[last].Added == p.Added && pieces[last].Removed == p.Removed {
			pieces[last].Text += p.Text
			return
		}
		pieces = append(pieces, p)
	}
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			add(piece{Text: a[i]})
			i, j = i+1, j+1
		case j == len(b) || i < len(a) && common[i+1][j] >= common[i][j+1]:
			add(piece{Text: a[i], Removed: true})
			i++
		default:
			add(piece{Text: b[j], Added: true})
			j++
		}
	}
	return pieces
}
