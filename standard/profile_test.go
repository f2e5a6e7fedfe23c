package standard

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// selected lists the ids that a profile takes, requirements before their indicators.
func selected(s *Standard, p Profile) []string {
	var ids []string
	for _, d := range s.Select(p) {
		for _, q := range d.Requirements {
			ids = append(ids, q.ID)
			for _, i := range q.Indicators {
				ids = append(ids, i.ID)
			}
		}
	}
	return ids
}

func TestAProfileSelectsRequirementsAndIndicators(t *testing.T) {
	s := loadMini(t)
	before := loadMini(t)
	for key, want := range map[string][]string{
		"core":  {"HOM.1", "HOM.1.S1", "HOM.2", "HOM.2.O1", "AIR.1", "AIR.1.O1"},
		"full":  {"HOM.1", "HOM.1.S1", "HOM.1.P1", "HOM.1.O1", "HOM.2", "HOM.2.O1", "AIR.1", "AIR.1.O1", "AIR.1.O2"},
		"homes": {"HOM.1", "HOM.1.S1"},
	} {
		p, ok := s.Profile(key)
		if !ok {
			t.Fatalf("there is no profile %s", key)
		}
		if diff := cmp.Diff(want, selected(s, *p)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", key, diff)
		}
	}
	if got := s.Select(Profile{Requirements: []string{}}); got != nil {
		t.Errorf("a profile of nothing selects %v", got)
	}
	if _, ok := s.Profile("tiny"); ok {
		t.Error("the profile tiny was found")
	}
	if diff := cmp.Diff(before, s, cmpopts.IgnoreUnexported(Translation{})); diff != "" {
		t.Errorf("selecting changed the standard:\n%s", diff)
	}
}
