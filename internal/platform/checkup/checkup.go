// Package checkup has the form in which a part of the program tells its operator how it is: what was looked at, how it stands, and what to
// do. It judges nothing itself.
package checkup

// Level is how a finding stands.
type Level string

// The levels. Only Fail is a reason for a status other than 0.
const (
	OK   Level = "ok"
	Warn Level = "warn" // works, and may not for long, or less safely than it should
	Fail Level = "fail" // does not work, or what was kept may be lost or read by others
)

// Finding is one thing that was looked at.
type Finding struct {
	Subject string `json:"subject"` // a few words: "disk space"
	Level   Level  `json:"level"`
	Says    string `json:"says"`           // one plain sentence, or two
	Todo    string `json:"todo,omitempty"` // what to do; empty where all is well
}

// Fine makes a finding that needs nothing.
func Fine(subject, says string) Finding { return Finding{Subject: subject, Level: OK, Says: says} }

// Warned makes a finding that wants attention.
func Warned(subject, says, todo string) Finding { return Finding{subject, Warn, says, todo} }

// Failed makes a finding that must be mended.
func Failed(subject, says, todo string) Finding { return Finding{subject, Fail, says, todo} }
