package assessment

import (
	"time"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/platform/files"
)

// Level says who may see a piece of evidence.
type Level string

const (
	LevelReviewers Level = "reviewers" // whoever may see the answer; where nobody says otherwise
	LevelPublic    Level = "public"    // everybody, once the assessment is public
	LevelSealed    Level = "sealed"    // its own organisation and the verifier only
)

// Levels lists all levels, in the order in which they are offered.
var Levels = []Level{LevelReviewers, LevelPublic, LevelSealed}

// Evidence is a document or a page on which an answer rests. It has either a file or an address.
type Evidence struct {
	ID string
	Key
	Version int64
	EvidenceText
	URL        string
	File       files.File // the zero File: it is a page
	Level      Level
	Checked    int64  // when somebody has checked it for the public, unix milliseconds; 0: nobody has
	CheckedBy  string // person; empty: the command line, or nobody
	FromPeriod string // of the assessment from which it was taken over; empty: it was added anew
	At         int64  // when it was added
	By         string // person; empty: the command line
	Removed    int64  // when it was removed; 0: it is there
}

// EvidenceText is what a person says of a piece of evidence.
type EvidenceText struct {
	Title     string `json:"title"`
	Kind      string `json:"kind,omitempty"`      // of the standard's evidence
	Dated     string `json:"dated,omitempty"`     // 2025, 2025-03 or 2025-03-31; empty: not known
	Language  string `json:"language,omitempty"`  // BCP 47, of the document
	Indicator string `json:"indicator,omitempty"` // of the requirement, on which it hangs; empty: on the whole
	Note      string `json:"note,omitempty"`      // where to look in it
}

// IsFile tells whether it is a file rather than a page.
func (e Evidence) IsFile() bool { return e.File.Hash != "" }

// RestoreWithin is for how long evidence that was removed can be brought back, and its file stays.
const RestoreWithin = 30 * 24 * time.Hour

// Restorable tells whether evidence that was removed can still be brought back.
func (e Evidence) Restorable(now time.Time) bool {
	return e.Removed != 0 && now.Before(time.UnixMilli(e.Removed).Add(RestoreWithin))
}

// TakesEvidence tells whether evidence can be added and described in this state of a cycle: while answers are given, checked and replied to.
func (s State) TakesEvidence() bool { return s == Open || s == Review || s == Reply }

// ResourceOfEvidence is a piece of evidence as account.Can knows it. Draft tells that the answer is not handed in.
func ResourceOfEvidence(cityID string, o city.Organisation, draft bool, level Level) account.Resource {
	resource := Resource(cityID, o, draft)
	resource.Kind, resource.Sealed = "evidence", level == LevelSealed
	return resource
}

// Check is a thing that a person confirms before evidence goes out to the public.
type Check string

const (
	CheckNames      Check = "names"      // no private person is named
	CheckSignatures Check = "signatures" // no signature of a private person is seen
	CheckAddresses  Check = "addresses"  // no private address, telephone number or e-mail address
	CheckMarks      Check = "marks"      // what the document says of its author may be seen
	CheckFaces      Check = "faces"      // nobody is recognised who has not agreed
	CheckOpen       Check = "open"       // everybody may open the page without signing in
)

// Checks lists all checks.
var Checks = []Check{CheckNames, CheckSignatures, CheckAddresses, CheckMarks, CheckFaces, CheckOpen}

// Checks are what has to be confirmed of this evidence before it is public.
func (e Evidence) Checks() []Check {
	k, _ := files.KindOf(e.File.Media)
	switch {
	case !e.IsFile():
		return []Check{CheckOpen, CheckNames}
	case k.Picture:
		return []Check{CheckFaces, CheckNames, CheckAddresses}
	case k.Media == files.Text.Media, k.Media == files.CSV.Media:
		return []Check{CheckNames, CheckAddresses}
	}
	return []Check{CheckNames, CheckSignatures, CheckAddresses, CheckMarks}
}
