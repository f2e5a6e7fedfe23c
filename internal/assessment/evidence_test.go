package assessment_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/platform/clock"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/internal/platform/files"
	"github.com/cityrights/cityrights/measure/scorecard"
)

// kept is a file as the store gives it; n makes it another one.
func kept(n int) files.File {
	return files.File{Hash: fmt.Sprintf("%064x", n+1), Name: fmt.Sprintf("plan-%d.pdf", n), Media: "application/pdf", Size: 1000}
}

func (d *desk) add(t *testing.T, e assessment.Evidence) assessment.Evidence {
	t.Helper()
	if e.Key == (assessment.Key{}) {
		e.Key = hallKey
	}
	added, err := d.AddEvidence(t.Context(), ana, e)
	must(t, err)
	return added
}

func (d *desk) evidence(t *testing.T, key assessment.Key) []assessment.Evidence {
	t.Helper()
	all, err := reads(t, d, func(tx database.Tx) ([]assessment.Evidence, error) { return d.EvidenceFor(t.Context(), tx, key) })
	must(t, err)
	return all
}

func TestEvidenceIsKeptWithAllThatIsSaidOfIt(t *testing.T) {
	eachDesk(t, nil, func(t *testing.T, d *desk) {
		d.start(t, "2025", assessment.Open)
		text := assessment.EvidenceText{Title: " Housing   plan ", Kind: "document", Dated: "31.3.2025", Language: "es", Indicator: "LIV.1.S1", Note: "page 4\r\nbelow"}
		file := d.add(t, assessment.Evidence{EvidenceText: text, File: kept(1), Level: assessment.LevelPublic})
		page := d.add(t, assessment.Evidence{EvidenceText: assessment.EvidenceText{Title: "Budget"}, URL: " https://aldea.example/budget ", Level: assessment.LevelSealed})
		unnamed := d.add(t, assessment.Evidence{File: kept(2)})
		want := []assessment.Evidence{
			{Key: hallKey, Version: 1, EvidenceText: assessment.EvidenceText{Title: "Housing plan", Kind: "document", Dated: "2025-03-31", Language: "es", Indicator: "LIV.1.S1", Note: "page 4\nbelow"},
				File: kept(1), Level: assessment.LevelReviewers, At: noon.UnixMilli(), By: "ana"},
			{Key: hallKey, Version: 1, EvidenceText: assessment.EvidenceText{Title: "Budget"}, URL: "https://aldea.example/budget", Level: assessment.LevelSealed, At: noon.UnixMilli(), By: "ana"},
			{Key: hallKey, Version: 1, EvidenceText: assessment.EvidenceText{Title: "plan-2"}, File: kept(2), Level: assessment.LevelReviewers, At: noon.UnixMilli(), By: "ana"},
		}
		if diff := cmp.Diff(want, d.evidence(t, hallKey), cmpopts.IgnoreFields(assessment.Evidence{}, "ID")); diff != "" {
			t.Error(diff)
		}
		if again := d.add(t, assessment.Evidence{File: kept(2)}); again.ID != unnamed.ID {
			t.Error("the same file is there twice")
		}
		for _, e := range []assessment.Evidence{file, page} {
			got, err := reads(t, d, func(tx database.Tx) (assessment.Evidence, error) {
				return d.OneEvidence(t.Context(), tx, hallKey, e.ID)
			})
			must(t, err)
			if diff := cmp.Diff(e, got); diff != "" {
				t.Error(diff)
			}
		}
		counts, err := reads(t, d, func(tx database.Tx) (map[assessment.Key]int, error) {
			return d.EvidenceCounts(t.Context(), tx, "aldea", "2025")
		})
		must(t, err)
		if diff := cmp.Diff(map[assessment.Key]int{hallKey: 3}, counts); diff != "" {
			t.Error(diff)
		}
	})
}

func TestEvidenceThatIsRefused(t *testing.T) {
	eachDesk(t, nil, func(t *testing.T, d *desk) {
		page := assessment.Evidence{Key: hallKey, EvidenceText: assessment.EvidenceText{Title: "Plan"}, URL: "https://aldea.example/plan"}
		with := func(change func(*assessment.Evidence)) assessment.Evidence {
			e := page
			change(&e)
			return e
		}
		add := func(e assessment.Evidence) error { _, err := d.AddEvidence(t.Context(), ana, e); return err }
		wantFault(t, add(page), fault.NotFound, "no assessment")
		d.start(t, "2025", assessment.Draft)
		wantFault(t, add(page), fault.Conflict, "draft")
		d.advance(t, "2025", assessment.Open)
		for want, e := range map[string]assessment.Evidence{
			"title: give a title":       with(func(e *assessment.Evidence) { e.Title = " " }),
			"longer than 200":           with(func(e *assessment.Evidence) { e.Title = strings.Repeat("é", 201) }),
			"note: the text is longer":  with(func(e *assessment.Evidence) { e.Note = strings.Repeat("é", 1001) }),
			"cannot be shown":           with(func(e *assessment.Evidence) { e.Note = "a\x00b" }),
			"no kind of evidence":       with(func(e *assessment.Evidence) { e.Kind = "rumour" }),
			"dated: there is no day":    with(func(e *assessment.Evidence) { e.Dated = "2025-02-30" }),
			"language: \"x y\"":         with(func(e *assessment.Evidence) { e.Language = "x y" }),
			"is no indicator of LIV.1":  with(func(e *assessment.Evidence) { e.Indicator = "LIV.2.O1" }),
			"private network":           with(func(e *assessment.Evidence) { e.URL = "http://10.0.0.1/" }),
			"give the address":          with(func(e *assessment.Evidence) { e.URL = "" }),
			"no organisation that":      with(func(e *assessment.Evidence) { e.Organisation = "stranger" }),
			"organisation: \"institute": with(func(e *assessment.Evidence) { e.Organisation = "institute" }),
		} {
			wantFault(t, add(e), fault.Invalid, want)
		}
		all := add(assessment.Evidence{Key: hallKey, EvidenceText: assessment.EvidenceText{Dated: "soon", Kind: "x"}, URL: "ftp://x"})
		for _, want := range []string{"url: ", "title: ", "dated: ", "kind: "} {
			if all == nil || !strings.Contains(all.Error(), want) {
				t.Errorf("not all is said at once: %v", all)
			}
		}
		wantFault(t, add(with(func(e *assessment.Evidence) { e.Requirement = "LIV.99" })), fault.NotFound, "LIV.99")
		wantFault(t, add(with(func(e *assessment.Evidence) { e.City = "elsewhere" })), fault.NotFound, "elsewhere")
		for n := range 200 {
			d.add(t, assessment.Evidence{File: kept(n)})
		}
		wantFault(t, add(page), fault.TooMuch, "at most 200")
		if got := len(d.evidence(t, hallKey)); got != 200 {
			t.Errorf("%d pieces of evidence are kept", got)
		}
	})
}

func TestEvidenceIsChangedOnTheVersionThatWasRead(t *testing.T) {
	eachDesk(t, nil, func(t *testing.T, d *desk) {
		d.start(t, "2025", assessment.Open)
		e := d.add(t, assessment.Evidence{File: kept(1)})
		describe := func(on int64, title, dated string) (assessment.Evidence, error) {
			return d.DescribeEvidence(t.Context(), ben, hallKey, e.ID, on, assessment.EvidenceText{Title: title, Dated: dated})
		}
		changed, err := describe(1, "Plan", "2025")
		must(t, err)
		if changed.Version != 2 || changed.Title != "Plan" || changed.Dated != "2025" {
			t.Errorf("it is %+v", changed)
		}
		if same, err := describe(2, "Plan", "2025"); err != nil || same.Version != 2 {
			t.Errorf("nothing new makes version %d (%v)", same.Version, err)
		}
		_, err = describe(1, "Another", "")
		wantFault(t, err, fault.Conflict, "somebody else has changed")
		_, err = describe(2, "Another", "2025-02-30")
		wantFault(t, err, fault.Invalid, "dated: there is no day")
		must(t, d.RemoveEvidence(t.Context(), ana, hallKey, e.ID))
		_, err = describe(3, "Another", "")
		wantFault(t, err, fault.Conflict, "removed")
		history, err := reads(t, d, func(tx database.Tx) ([]assessment.EvidenceChange, error) {
			return d.EvidenceHistory(t.Context(), tx, e)
		})
		must(t, err)
		var said []string
		for _, c := range history {
			said = append(said, fmt.Sprintf("%s %s by %s", c.How, c.Title, c.By))
		}
		if diff := cmp.Diff([]string{"removed Plan by ana", "edited Plan by ben", "added plan-1 by ana"}, said); diff != "" {
			t.Error(diff)
		}
		d.advance(t, "2025", assessment.Validated)
		open := d.evidence(t, hallKey)[0]
		must(t, d.RestoreEvidence(t.Context(), ana, hallKey, e.ID))
		_, err = describe(open.Version+1, "Late", "")
		wantFault(t, err, fault.Conflict, "takes evidence while")
	})
}

func TestEvidenceIsPublicOnceEachLineOfItsCheckIsConfirmed(t *testing.T) {
	eachDesk(t, nil, func(t *testing.T, d *desk) {
		d.start(t, "2025", assessment.Open)
		for _, c := range []struct {
			e    assessment.Evidence
			want []assessment.Check
		}{
			{assessment.Evidence{File: kept(1)}, []assessment.Check{assessment.CheckNames, assessment.CheckSignatures, assessment.CheckAddresses, assessment.CheckMarks}},
			{assessment.Evidence{File: files.File{Hash: kept(2).Hash, Name: "a.jpg", Media: "image/jpeg"}}, []assessment.Check{assessment.CheckFaces, assessment.CheckNames, assessment.CheckAddresses}},
			{assessment.Evidence{File: files.File{Hash: kept(3).Hash, Name: "a.csv", Media: "text/csv; charset=utf-8"}}, []assessment.Check{assessment.CheckNames, assessment.CheckAddresses}},
			{assessment.Evidence{URL: "https://aldea.example", EvidenceText: assessment.EvidenceText{Title: "Page"}}, []assessment.Check{assessment.CheckOpen, assessment.CheckNames}},
		} {
			e := d.add(t, c.e)
			if diff := cmp.Diff(c.want, e.Checks()); diff != "" {
				t.Error(diff)
			}
			for left := range c.want {
				_, err := d.LevelEvidence(t.Context(), ben, hallKey, e.ID, 1, assessment.LevelPublic, slices.Delete(slices.Clone(c.want), left, left+1))
				wantFault(t, err, fault.Invalid, "check: confirm each line")
			}
			got, err := d.LevelEvidence(t.Context(), ben, hallKey, e.ID, 1, assessment.LevelPublic, c.want)
			must(t, err)
			if got.Level != assessment.LevelPublic || got.Checked != noon.UnixMilli() || got.CheckedBy != "ben" || got.Version != 2 {
				t.Errorf("it is %+v", got)
			}
			_, err = d.LevelEvidence(t.Context(), ben, hallKey, e.ID, 2, "everybody", nil)
			wantFault(t, err, fault.Invalid, "level: choose who")
			_, err = d.LevelEvidence(t.Context(), ben, hallKey, e.ID, 1, assessment.LevelSealed, nil)
			wantFault(t, err, fault.Conflict, "somebody else")
			if got, err = d.LevelEvidence(t.Context(), ben, hallKey, e.ID, 2, assessment.LevelSealed, nil); err != nil || got.Level != assessment.LevelSealed {
				t.Errorf("sealed again: %+v, %v", got, err)
			}
		}
	})
}

func TestWhatThePublicMaySeeOfEvidenceIsInTheTrailOfThoseWhomItConcerns(t *testing.T) {
	eachDesk(t, nil, func(t *testing.T, d *desk) {
		d.start(t, "2025", assessment.Open)
		var acts []string
		d.Trail = func(_ context.Context, _ database.Tx, by account.Actor, act, _ string, details map[string]string) error {
			acts = append(acts, fmt.Sprint(by.Person, " ", act, " ", details))
			return nil
		}
		union := hallKey
		union.Organisation = "union-a"
		for _, key := range []assessment.Key{hallKey, union} {
			e := d.add(t, assessment.Evidence{Key: key, File: kept(1)})
			e, err := d.LevelEvidence(t.Context(), ben, key, e.ID, e.Version, assessment.LevelSealed, nil)
			must(t, err)
			e, err = d.LevelEvidence(t.Context(), ben, key, e.ID, e.Version, assessment.LevelPublic, e.Checks())
			must(t, err)
			_, err = d.DescribeEvidence(t.Context(), ben, key, e.ID, e.Version, assessment.EvidenceText{Title: "Plan"})
			must(t, err)
			must(t, d.RemoveEvidence(t.Context(), ana, key, e.ID))
		}
		want := []string{
			"ben evidence made public map[city:aldea organisation:aldea-hall period:2025 requirement:LIV.1]",
			"ana evidence withdrawn map[city:aldea organisation:aldea-hall period:2025 requirement:LIV.1]",
			"ben evidence made public map[organisation:union-a period:2025 requirement:LIV.1]",
			"ana evidence withdrawn map[organisation:union-a period:2025 requirement:LIV.1]",
		}
		if diff := cmp.Diff(want, acts); diff != "" {
			t.Error(diff)
		}
	})
}

func TestRemovedEvidenceCanBeBroughtBackForThirtyDaysAndItsFileStaysSoLong(t *testing.T) {
	eachDesk(t, nil, func(t *testing.T, d *desk) {
		d.start(t, "2025", assessment.Open)
		e, other := d.add(t, assessment.Evidence{File: kept(1)}), d.add(t, assessment.Evidence{File: kept(2)})
		d.add(t, assessment.Evidence{Key: assessment.Key{City: "aldea", Period: "2025", Requirement: "LIV.2", Organisation: "union-a"}, File: kept(2)})
		must(t, d.RemoveEvidence(t.Context(), ana, hallKey, e.ID))
		must(t, d.RemoveEvidence(t.Context(), ana, hallKey, e.ID))
		must(t, d.RemoveEvidence(t.Context(), ana, hallKey, other.ID))
		named := func(want ...string) {
			t.Helper()
			got, err := reads(t, d, func(tx database.Tx) (map[string]bool, error) { return d.NamedFiles(t.Context(), tx) })
			must(t, err)
			for _, hash := range want {
				if !got[hash] {
					t.Errorf("%s is not named", hash)
				}
			}
			if len(got) != len(want) {
				t.Errorf("%d files are named, want %d", len(got), len(want))
			}
		}
		d.Clock = clock.Fixed(noon.Add(assessment.RestoreWithin - time.Minute))
		named(kept(1).Hash, kept(2).Hash)
		must(t, d.RestoreEvidence(t.Context(), ana, hallKey, e.ID))
		if got := d.evidence(t, hallKey)[0]; got.Removed != 0 {
			t.Errorf("it is still removed: %+v", got)
		}
		must(t, d.RemoveEvidence(t.Context(), ana, hallKey, e.ID))
		d.Clock = clock.Fixed(noon.Add(3 * assessment.RestoreWithin))
		named(kept(2).Hash) // the other answer's
		wantFault(t, d.RestoreEvidence(t.Context(), ana, hallKey, e.ID), fault.Conflict, "too long ago")
		wantFault(t, d.RemoveEvidence(t.Context(), ana, hallKey, "none"), fault.NotFound, "no such evidence")
		elsewhere := hallKey
		elsewhere.Organisation = "union-a"
		wantFault(t, d.RemoveEvidence(t.Context(), ana, elsewhere, e.ID), fault.NotFound, "no such evidence")
	})
}

func TestLastTimesEvidenceIsTakenOverWithItsAnswer(t *testing.T) {
	eachDesk(t, nil, func(t *testing.T, d *desk) {
		former := hallKey
		former.Period = "2023"
		d.start(t, "2023", assessment.Open)
		three := 3
		must(t, d.record(t, "2023", assessment.Answer{Requirement: "LIV.1", Organisation: "aldea-hall", Grade: &three}))
		plan := d.add(t, assessment.Evidence{Key: former, File: kept(1), EvidenceText: assessment.EvidenceText{Title: "Plan", Indicator: "LIV.1.S1"}})
		page := d.add(t, assessment.Evidence{Key: former, URL: "https://aldea.example/a", EvidenceText: assessment.EvidenceText{Title: "Page"}})
		gone := d.add(t, assessment.Evidence{Key: former, File: kept(2)})
		must(t, d.RemoveEvidence(t.Context(), ana, former, gone.ID))
		_, err := d.LevelEvidence(t.Context(), ben, former, plan.ID, 1, assessment.LevelPublic, plan.Checks())
		must(t, err)
		d.start(t, "2025", assessment.Open)
		d.add(t, assessment.Evidence{URL: page.URL, EvidenceText: assessment.EvidenceText{Title: "Added already"}})
		_, err = d.Keep(t.Context(), account.Actor{Person: "cleo"}, hallKey, 0)
		must(t, err)
		got := d.evidence(t, hallKey)
		if len(got) != 2 || got[0].Title != "Added already" {
			t.Fatalf("there is %+v", got)
		}
		want := assessment.Evidence{Key: hallKey, Version: 1, EvidenceText: plan.EvidenceText, File: kept(1), Level: assessment.LevelPublic, Checked: noon.UnixMilli(), CheckedBy: "ben",
			FromPeriod: "2023", At: noon.UnixMilli(), By: "cleo"}
		if diff := cmp.Diff(want, got[1], cmpopts.IgnoreFields(assessment.Evidence{}, "ID")); diff != "" {
			t.Error(diff)
		}
		if got[1].ID == plan.ID {
			t.Error("two assessments share one entry")
		}
	})
}

func TestEvidenceStandsBesideTheAnswersThatRestOnIt(t *testing.T) {
	eachDesk(t, nil, func(t *testing.T, d *desk) {
		d.start(t, "2025", assessment.Open)
		three, yes := 3, true
		must(t, d.record(t, "2025", assessment.Answer{Requirement: "LIV.1", Organisation: "aldea-hall", Grade: &three,
			Evidence: []scorecard.Evidence{{Title: "Said before"}}, Indicators: []scorecard.Indicated{{Indicator: "LIV.1.S1", Yes: &yes}}}))
		must(t, d.record(t, "2025", assessment.Answer{Requirement: "LIV.1", Organisation: "union-a", Grade: new(int)}))
		plan := d.add(t, assessment.Evidence{File: kept(1), EvidenceText: assessment.EvidenceText{Title: "Plan", Kind: "document", Dated: "2024", Language: "es", Indicator: "LIV.1.S1"}})
		d.add(t, assessment.Evidence{URL: "https://aldea.example/secret", Level: assessment.LevelSealed, EvidenceText: assessment.EvidenceText{Title: "Sealed"}})
		union := hallKey
		union.Organisation = "union-a"
		d.add(t, assessment.Evidence{Key: union, URL: "https://union.example", EvidenceText: assessment.EvidenceText{Title: "Union's"}})
		gone := d.add(t, assessment.Evidence{File: kept(3)})
		must(t, d.RemoveEvidence(t.Context(), ana, hallKey, gone.ID))
		card, err := d.score(t, "2025")
		must(t, err)
		at := slices.IndexFunc(card.Dimensions, func(dim scorecard.Dimension) bool { return dim.ID == "LIV" })
		answers := card.Dimensions[at].Requirements[0].Answers
		want := []scorecard.Evidence{{Title: "Said before"}, {Title: "Plan", Kind: "document", Dated: "2024", Language: "es", ID: plan.ID,
			File: &scorecard.File{Name: "plan-1.pdf", Media: "application/pdf", Size: 1000, SHA256: kept(1).Hash}}}
		if diff := cmp.Diff(want, answers[0].Evidence); diff != "" || answers[0].MoreEvidence != 1 {
			t.Errorf("%d more; %s", answers[0].MoreEvidence, diff)
		}
		if len(answers[1].Evidence) != 1 || answers[1].Evidence[0].Title != "Union's" || answers[1].MoreEvidence != 0 {
			t.Errorf("the union's answer rests on %+v", answers[1])
		}
		if !answers[0].Indicators[0].Evidence {
			t.Error("the indicator on which evidence hangs has none")
		}
	})
}

func TestWhoMaySeeEvidence(t *testing.T) {
	hall, union := city.Organisation{ID: "hall", Kind: city.Authority}, city.Organisation{ID: "union", Kind: city.CivilSociety}
	for who, c := range map[account.Granted]string{
		{Role: account.RoleFocalPoint, Scope: "organisation/hall"}:    "hall-draft hall hall-sealed",
		{Role: account.RoleContributor, Scope: "organisation/union"}:  "union-draft union union-sealed",
		{Role: account.RoleCoordinator, Scope: "city/aldea"}:          "hall-draft hall hall-sealed union",
		{Role: account.RoleReviewer, Scope: "city/aldea"}:             "hall-draft hall union",
		{Role: account.RoleObserver, Scope: "city/aldea"}:             "hall-draft hall hall-sealed union union-sealed",
		{Role: account.RoleObserver, Scope: "node"}:                   "hall hall-sealed union union-sealed",
		{Role: account.RoleAdministrator, Scope: "node"}:              "hall union",
		{Role: account.RoleCoordinator, Scope: "city/brisa"}:          "",
		{Role: account.RoleFocalPoint, Scope: "organisation/another"}: "",
	} {
		actor := account.Actor{Person: "x", Grants: []account.Granted{who}}
		var sees []string
		for _, o := range []city.Organisation{hall, union} {
			for _, one := range []struct {
				name  string
				draft bool
				level assessment.Level
			}{{o.ID + "-draft", true, assessment.LevelReviewers}, {o.ID, false, assessment.LevelReviewers}, {o.ID + "-sealed", false, assessment.LevelSealed}} {
				if account.Can(actor, account.View, assessment.ResourceOfEvidence("aldea", o, one.draft, one.level)) {
					sees = append(sees, one.name)
				}
			}
		}
		if got := strings.Join(sees, " "); got != c {
			t.Errorf("%s in %s sees %q, want %q", who.Role, who.Scope, got, c)
		}
	}
}
