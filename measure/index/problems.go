package index

import (
	"errors"
	"fmt"
)

// problems collects what is wrong, so that whoever made a table can mend all of it at once.
type problems []error

// enough is how many are told; more would be noise.
const enough = 20

func (p *problems) add(err error) { *p = append(*p, err) }

func (p problems) joined() error {
	if more := len(p) - enough; more > 0 {
		return errors.Join(append(p[:enough:enough], fmt.Errorf("and %d more", more))...)
	}
	return errors.Join(p...)
}
