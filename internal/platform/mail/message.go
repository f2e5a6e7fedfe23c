package mail

import (
	"context"
	"net/mail"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	gomail "github.com/wneessen/go-mail"

	"github.com/cityrights/cityrights/internal/platform/fault"
)

// Address is a mailbox and whom it belongs to; the name may be empty.
type Address struct{ Name, Email string }

// Message is a letter.
type Message struct {
	ID       string // before the @ of its Message-ID: the same letter sent twice has the same one, so that readers see it once
	From, To Address
	Subject  string
	Text     string // lines, with \n between them
	Language string // BCP 47
	Stop     string // HTTPS address that ends letters of this kind by one POST (RFC 8058); empty: there is none
	At       time.Time
}

// Sender takes a letter away. Its errors are Invalid where the letter itself cannot be, and Refused where trying again is of no use.
type Sender interface {
	Send(ctx context.Context, m Message) error
}

const longestSubject = 400 // bytes

// check returns Invalid for a letter that cannot be. A line break in what goes into the head would let a text add lines to it.
func (m Message) check() error {
	for _, line := range []string{m.ID, m.From.Name, m.From.Email, m.To.Name, m.To.Email, m.Subject, m.Language, m.Stop} {
		if strings.ContainsFunc(line, unicode.IsControl) || !utf8.ValidString(line) {
			return fault.New(fault.Invalid, "the head of a letter may hold no line breaks and no control characters")
		}
	}
	for _, box := range []Address{m.From, m.To} {
		if !IsAddress(box.Email) {
			return fault.New(fault.Invalid, "%q is not an e-mail address", box.Email)
		}
	}
	if m.Subject == "" || len(m.Subject) > longestSubject || m.Text == "" || !utf8.ValidString(m.Text) || m.ID == "" || m.At.IsZero() {
		return fault.New(fault.Invalid, "a letter has an id, a time, a subject of at most %d bytes and a text", longestSubject)
	}
	return nil
}

// IsAddress tells whether a text is one mailbox and nothing else: no name, no list.
func IsAddress(text string) bool {
	parsed, err := mail.ParseAddress(text)
	return err == nil && parsed.Address == text && len(text) <= 254 && !strings.ContainsFunc(text, unicode.IsSpace)
}

// domain is what stands behind the @ of an address.
func domain(email string) string { return email[strings.LastIndexByte(email, '@')+1:] }

// composed gives the letter as it is sent.
func (m Message) composed() (*gomail.Msg, error) {
	if err := m.check(); err != nil {
		return nil, err
	}
	out := gomail.NewMsg(gomail.WithCharset(gomail.CharsetUTF8), gomail.WithEncoding(gomail.EncodingQP), gomail.WithNoDefaultUserAgent())
	out.FromMailAddress(&mail.Address{Name: m.From.Name, Address: m.From.Email})
	out.AddToMailAddress(&mail.Address{Name: m.To.Name, Address: m.To.Email})
	out.Subject(m.Subject)
	out.SetDateWithValue(m.At)
	out.SetMessageIDWithValue(m.ID + "@" + domain(m.From.Email))
	out.SetGenHeader("Auto-Submitted", "auto-generated") // so that nobody's absence note answers it
	if m.Language != "" {
		out.SetGenHeader("Content-Language", m.Language)
	}
	if m.Stop != "" {
		out.SetGenHeaderPreformatted("List-Unsubscribe", "<"+m.Stop+">") // folded, an address would be broken
		out.SetGenHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
	}
	out.SetBodyString(gomail.TypeTextPlain, strings.ReplaceAll(strings.TrimRight(m.Text, "\n")+"\n", "\n", "\r\n"))
	return out, nil
}
