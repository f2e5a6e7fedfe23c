package api

import (
	"context"
	"slices"
	"strings"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

// CycleAnswer is an answer of a cycle, public or not.
type CycleAnswer struct {
	Answer
	Public bool `json:"public" doc:"Everybody may read it."`
	Draft  bool `json:"draft" doc:"Its organisation has not handed it in yet."`
}

// CyclePath names a cycle in an address.
type CyclePath struct {
	CityPath
	Period string `path:"period" example:"2025" doc:"A year or a span of years."`
}

// cycleAnswers gives everybody what is public, and to those who may see more, by a token, that too.
func (s *Server) cycleAnswers(ctx context.Context, in *struct {
	CyclePath
	Paging
}) (List[CycleAnswer], error) {
	public, err := s.publicAnswers(ctx, in.City, in.Period)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return List[CycleAnswer]{}, err
	}
	all, wider, err2 := s.answersFor(ctx, signerOf(ctx), in.City, in.Period, public != nil)
	if err2 != nil {
		return List[CycleAnswer]{}, err2
	}
	if err != nil && !wider {
		return List[CycleAnswer]{}, err
	}
	all = append(public, all...)
	key := func(a CycleAnswer) string { return a.Requirement + "\x00" + a.Party + "\x00" + a.Organisation }
	slices.SortStableFunc(all, func(a, b CycleAnswer) int { return strings.Compare(key(a), key(b)) })
	return page(in.Paging, all, key, rising)
}

// publicAnswers gives what has passed the gate. Returns NotFound.
func (s *Server) publicAnswers(ctx context.Context, city, period string) ([]CycleAnswer, error) {
	a, err := s.rooms.Publication.Assessment(ctx, city, period)
	if err != nil {
		return nil, err
	}
	all := []CycleAnswer{}
	for _, said := range answersOf(a) {
		all = append(all, CycleAnswer{Answer: said, Public: true})
	}
	return all, nil
}

// answersFor gives what somebody may see past the gate; wider is false where that is nothing. Of a public cycle that is only what was never handed
// in: the rest has passed the gate, and is the same for everybody. It is noted: those whose answers they are can read who took them out.
func (s *Server) answersFor(ctx context.Context, by account.Actor, city, period string, isPublic bool) (all []CycleAnswer, wider bool, err error) {
	if !by.SignedIn() {
		return nil, false, nil
	}
	var spoken []assessment.Spoken
	err = s.rooms.View(ctx, func(tx database.Tx) error {
		spoken, err = s.rooms.Assessment.Spoken(ctx, tx, city, period)
		return err
	})
	if fault.KindOf(err) == fault.NotFound {
		return nil, false, nil // and whether there is such a cycle is not told
	}
	if err != nil {
		return nil, false, err
	}
	apart := map[string]bool{}
	for _, said := range spoken {
		if !account.Can(by, account.View, said.Resource) || isPublic && !said.Resource.Draft {
			continue
		}
		if said.Resource.Independent {
			apart[said.Resource.Organisation] = true
		}
		all = append(all, CycleAnswer{Answer: Answer{said.Requirement, said.Answer}, Draft: said.Resource.Draft})
	}
	if len(all) == 0 {
		return nil, false, nil
	}
	return all, true, s.noteExport(ctx, by, city, period, apart)
}

// noteExport notes that answers of a cycle were taken out: for the city, and for each independent organisation whose answers are among them.
func (s *Server) noteExport(ctx context.Context, by account.Actor, city, period string, organisations map[string]bool) error {
	if err := s.rooms.Account.Exported(ctx, by, "answers", map[string]string{"city": city, "period": period}); err != nil {
		return err
	}
	for id := range organisations {
		if err := s.rooms.Account.Exported(ctx, by, "answers", map[string]string{"organisation": id, "period": period}); err != nil {
			return err
		}
	}
	return nil
}
