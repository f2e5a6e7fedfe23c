package standard

import (
	"regexp"
	"strings"
)

// Forms of ids. Numbers begin at 1 and have no leading zero, so that an id has one spelling.
var (
	standardID    = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)
	dimensionID   = regexp.MustCompile(`^[A-Z]{3}$`)
	requirementID = regexp.MustCompile(`^[A-Z]{3}\.[1-9][0-9]{0,2}$`)
	indicatorID   = regexp.MustCompile(`^[A-Z]{3}\.[1-9][0-9]{0,2}\.[SPO][1-9][0-9]{0,2}$`)
	termKey       = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
	cityID        = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	sdgIndicator  = regexp.MustCompile(`^([1-9]|1[0-7])\.([0-9]{1,2}|[a-d])\.[0-9]{1,2}$`)
)

// localPrefix begins the id of an indicator that a city has added.
const localPrefix = "L."

// Local tells whether the indicator is a city's own. Such an indicator is shown beside the standard's and never judges.
func (i *Indicator) Local() bool { return IsLocal(i.ID) }

// IsLocal tells whether an indicator's id is that of a city's own.
func IsLocal(id string) bool { return strings.HasPrefix(id, localPrefix) }

// kindOf takes the kind out of an indicator's id; empty where the id has not the form.
func kindOf(id string) Kind {
	id = strings.TrimPrefix(id, localPrefix)
	if !indicatorID.MatchString(id) {
		return ""
	}
	return Kind(id[strings.LastIndexByte(id, '.')+1:][:1])
}

// parentOf gives the id of the part that an id hangs on: LIV.1 of LIV.1.O1, LIV of LIV.1.
func parentOf(id string) string {
	id = strings.TrimPrefix(id, localPrefix)
	return id[:max(0, strings.LastIndexByte(id, '.'))]
}
