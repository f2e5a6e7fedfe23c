package opinion

import (
	"errors"
	"fmt"
)

// mostTold is how many mistakes of a file are told one by one; more would be noise.
const mostTold = 20

// mistakes collects what is wrong with a file, so that all of it can be mended at once.
type mistakes struct {
	told []error
	more int
}

// add takes a mistake. It gives back what is none but an error of reading, which ends it.
func (m *mistakes) add(err error) error {
	var mistake *Error
	switch {
	case err == nil:
	case !errors.As(err, &mistake):
		return err
	case len(m.told) < mostTold:
		m.told = append(m.told, mistake)
	default:
		m.more++
	}
	return nil
}

// joined gives all mistakes as one error, each of type *Error with the name of the file; nil where there is none. The last one, may be nil, is an
// error that ended the reading.
func (m *mistakes) joined(last error, file string) error {
	all := m.told
	if m.more > 0 {
		all = append(all, wrong(0, "", "and %d more mistakes", m.more))
	}
	if last != nil {
		all = append(all, last)
	}
	for i, err := range all {
		var mistake *Error
		if errors.As(err, &mistake) {
			mistake.File = file
		} else {
			all[i] = fmt.Errorf("%s: %w", file, err)
		}
	}
	if len(all) == 1 {
		return all[0]
	}
	return errors.Join(all...)
}
