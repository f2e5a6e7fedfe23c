package publication_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/platform/database/dbtest"
	"github.com/cityrights/cityrights/internal/platform/files"
	"github.com/cityrights/cityrights/measure/scorecard"
)

var (
	ana     = account.Actor{Person: "ana"}
	hallKey = assessment.Key{City: "aldea", Period: "2025", Requirement: "LIV.1", Organisation: "aldea-hall"}
)

// evidence adds a file or a page to the answer of the city hall, and brings it to a level.
func (n *node) evidence(t testing.TB, number int, e assessment.Evidence, level assessment.Level) assessment.Evidence {
	t.Helper()
	if e.Key = hallKey; e.URL == "" {
		e.File = files.File{Hash: fmt.Sprintf("%064x", number), Name: e.Title + ".pdf", Media: "application/pdf", Size: 1000}
	}
	e, err := n.assessments.AddEvidence(context.Background(), ana, e)
	must(t, err)
	if level != e.Level {
		e, err = n.assessments.LevelEvidence(context.Background(), ana, hallKey, e.ID, e.Version, level, assessment.Checks)
		must(t, err)
	}
	return e
}

func (n *node) advance(t testing.TB, period string, to ...assessment.State) {
	t.Helper()
	for _, state := range to {
		must(t, n.assessments.Step(context.Background(), ana, assessment.Move{City: "aldea", Period: period, To: state, Note: "so it is", Unanswered: coreRequirements(t, n)}))
	}
}

// coreRequirements are those that the authority need not answer in these tests.
func coreRequirements(t testing.TB, n *node) []string {
	t.Helper()
	ids, err := n.assessments.Requirements(assessment.Cycle{Standard: "hrc-ms@0.2", Profile: "core"})
	must(t, err)
	return ids
}

func TestThePublicSeesPublicEvidenceAndTheNumberOfTheRest(t *testing.T) {
	eachNode(t, func(t *testing.T, n *node) {
		grade := 3
		n.cycle(t, "aldea", "2025", assessment.Open, assessment.Answer{Requirement: "LIV.1", Organisation: "aldea-hall", Grade: &grade})
		plan := n.evidence(t, 1, assessment.Evidence{EvidenceText: assessment.EvidenceText{Title: "Plan", Dated: "2024", Kind: "document"}}, assessment.LevelPublic)
		n.evidence(t, 2, assessment.Evidence{EvidenceText: assessment.EvidenceText{Title: "Letter"}}, assessment.LevelReviewers)
		n.evidence(t, 3, assessment.Evidence{EvidenceText: assessment.EvidenceText{Title: "Secret"}, Level: assessment.LevelSealed}, assessment.LevelSealed)
		n.advance(t, "2025", assessment.Review, assessment.Reply, assessment.Validated, assessment.Published)
		shown := func() scorecard.Answer {
			t.Helper()
			doc, err := n.Requirement(t.Context(), "aldea", "2025", "LIV.1")
			must(t, err)
			return doc.Result.Answers[0]
		}
		want := []scorecard.Evidence{{Title: "Plan", Kind: "document", Dated: "2024", ID: plan.ID, File: &scorecard.File{Name: "Plan.pdf", Media: "application/pdf", Size: 1000, SHA256: plan.File.Hash}}}
		if diff := cmp.Diff(want, shown().Evidence); diff != "" || shown().MoreEvidence != 2 {
			t.Errorf("%d more; %s", shown().MoreEvidence, diff)
		}
		must(t, n.assessments.RemoveEvidence(t.Context(), ana, hallKey, plan.ID))
		doc, err := n.Requirement(t.Context(), "aldea", "2025", "LIV.1")
		must(t, err)
		if len(doc.Result.Answers[0].Evidence) != 0 || doc.Result.Answers[0].MoreEvidence != 2 {
			t.Errorf("after it was withdrawn: %+v", doc.Result.Answers[0])
		}
		if _, gone, ok := doc.Evidence(plan.ID); !ok || !gone {
			t.Error("nothing says that it was withdrawn")
		}
		if _, _, ok := doc.Evidence(""); ok {
			t.Error("no id is an id")
		}
		must(t, n.assessments.RestoreEvidence(t.Context(), ana, hallKey, plan.ID))
		if len(shown().Evidence) != 1 {
			t.Error("it does not come back")
		}
	})
}

// Whatever is said of evidence, at whatever level and in whatever state of the assessment: only what is public of a public one reaches a document.
func TestNoPrivateEvidenceReachesADocument(t *testing.T) {
	std := load(t)
	rapid.Check(t, func(rt *rapid.T) {
		n := newNode(t, dbtest.SQLite(t), std)
		grade := 3
		n.cycle(t, "aldea", "2025", assessment.Open, assessment.Answer{Requirement: "LIV.1", Organisation: "aldea-hall", Grade: &grade})
		public := map[string]bool{}
		for i := range rapid.IntRange(1, 4).Draw(rt, "pieces") {
			level := rapid.SampledFrom(assessment.Levels).Draw(rt, "level")
			title := fmt.Sprintf("PIECE%d", i)
			e := assessment.Evidence{EvidenceText: assessment.EvidenceText{Title: title, Note: "NOTE" + title}, Level: level}
			if rapid.Bool().Draw(rt, "a page") {
				e.URL = "https://aldea.example/" + title
			}
			e = n.evidence(t, i+1, e, level)
			if public[title] = level == assessment.LevelPublic; rapid.Bool().Draw(rt, "removed") {
				must(t, n.assessments.RemoveEvidence(context.Background(), ana, hallKey, e.ID))
				public[title] = false
			}
		}
		states := assessment.States[2:6]
		reached := rapid.IntRange(0, len(states)).Draw(rt, "states")
		n.advance(t, "2025", states[:reached]...)
		n.refresh(t, "aldea")
		all := strings.Join(n.documents(t), "\n")
		for title, is := range public {
			if want := is && reached == len(states); strings.Contains(all, `"`+title) != want {
				rt.Fatalf("%s is public: %v, and in the documents: %v", title, want, !want)
			}
			if strings.Contains(all, "NOTE"+title) || strings.Contains(all, "aldea.example/"+title) && !is {
				rt.Fatalf("a document tells too much of %s", title)
			}
		}
	})
}
