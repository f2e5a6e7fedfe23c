package statistics

import (
	"bytes"
	"strconv"
	"strings"
)

// These are the lists of a stored document. They are the most of it, and a scorecard reads all documents of a city; so they are read
// without the reflection of encoding/json, which writes them and to which they look like any list.
type (
	numbers []float64
	places  []int
	maybes  []*float64 // null: not known
)

func (n *numbers) UnmarshalJSON(text []byte) error {
	*n = make(numbers, 0, elements(text))
	return eachElement(text, func(one string) error {
		v, err := strconv.ParseFloat(one, 64)
		*n = append(*n, v)
		return err
	})
}

func (p *places) UnmarshalJSON(text []byte) error {
	*p = make(places, 0, elements(text))
	return eachElement(text, func(one string) error {
		v, err := strconv.Atoi(one)
		*p = append(*p, v)
		return err
	})
}

func (m *maybes) UnmarshalJSON(text []byte) error {
	values := make([]float64, 0, elements(text)) // one piece of memory for all
	*m = make(maybes, 0, elements(text))
	return eachElement(text, func(one string) error {
		if one == "null" {
			*m = append(*m, nil)
			return nil
		}
		v, err := strconv.ParseFloat(one, 64)
		values = append(values, v)
		*m = append(*m, &values[len(values)-1])
		return err
	})
}

// at gives the number at a place; nil where it is not known, as all are in a list that was left out.
func (m maybes) at(i int) *float64 {
	if m == nil {
		return nil
	}
	return m[i]
}

// elements tells how many elements a list of numbers can have.
func elements(text []byte) int { return bytes.Count(text, []byte(",")) + 1 }

// eachElement reads a list of numbers, which encoding/json has found to be well formed and hands on without white space around it.
func eachElement(list []byte, read func(string) error) error {
	text := strings.TrimSuffix(strings.TrimPrefix(string(list), "["), "]") // one piece of memory for all
	for text != "" {
		one, rest, _ := strings.Cut(text, ",")
		if err := read(strings.TrimSpace(one)); err != nil {
			return err
		}
		text = rest
	}
	return nil
}
