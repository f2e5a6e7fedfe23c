package run

import (
	"context"
	"io"
	"log/slog"
	"mime/quotedprintable"
	"net/http"
	"net/http/httptest"
	netmail "net/mail"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/cli"
	"github.com/cityrights/cityrights/internal/platform/clock"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/database/dbtest"
	"github.com/cityrights/cityrights/internal/platform/mail"
	"github.com/cityrights/cityrights/internal/platform/settings"
	"github.com/cityrights/cityrights/internal/web"
)

// lettersIn gives the texts of the letters that a node has written into its folder.
func lettersIn(t *testing.T, data string) (all []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(data, lettersInto, "*.eml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		raw, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		letter, err := netmail.ReadMessage(raw)
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(quotedprintable.NewReader(letter.Body))
		if err != nil {
			t.Fatal(err)
		}
		_ = raw.Close()
		all = append(all, strings.ReplaceAll(string(text), "\r\n", "\n"))
	}
	return all
}

// lake is a node with a city whose coordinator has one question to answer; letters go into its folder.
func lake(t *testing.T, n cli.Node) (rooms *cli.Rooms, officer account.Person) {
	t.Helper()
	ctx := t.Context()
	rooms, err := Open(ctx, n)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = rooms.DB.Close() })
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(rooms.Settings.SaveNode(ctx, "", 0, settings.Node{Name: "Rights in Lakeview", Address: "https://rights.lake.example", Language: "en", Zone: "UTC"}))
	must(rooms.Settings.SaveMail(ctx, "", 0, settings.Mail{Way: settings.ByFile, Sender: "node@lake.example", Security: mail.StartTLS}, settings.Password{}))
	must(rooms.City.Add(ctx, "test", city.City{ID: "lake", Name: "Lakeview", Country: "XA", Fictional: true}))
	must(rooms.City.AddOrganisation(ctx, "test", city.Organisation{ID: "council", City: "lake", Kind: city.Authority, Name: "Council", Country: "XA"}))
	officer, err = rooms.Account.Add(ctx, account.Operator(), account.Person{Name: "Anna", Email: "anna@lake.example", Language: "de"}, "a long password of hers")
	must(err)
	must(rooms.Account.Grant(ctx, account.Operator(), officer.ID, account.Granted{Role: account.RoleCoordinator, Scope: account.InCity("lake")}, account.Resource{Kind: "city", City: "lake"}))
	must(rooms.DB.Write(ctx, func(tx database.Tx) error {
		if err := rooms.Assessment.Start(ctx, tx, assessment.Cycle{City: "lake", Period: "2026", Standard: rooms.Standard.Ref(), Profile: "full"}); err != nil {
			return err
		}
		return rooms.Assessment.Advance(ctx, tx, "lake", "2026", assessment.Open)
	}))
	due, err := assessment.ParseDay("due", "2040-01-05")
	must(err)
	must(rooms.Assessment.Assign(ctx, account.Operator(), assessment.Assigning{City: "lake", Period: "2026", Organisation: "council", Requirements: []string{"LIV.1"}, Person: officer.ID, Due: due}))
	return rooms, officer
}

func TestSomebodyWithoutAnAccountGetsTheirLinkByLetterAndComesByIt(t *testing.T) {
	dbtest.EachURL(t, func(t *testing.T, url string) {
		n := cli.Node{Data: t.TempDir(), Database: url}
		rooms, officer := lake(t, n)
		var by account.Actor
		err := rooms.DB.Read(t.Context(), func(tx database.Tx) error {
			p, err := rooms.Account.Get(t.Context(), tx, officer.ID)
			by = p.Actor()
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		due, err := assessment.ParseDay("due", "2040-01-05")
		if err != nil {
			t.Fatal(err)
		}
		to, _, _, err := rooms.Assessment.Invite(t.Context(), by, assessment.Inviting{Name: "Cleo", Email: "cleo@lake.example", Language: "fr", Assigning: assessment.Assigning{
			City: "lake", Period: "2026", Organisation: "council", Requirements: []string{"LIV.2"}, Due: due}})
		if err != nil {
			t.Fatal(err)
		}
		if sent, err := rooms.Jobs.Work(t.Context()); err != nil || sent != 1 {
			t.Fatalf("%d letters were sent (%v)", sent, err)
		}
		link := regexp.MustCompile(`https://rights\.lake\.example/fr/guest/(\S+)`).FindStringSubmatch(strings.Join(lettersIn(t, n.Data), ""))
		if link == nil {
			t.Fatalf("no letter has the link: %q", lettersIn(t, n.Data))
		}
		if g, err := rooms.Account.Guest(t.Context(), link[1]); err != nil || g.ID != to.ID {
			t.Errorf("the link is that of %+v (%v)", g, err)
		}
	})
}

func TestAnAssignedQuestionReachesItsPersonByLetterAndOneClickEndsThem(t *testing.T) {
	dbtest.EachURL(t, func(t *testing.T, url string) {
		n := cli.Node{Data: t.TempDir(), Database: url}
		rooms, officer := lake(t, n)
		rooms.Notice.Clock = clock.Fixed(time.Date(2040, 1, 1, 8, 0, 0, 0, time.UTC))
		if written, err := rooms.Notice.Look(t.Context()); err != nil || written != 1 {
			t.Fatalf("%d letters were written (%v)", written, err)
		}
		if sent, err := rooms.Jobs.Work(t.Context()); err != nil || sent != 1 {
			t.Fatalf("%d letters were sent (%v)", sent, err)
		}
		all := lettersIn(t, n.Data)
		if len(all) != 1 || !strings.Contains(all[0], "LIV.1 ") || !strings.Contains(all[0], "5. Januar 2040") || !strings.Contains(all[0], "https://rights.lake.example/de/desk/cities/lake/cycles/2026/council/LIV.1\n") {
			t.Fatalf("the letters are %q", all)
		}
		handler, err := Handler(rooms, web.Node{}, n.Data, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		task := httptest.NewRecorder()
		handler.ServeHTTP(task, httptest.NewRequest(http.MethodGet, "/de/desk/cities/lake/cycles/2026/council/LIV.1", nil))
		if to := task.Header().Get("Location"); task.Code != http.StatusSeeOther || !strings.HasPrefix(to, "/de/sign-in?to=") {
			t.Errorf("the task's link leads a visitor to status %d, %s", task.Code, to)
		}
		link := regexp.MustCompile(`https://rights\.lake\.example(/de/mail/stop/\S+)`).FindStringSubmatch(all[0])
		if link == nil {
			t.Fatalf("no link ends the letters:\n%s", all[0])
		}
		for _, method := range []string{http.MethodGet, http.MethodPost} {
			request := httptest.NewRequest(method, link[1], strings.NewReader("List-Unsubscribe=One-Click"))
			request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			answer := httptest.NewRecorder()
			handler.ServeHTTP(answer, request)
			rhythm, err := rooms.Notice.Rhythm(t.Context(), officer.ID)
			if want := map[string]settings.Rhythm{http.MethodPost: settings.Never}[method]; err != nil || answer.Code != http.StatusOK || rhythm != want {
				t.Errorf("%s %s: status %d, and the rhythm is %q, want %q (%v)", method, link[1], answer.Code, rhythm, want, err)
			}
		}
	})
}

func TestAWorkerSendsWhatWaitsAndTheDoctorTellsOfWhatDoesNotGo(t *testing.T) {
	dbtest.EachURL(t, func(t *testing.T, url string) {
		n := cli.Node{Data: t.TempDir(), Database: url}
		rooms, officer := lake(t, n)
		by := account.Actor{Person: "somebody", Name: "Somebody", Grants: account.Operator().Grants}
		if _, err := rooms.Account.Reset(t.Context(), by, officer.ID); err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- Work(io.Discard, io.Discard)(ctx, n, cli.WorkOptions{}) }()
		for end := time.Now().Add(20 * time.Second); len(lettersIn(t, n.Data)) == 0 && time.Now().Before(end); {
			time.Sleep(10 * time.Millisecond)
		}
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		if all := lettersIn(t, n.Data); len(all) != 1 || !strings.Contains(all[0], "https://rights.lake.example/de/sign-in/") {
			t.Fatalf("the letters are %q", all)
		}
		says := func(want string) {
			t.Helper()
			if out := must(t, "doctor", "--data", n.Data, "--database", url); !strings.Contains(out, want) {
				t.Errorf("the doctor does not say %q:\n%s", want, out)
			}
		}
		says("ok    letters: None has failed; 0 wait.")
		if err := os.Remove(filepath.Join(n.Data, keyFile)); err != nil {
			t.Fatal(err)
		}
		if _, err := rooms.Account.Reset(t.Context(), by, officer.ID); err != nil { // this process still has the key
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(n.Data, keyFile), []byte(strings.Repeat("ab", 32)+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		other, err := Open(t.Context(), n)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = other.DB.Close() }()
		for range 20 {
			other.Jobs.Clock = clock.Fixed(other.Jobs.Clock.Now().Add(7 * time.Hour))
			if _, err := other.Jobs.Work(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		says("warn  letters: 1 failed and 0 wait;")
	})
}

var setupTold = regexp.MustCompile(`Open (http://127\.0\.0\.1:[0-9]+/en/setup) and type this code: ([A-Z2-7]{4}(?:-[A-Z2-7]{4}){3})\n`)

func TestANewNodeTellsItsCodeUntilSomebodyIsThere(t *testing.T) {
	data := t.TempDir()
	_, out, stop := serving(t, "--data", data)
	first := setupTold.FindStringSubmatch(out.String())
	stop()
	_, out, stop = serving(t, "--data", data)
	second := setupTold.FindStringSubmatch(out.String())
	stop()
	if first == nil || second == nil || first[2] == second[2] {
		t.Errorf("the codes are %q and %q", first, second)
	}
	must(t, "city", "add", "lake", "--name", "Lakeview", "--country", "XA", "--fictional", "--data", data)
	must(t, "user", "add", "anna@lake.example", "--name", "Anna", "--role", "administrator", "--data", data)
	_, out, _ = serving(t, "--data", data)
	if setupTold.MatchString(out.String()) {
		t.Errorf("with somebody there it says\n%s", out)
	}
}

func TestTheSetupIsOpenedWhereASessionLasts(t *testing.T) {
	for _, c := range []struct {
		address string
		secure  bool
		want    string
	}{
		{"", false, "Open http://127.0.0.1:8080/en/setup "}, {"", true, "Open https://THE-NAME-OF-YOUR-NODE/en/setup "},
		{"https://rights.lake.example/", true, "Open https://rights.lake.example/en/setup "},
	} {
		if said := welcome("http://127.0.0.1:8080", c.address, c.secure, "CODE"); !strings.Contains(said, c.want) || !strings.Contains(said, ": CODE\n") {
			t.Errorf("%+v: said %q", c, said)
		}
	}
	if said := welcome("http://127.0.0.1:8080", "", false, ""); strings.Contains(said, "setup") {
		t.Errorf("without a code it says %q", said)
	}
}
