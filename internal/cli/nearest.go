package cli

import (
	"errors"
	"fmt"

	"github.com/cityrights/cityrights/internal/platform/fault"
)

// suggesting adds to the fault of a city that is not there the city that was probably meant.
func (c *call) suggesting(rooms *Rooms, err error) error {
	var missing *fault.Error
	if !errors.As(err, &missing) || missing.Key != "error.city.none" || len(missing.Args) < 2 {
		return err
	}
	asked, _ := missing.Args[1].(string)
	all, unread := rooms.City.All(c)
	if unread != nil {
		return err
	}
	codes := make([]string, len(all))
	for i, one := range all {
		codes[i] = one.ID
	}
	if near := nearest(asked, codes); near != "" {
		return fmt.Errorf("%w; did you mean %s?", err, near)
	}
	return err
}

// nearest gives the known word that differs least from what was written, where no more than a third of it differs; else none.
func nearest(written string, known []string) (near string) {
	least := len(written)/3 + 1
	for _, word := range known {
		if d := distance(written, word); d < least {
			near, least = word, d
		}
	}
	return near
}

// distance counts the letters that must be put in, taken out or changed to make b of a (Levenshtein 1966).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		corner := row[0]
		row[0] = i + 1
		for j := range len(b) {
			changed := corner
			if a[i] != b[j] {
				changed++
			}
			corner, row[j+1] = row[j+1], min(changed, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
