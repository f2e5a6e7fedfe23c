package settings

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/cityrights/cityrights/internal/platform/clock"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/database/dbtest"
	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/internal/platform/mail"
	"github.com/cityrights/cityrights/internal/platform/seal"
)

func each(t *testing.T, test func(t *testing.T, s *Store, db *database.DB)) {
	dbtest.Each(t, func(t *testing.T, db *database.DB) {
		s := New(db, seal.By(filepath.Join(t.TempDir(), "key")))
		s.Clock = clock.Fixed(time.Date(2026, 11, 25, 7, 0, 0, 0, time.UTC))
		test(t, s, db)
	})
}

func current(t *testing.T, s *Store) Values {
	t.Helper()
	v, err := s.Current(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func lake() Node {
	return Node{Name: "Human rights in Lakeview", Operator: "City of Lakeview", Address: "https://rights.lake.example/", Language: "fr", Zone: "Europe/Paris", Licence: "CC-BY-4.0"}
}

func server() Mail {
	return Mail{Way: BySMTP, Sender: "node@lake.example", Host: "mail.lake.example", Port: 587, Security: mail.StartTLS, User: "node"}
}

func TestWhatIsSetIsSeenAtOnceAndOutlivesTheProcess(t *testing.T) {
	each(t, func(t *testing.T, s *Store, db *database.DB) {
		if v := current(t, s); v.Node.Name != Default || v.Mail.On() || v.Digests.Hour != 7 || v.Versions[SectionNode] != 0 {
			t.Errorf("a new node has %+v", v)
		}
		if err := s.SaveNode(t.Context(), "anna", 0, lake()); err != nil {
			t.Fatal(err)
		}
		if err := s.SaveDigests(t.Context(), "anna", 0, Digests{Hour: 8, Day: time.Friday, Rhythm: Weekly}); err != nil {
			t.Fatal(err)
		}
		for name, store := range map[string]*Store{"this process": s, "another one": New(db, seal.By("none"))} {
			v := current(t, store)
			if v.Node.Name != "Human rights in Lakeview" || v.Node.Address != "https://rights.lake.example" || v.Zone().String() != "Europe/Paris" || v.Digests.Day != time.Friday ||
				v.Versions[SectionNode] != 1 {
				t.Errorf("%s has %+v", name, v)
			}
		}
	})
}

func TestASecondEditorIsToldAndOverwritesNothing(t *testing.T) {
	each(t, func(t *testing.T, s *Store, _ *database.DB) {
		var saved, refused int
		var mu sync.Mutex
		var all sync.WaitGroup
		for _, name := range []string{"A", "B", "C", "D"} {
			all.Go(func() {
				n := lake()
				n.Name = name
				err := s.SaveNode(context.WithoutCancel(t.Context()), name, 0, n)
				mu.Lock()
				defer mu.Unlock()
				switch {
				case err == nil:
					saved++
				case fault.KindOf(err) == fault.Conflict:
					refused++
				default:
					t.Error(err)
				}
			})
		}
		all.Wait()
		if saved != 1 || refused != 3 {
			t.Errorf("%d were saved and %d refused", saved, refused)
		}
		n := lake()
		if err := s.SaveNode(t.Context(), "E", 1, n); err != nil {
			t.Error(err)
		}
		if err := s.SaveNode(t.Context(), "E", 2, n); err != nil || current(t, s).Versions[SectionNode] != 2 {
			t.Errorf("saving what is there makes version %d (%v)", current(t, s).Versions[SectionNode], err)
		}
	})
}

func TestTheHistoryTellsWhoChangedWhatAndNoSecret(t *testing.T) {
	each(t, func(t *testing.T, s *Store, db *database.DB) {
		var told []string
		s.Changed = func(_ context.Context, _ database.Tx, by, section string, fields []string) error {
			told = append(told, by+" "+section+" "+strings.Join(fields, ","))
			return nil
		}
		ctx := t.Context()
		for i, do := range []func() error{
			func() error { return s.SaveMail(ctx, "anna", 0, server(), Password{New: "first secret"}) },
			func() error { return s.SaveMail(ctx, "ben", 1, server(), Password{New: "second secret"}) },
			func() error { return s.SaveMail(ctx, "ben", 2, server(), Password{}) }, // nothing new
			func() error {
				m := server()
				m.Sender = "rights@lake.example"
				return s.SaveMail(ctx, "anna", 2, m, Password{})
			},
		} {
			if err := do(); err != nil {
				t.Fatalf("step %d: %v", i, err)
			}
		}
		got, err := s.History(ctx)
		if err != nil {
			t.Fatal(err)
		}
		at := s.Clock.Now()
		want := []Entry{
			{SectionMail, 3, at, "anna", []Change{{Field: "sender", From: "node@lake.example", To: "rights@lake.example"}}},
			{SectionMail, 2, at, "ben", []Change{{Field: "secret", Secret: true}}},
			{SectionMail, 1, at, "anna", []Change{{Field: "host", To: "mail.lake.example"}, {Field: "secret", Secret: true}, {Field: "sender", To: "node@lake.example"}, {Field: "user", To: "node"}, {Field: "way", From: "off", To: "smtp"}}},
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("the history is another one:\n%s", diff)
		}
		if !slices.Equal(told, []string{"anna mail host,secret,sender,user,way", "ben mail secret", "anna mail sender"}) {
			t.Errorf("told was %q", told)
		}
		wantSecrets(t, db, 1, "first secret", "second secret")
		if secret, err := s.Secret(ctx, current(t, s).Mail.Secret); err != nil || secret != "second secret" {
			t.Errorf("the password is %q (%v)", secret, err)
		}
	})
}

// wantSecrets fails where the database has another number of secrets, or one of these texts in the clear.
func wantSecrets(t *testing.T, db *database.DB, want int, clear ...string) {
	t.Helper()
	err := db.Read(t.Context(), func(tx database.Tx) error {
		rows, err := tx.Query(t.Context(), "SELECT sealed FROM settings_secret UNION ALL SELECT document FROM settings_version")
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		n := 0
		for rows.Next() {
			var text string
			if err := rows.Scan(&text); err != nil {
				return err
			}
			if strings.HasPrefix(text, "1:") {
				n++
			}
			for _, secret := range clear {
				if strings.Contains(text, secret) {
					t.Errorf("%q stands in the clear in %q", secret, text)
				}
			}
		}
		if n != want {
			t.Errorf("%d secrets are kept, want %d", n, want)
		}
		return rows.Err()
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestAPasswordGoesToNoOtherServerThanItWasSetFor(t *testing.T) {
	each(t, func(t *testing.T, s *Store, db *database.DB) {
		ctx := t.Context()
		if err := s.SaveMail(ctx, "anna", 0, server(), Password{New: "a secret"}); err != nil {
			t.Fatal(err)
		}
		for name, change := range map[string]func(*Mail){
			"host": func(m *Mail) { m.Host = "mail.thief.example" }, "port": func(m *Mail) { m.Port = 2525 }, "user": func(m *Mail) { m.User = "other" },
			"protection": func(m *Mail) { m.Security = mail.ImplicitTLS },
		} {
			m := server()
			change(&m)
			if err := s.SaveMail(ctx, "thief", 1, m, Password{}); fault.KindOf(err) != fault.Invalid || !strings.HasPrefix(err.Error(), "password:") {
				t.Errorf("another %s without the password: %v", name, err)
			}
		}
		if err := s.SaveMail(ctx, "anna", 1, server(), Password{Forget: true}); err != nil || current(t, s).Mail.Secret != "" {
			t.Errorf("a password that shall be forgotten: %v", err)
		}
		wantSecrets(t, db, 0)
	})
}

func TestWhatWasGivenAtTheStartStandsAboveWhatIsKept(t *testing.T) {
	each(t, func(t *testing.T, s *Store, _ *database.DB) {
		if err := s.SaveNode(t.Context(), "anna", 0, lake()); err != nil {
			t.Fatal(err)
		}
		started := New(s.db, s.keys)
		started.Given = Node{Name: "By flag"}
		v := current(t, started)
		if v.Node.Name != "By flag" || v.Kept.Name != "Human rights in Lakeview" || v.Node.Operator != "City of Lakeview" {
			t.Errorf("with a flag it is %+v", v)
		}
		n := v.Node // as a form gives it back
		n.Operator = "Office for Human Rights"
		if err := started.SaveNode(t.Context(), "anna", 1, n); err != nil {
			t.Fatal(err)
		}
		if v := current(t, s); v.Node.Name != "Human rights in Lakeview" || v.Node.Operator != "Office for Human Rights" {
			t.Errorf("without the flag it is %+v", v.Node)
		}
	})
}

func TestAllThatIsWrongIsSaidByItsField(t *testing.T) {
	for name, c := range map[string]struct {
		err    error
		fields string
	}{
		"an empty node": {second(Node{}.Clean()), "language name zone"},
		"a wrong node": {second(Node{Name: strings.Repeat("a", 121), Operator: "a\x00", Contact: "call us", Address: "https://a.example/path", Language: "xx", Zone: "Mars/Olympus",
			SecurityContact: "security@a.example", Licence: "mine"}.Clean()), "address contact language licence name operator security_contact zone"},
		"a machine's own time": {second(Node{Name: "a", Language: "en", Zone: "Local"}.Clean()), "zone"},
		"no mail":              {second(Mail{}.Clean()), "security way"},
		"a mail server":        {second(Mail{Way: BySMTP, Security: mail.Unprotected, Host: "mail.a.example", Sender: "x"}.Clean()), "port security sender"},
		"a host with a port":   {second(Mail{Way: BySMTP, Security: mail.StartTLS, Host: "mail.a.example:25", Port: 25, Sender: "a@b.example"}.Clean()), "host"},
		"this machine":         {second(Mail{Way: BySMTP, Security: mail.Unprotected, Host: "127.0.0.1", Port: 25, Sender: "a@b.example"}.Clean()), ""},
		"a folder":             {second(Mail{Way: ByFile, Security: mail.StartTLS}.Clean()), "sender"},
		"digests":              {second(Digests{Hour: 24, Day: 7, Rhythm: "hourly"}.Clean()), "day hour rhythm"},
	} {
		var fields []string
		if joined, ok := c.err.(interface{ Unwrap() []error }); ok {
			for _, e := range joined.Unwrap() {
				field, _, _ := strings.Cut(e.Error(), ":")
				fields = append(fields, field)
			}
		}
		slices.Sort(fields)
		if got := strings.Join(fields, " "); got != c.fields {
			t.Errorf("%s: wrong are %q, want %q (%v)", name, got, c.fields, c.err)
		}
	}
}

func second[T any](_ T, err error) error { return err }
