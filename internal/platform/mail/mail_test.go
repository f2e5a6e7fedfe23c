package mail

import (
	"context"
	"errors"
	"io"
	"mime"
	"mime/quotedprintable"
	netmail "net/mail"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/internal/platform/mail/mailtest"
)

func letter() Message {
	return Message{
		ID: "0001", From: Address{"Menschenrechte Köln", "node@city.example"}, To: Address{"ليلى", "leila@city.example"},
		Subject: "مهامك: ٣ أسئلة – Arvenholt", Text: "مرحبا،\nسطر ثانٍ.\n.\n" + strings.Repeat("long ", 300), Language: "ar",
		Stop: "https://rights.city.example/ar/mail/stop/0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz",
		At:   time.Date(2026, 11, 25, 7, 0, 0, 0, time.UTC),
	}
}

func to(s *mailtest.Server, security Security) SMTP {
	return SMTP{Host: s.Host, Port: s.Port, Security: security, Roots: s.Roots, Timeout: 10 * time.Second}
}

func TestALetterArrivesByEveryKindOfConnectionAsItWasWritten(t *testing.T) {
	for name, c := range map[string]struct {
		options   mailtest.Options
		security  Security
		encrypted bool
	}{
		"STARTTLS":     {mailtest.Options{User: "node", Pass: "pass word"}, StartTLS, true},
		"implicit TLS": {mailtest.Options{Implicit: true, User: "node", Pass: "pass word"}, ImplicitTLS, true},
		"unprotected":  {mailtest.Options{Plain: true, User: "node", Pass: "pass word"}, Unprotected, false},
		"no password":  {mailtest.Options{}, StartTLS, true},
	} {
		t.Run(name, func(t *testing.T) {
			server := mailtest.Start(t, c.options)
			by := to(server, c.security)
			by.User, by.Password = c.options.User, c.options.Pass
			if err := by.Send(t.Context(), letter()); err != nil {
				t.Fatal(err)
			}
			all := server.Letters()
			if len(all) != 1 || all[0].Encrypted != c.encrypted || all[0].User != c.options.User || all[0].From != "node@city.example" || all[0].To != "leila@city.example" {
				t.Fatalf("the server was handed %+v", all)
			}
			wantWhole(t, all[0].Message)
		})
	}
}

// wantWhole fails where a letter is not the one that was written.
func wantWhole(t *testing.T, got *netmail.Message) {
	t.Helper()
	m := letter()
	subject, err := new(mime.WordDecoder).DecodeHeader(got.Header.Get("Subject"))
	if err != nil || subject != m.Subject {
		t.Errorf("the subject is %q (%v)", subject, err)
	}
	if to, err := got.Header.AddressList("To"); err != nil || len(to) != 1 || to[0].Name != m.To.Name || to[0].Address != m.To.Email {
		t.Errorf("it is to %v (%v)", to, err)
	}
	if from, err := got.Header.AddressList("From"); err != nil || len(from) != 1 || from[0].Name != m.From.Name {
		t.Errorf("it is from %v (%v)", from, err)
	}
	for field, want := range map[string]string{
		"Message-Id": "<0001@city.example>", "Date": "Wed, 25 Nov 2026 07:00:00 +0000", "Content-Language": "ar", "Auto-Submitted": "auto-generated",
		"List-Unsubscribe": "<" + m.Stop + ">", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click", "Content-Type": "text/plain; charset=UTF-8",
		"User-Agent": "", "X-Mailer": "",
	} {
		if said := got.Header.Get(field); said != want {
			t.Errorf("%s is %q, want %q", field, said, want)
		}
	}
	text, err := io.ReadAll(quotedprintable.NewReader(got.Body))
	if err != nil || strings.TrimRight(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n") != strings.TrimRight(m.Text, "\n") {
		t.Errorf("the text is %q (%v)", text, err)
	}
}

func TestAServerWithoutProtectionIsHandedNothing(t *testing.T) {
	plain := mailtest.Start(t, mailtest.Options{Plain: true, User: "node", Pass: "secret"})
	by := to(plain, StartTLS)
	by.User, by.Password = "node", "secret"
	stranger := mailtest.Start(t, mailtest.Options{})
	unknown := to(stranger, StartTLS)
	unknown.Roots = nil // nobody vouches for its certificate
	for name, sender := range map[string]SMTP{
		"no STARTTLS": by, "an unknown certificate": unknown,
		"unprotected, to elsewhere": {Host: "mail.city.example", Port: 25, Security: Unprotected}, "a way that is none": {Host: "127.0.0.1", Port: plain.Port},
	} {
		if err := sender.Send(t.Context(), letter()); err == nil {
			t.Errorf("%s: the letter was sent", name)
		}
	}
	if n := len(plain.Letters()) + len(stranger.Letters()); n > 0 {
		t.Errorf("%d letters have arrived", n)
	}
}

func TestWhatAServerRefusesForGoodIsToldFromWhatMayPass(t *testing.T) {
	for name, c := range map[string]struct {
		say  func(string) string
		good bool
	}{
		"nobody there": {func(c string) string { return pick(c, "RCPT", "550 5.1.1 no such person") }, true},
		"full":         {func(c string) string { return pick(c, "RCPT", "452 4.2.2 the box is full") }, false},
		"a bad letter": {func(c string) string { return pick(c, "DATA", "554 5.7.1 not this") }, true},
		"busy":         {func(c string) string { return pick(c, "MAIL", "451 4.3.0 later") }, false},
		"not at home":  {func(c string) string { return pick(c, "", "421 4.3.2 closing") }, false},
	} {
		server := mailtest.Start(t, mailtest.Options{Answer: c.say})
		err := to(server, StartTLS).Send(t.Context(), letter())
		var refused *Refused
		if err == nil || errors.As(err, &refused) != c.good {
			t.Errorf("%s: refused for good %v (%v), want %v", name, !c.good, err, c.good)
		}
	}
	locked := mailtest.Start(t, mailtest.Options{User: "node", Pass: "right"})
	by := to(locked, StartTLS)
	by.User, by.Password = "node", "wrong"
	var refused *Refused
	if err := by.Send(t.Context(), letter()); err == nil || errors.As(err, &refused) {
		t.Errorf("a wrong password, which the operator will mend, is %v", err)
	} else if strings.Contains(err.Error(), "wrong\x00") || strings.Contains(err.Error(), by.Password+"@") {
		t.Errorf("the password stands in %q", err)
	}
}

// pick answers commands that begin with a verb; an empty verb is the greeting.
func pick(command, verb, said string) string {
	if verb == "" && command == "" || verb != "" && strings.HasPrefix(command, verb) {
		return said
	}
	return ""
}

func TestAServerThatSaysNothingIsLeft(t *testing.T) {
	server := mailtest.Start(t, mailtest.Options{Silent: true})
	by := to(server, StartTLS)
	by.Timeout = 50 * time.Millisecond
	if err := by.Send(t.Context(), letter()); err == nil {
		t.Error("the letter was sent")
	}
	by.Timeout = time.Minute
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := by.Send(ctx, letter()); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("after the context has ended: %v", err)
	}
}

func TestNoTextAddsALineToTheHead(t *testing.T) {
	folder := Folder{Path: t.TempDir()}
	for name, change := range map[string]func(*Message, string){
		"subject": func(m *Message, s string) { m.Subject = s }, "name": func(m *Message, s string) { m.To.Name = s }, "sender": func(m *Message, s string) { m.From.Name = s },
		"address": func(m *Message, s string) { m.To.Email = s }, "language": func(m *Message, s string) { m.Language = s }, "link": func(m *Message, s string) { m.Stop = s },
		"id": func(m *Message, s string) { m.ID = s },
	} {
		for _, attack := range []string{"a\r\nBcc: all@city.example", "a\nX: y", "a\x00b", "a@b.example\r\n", "\xff"} {
			m := letter()
			change(&m, attack)
			if err := folder.Send(t.Context(), m); fault.KindOf(err) != fault.Invalid {
				t.Errorf("%s %q: %v", name, attack, err)
			}
		}
	}
	for _, wrong := range []string{"", "nobody", "a@b.example, c@d.example", "A <a@b.example>", "a b@c.example"} {
		m := letter()
		m.To.Email = wrong
		if err := folder.Send(t.Context(), m); fault.KindOf(err) != fault.Invalid {
			t.Errorf("to %q: %v", wrong, err)
		}
	}
	if left, _ := os.ReadDir(folder.Path); len(left) > 0 {
		t.Errorf("there is left %v", left)
	}
}

func TestAnySubjectAndTextComeBackFromAFile(t *testing.T) {
	root := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		folder, err := os.MkdirTemp(root, "")
		if err != nil {
			t.Fatal(err)
		}
		m := letter()
		m.Subject = rapid.StringOfN(rapid.RuneFrom([]rune("aZ 9=?_-:ñß中ع\u2068é,<>\"")), 1, 60, longestSubject).Draw(t, "subject")
		m.Text = rapid.StringOfN(rapid.RuneFrom([]rune("a\n.= ñ中ع\u2068")), 1, 300, -1).Draw(t, "text") + "x"
		for range 2 { // sent twice it is one file
			if err := (Folder{Path: folder}).Send(context.Background(), m); err != nil {
				t.Fatal(err)
			}
		}
		files, err := os.ReadDir(folder)
		if err != nil || len(files) != 1 || files[0].Name() != "20261125T070000Z-0001.eml" {
			t.Fatalf("the folder holds %v (%v)", files, err)
		}
		raw, err := os.ReadFile(filepath.Join(folder, files[0].Name()))
		if err != nil {
			t.Fatal(err)
		}
		got, err := netmail.ReadMessage(strings.NewReader(string(raw)))
		if err != nil {
			t.Fatal(err)
		}
		if said, err := new(mime.WordDecoder).DecodeHeader(got.Header.Get("Subject")); err != nil || strings.TrimSpace(said) != strings.TrimSpace(m.Subject) {
			t.Fatalf("the subject %q is read as %q (%v)", m.Subject, said, err)
		}
		text, err := io.ReadAll(quotedprintable.NewReader(got.Body))
		if err != nil || strings.TrimRight(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n") != m.Text {
			t.Fatalf("the text %q is read as %q (%v)", m.Text, text, err)
		}
	})
}
