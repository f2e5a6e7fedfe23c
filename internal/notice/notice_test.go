package notice

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"mime"
	"mime/quotedprintable"
	netmail "net/mail"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/database/dbtest"
	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/internal/platform/jobs"
	"github.com/cityrights/cityrights/internal/platform/locale"
	"github.com/cityrights/cityrights/internal/platform/mail"
	"github.com/cityrights/cityrights/internal/platform/mail/mailtest"
	"github.com/cityrights/cityrights/internal/platform/seal"
	"github.com/cityrights/cityrights/internal/platform/settings"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var spoken = sync.OnceValues(locale.Load)

// watch is a clock that a test sets.
type watch struct {
	mu  sync.Mutex
	now time.Time
}

func (w *watch) Now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *watch) set(at string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	t, err := time.Parse(time.RFC3339, at)
	if err != nil {
		panic(err)
	}
	w.now = t.UTC()
}

// node is a node with an administrator, Anna, who gives Leila access on a Monday; letters go into a folder.
type node struct {
	*Room
	*watch
	store *settings.Store
	anna  account.Actor
	leila account.Person
	tasks map[string][]Task // by person
}

func each(t *testing.T, test func(t *testing.T, n *node)) {
	dbtest.Each(t, func(t *testing.T, db *database.DB) {
		n := &node{watch: &watch{}, tasks: map[string][]Task{}}
		n.set("2026-11-23T08:30:00Z")
		keys := seal.By(filepath.Join(t.TempDir(), "key"))
		n.store = settings.New(db, keys)
		n.store.Clock = n.watch
		people := account.New(db, account.Options{Clock: n.watch, Cost: account.Cost{Memory: 64, Time: 1, Threads: 1}})
		queue := jobs.New(db)
		queue.Clock = n.watch
		n.Room = New(db, people, n.store, queue, keys, spoken)
		n.Clock, n.Folder = n.watch, t.TempDir()
		n.Tasks = func(_ context.Context, _ database.Tx, person, _ string) ([]Task, error) { return n.tasks[person], nil }
		people.Invited = n.Invited
		said := settings.Node{Name: "Rights in Lakeview", Operator: "City of Lakeview", Contact: "rights@lake.example", Address: "https://rights.lake.example", Language: "en", Zone: "Europe/Paris"}
		if err := n.store.SaveNode(t.Context(), "", 0, said); err != nil {
			t.Fatal(err)
		}
		n.mail(t, settings.Mail{Way: settings.ByFile, Sender: "node@lake.example"}, "")
		anna, err := people.Found(t.Context(), account.Person{Name: "Anna", Email: "anna@lake.example"}, "a long password of hers")
		if err != nil {
			t.Fatal(err)
		}
		n.anna = anna.Actor()
		leila := account.Person{Name: "Leila", Email: "leila@lake.example", Language: "ar"}
		if n.leila, err = people.Add(t.Context(), n.anna, leila, "a long password of hers"); err != nil {
			t.Fatal(err)
		}
		test(t, n)
	})
}

// mail sets by what letters go.
func (n *node) mail(t *testing.T, m settings.Mail, password string) {
	t.Helper()
	if m.Security == "" {
		m.Security = mail.StartTLS
	}
	v, err := n.store.Current(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := n.store.SaveMail(t.Context(), "", v.Versions[settings.SectionMail], m, settings.Password{New: password}); err != nil {
		t.Fatal(err)
	}
}

// look writes what is due, sends it, and gives how many letters that were.
func (n *node) look(t *testing.T) int {
	t.Helper()
	written, err := n.Look(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if sent, err := n.queue.Work(t.Context()); err != nil || sent != written {
		t.Fatalf("%d letters were written and %d sent (%v)", written, sent, err)
	}
	return written
}

type read struct {
	head          netmail.Header
	subject, text string
}

// letters gives the letters in the folder, the oldest first.
func (n *node) letters(t *testing.T) (all []read) {
	t.Helper()
	files, err := os.ReadDir(n.Folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		raw, err := os.Open(filepath.Join(n.Folder, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		m, err := netmail.ReadMessage(raw)
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(quotedprintable.NewReader(m.Body))
		if err != nil {
			t.Fatal(err)
		}
		subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, read{m.Header, subject, strings.ReplaceAll(string(text), "\r\n", "\n")})
		_ = raw.Close()
	}
	return all
}

func day0(text string) time.Time {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return t
}

func waiting() []Task {
	task := func(code, due string) Task {
		t := Task{Key: "lake/2026/" + code, City: "Lakeview", Period: "2026", Code: code, Title: "Title of " + code, Path: []string{"desk", "cities", "lake", "2026", code}}
		if due != "" {
			t.Due = day0(due)
		}
		return t
	}
	back := task("LIV.3", "")
	back.Returned = true
	return []Task{task("LIV.2", "2026-12-01"), task("LIV.1", "2026-11-20"), back, task("LIV.4", "2027-02-01")}
}

func TestADigestTellsWhatWaitsOnceADayAtItsHourInTheReadersLanguage(t *testing.T) {
	each(t, func(t *testing.T, n *node) {
		n.tasks[n.leila.ID] = waiting()
		n.set("2026-11-24T05:59:00Z") // 6:59 in Paris
		if got := n.look(t); got != 0 {
			t.Fatalf("%d letters before the hour", got)
		}
		n.set("2026-11-24T06:00:00Z")
		if got := n.look(t); got != 1 {
			t.Fatalf("%d letters at the hour", got)
		}
		for _, at := range []string{"2026-11-24T06:01:00Z", "2026-11-24T22:00:00Z"} {
			n.set(at)
			if got := n.look(t); got != 0 {
				t.Errorf("%s: %d more letters on the same day", at, got)
			}
		}
		all := n.letters(t)
		l, _ := spoken()
		ar, _ := l.Get("ar")
		if len(all) != 1 || all[0].subject != ar.T("notice.digest_subject", "Node", "Rights in Lakeview", "Count", 4) || all[0].head.Get("Content-Language") != "ar" {
			t.Fatalf("the letters are %+v", all)
		}
		text := all[0].text
		last := -1
		for _, want := range []string{
			ar.T("notice.hello", "Name", "Leila"), ar.T("notice.overdue"), "https://rights.lake.example/ar/desk/cities/lake/2026/LIV.1\n", ar.T("notice.returned"), "/LIV.3\n", ar.T("notice.soon"), "/LIV.2\n",
			ar.T("notice.fresh"), "/LIV.4\n", "https://rights.lake.example/ar/desk\n", "https://rights.lake.example/ar/desk/me\n", "https://rights.lake.example/ar/mail/stop/", "City of Lakeview", "rights@lake.example",
		} {
			at := strings.Index(text, want)
			if at <= last {
				t.Errorf("%q stands at %d, which is not after what comes before it", want, at)
			}
			last = max(last, at)
		}
		if got := all[0].head.Get("List-Unsubscribe"); !strings.HasPrefix(got, "<https://rights.lake.example/ar/mail/stop/"+n.leila.ID+".") {
			t.Errorf("List-Unsubscribe is %q", got)
		}
	})
}

func TestADailyReaderHearsOnlyWhatIsNewAndTheRestOnceAWeek(t *testing.T) {
	each(t, func(t *testing.T, n *node) {
		n.tasks[n.leila.ID] = waiting()
		got := map[string]int{}
		for d := 24; d <= 31; d++ {
			at := time.Date(2026, 11, d, 7, 0, 0, 0, time.UTC)
			n.set(at.Format(time.RFC3339))
			if d == 26 { // another answer comes back
				more := n.tasks[n.leila.ID]
				more[3].Returned = true
			}
			got[at.Format(time.DateOnly)] = n.look(t)
		}
		// the 24th: all is new; the 26th: another one came back; from the 27th on LIV.2 stays due, until it is late on the 2nd; nothing new for seven days
		want := map[string]int{"2026-11-24": 1, "2026-11-25": 0, "2026-11-26": 1, "2026-11-27": 0, "2026-11-28": 0, "2026-11-29": 0, "2026-11-30": 0, "2026-12-01": 0}
		for date, letters := range want {
			if got[date] != letters {
				t.Errorf("%s: %d letters, want %d", date, got[date], letters)
			}
		}
		n.set("2026-12-02T07:00:00Z")
		if n.look(t) != 1 {
			t.Error("what became late is not told of")
		}
		for d := 3; d <= 8; d++ {
			n.set(time.Date(2026, 12, d, 7, 0, 0, 0, time.UTC).Format(time.RFC3339))
			if n.look(t) != 0 {
				t.Errorf("on the %d. of December nothing is new", d)
			}
		}
		n.set("2026-12-09T07:00:00Z")
		if n.look(t) != 1 {
			t.Error("after a week the rest is not told of again")
		}
	})
}

func TestWhoWantsLettersOnceAWeekOrNeverGetsThemSo(t *testing.T) {
	each(t, func(t *testing.T, n *node) {
		n.tasks[n.leila.ID], n.tasks[n.anna.Person] = waiting(), waiting()
		if err := n.SetRhythm(t.Context(), n.leila.ID, settings.Weekly); err != nil {
			t.Fatal(err)
		}
		if err := n.SetRhythm(t.Context(), n.anna.Person, settings.Never); err != nil {
			t.Fatal(err)
		}
		total := 0
		for d := 24; d <= 44; d++ { // three weeks, with three Mondays
			at := time.Date(2026, 11, d, 7, 0, 0, 0, time.UTC)
			n.set(at.Format(time.RFC3339))
			got := n.look(t)
			total += got
			if want := map[bool]int{true: 1}[at.Weekday() == time.Monday]; got != want {
				t.Errorf("%s, a %s: %d letters", at.Format(time.DateOnly), at.Weekday(), got)
			}
		}
		if total != 3 {
			t.Errorf("%d letters in all", total)
		}
		if err := n.SetRhythm(t.Context(), n.leila.ID, "hourly"); fault.KindOf(err) != fault.Invalid {
			t.Errorf("a rhythm that is none: %v", err)
		}
	})
}

func TestNothingIsWrittenWhereNothingWaitsOrNobodyMayHear(t *testing.T) {
	each(t, func(t *testing.T, n *node) {
		n.set("2026-11-24T07:00:00Z")
		if n.look(t) != 0 {
			t.Error("a letter says that nothing waits")
		}
		n.tasks[n.leila.ID] = waiting()
		if err := n.people.Disable(t.Context(), n.anna, n.leila.ID); err != nil {
			t.Fatal(err)
		}
		n.set("2026-11-25T07:00:00Z")
		if n.look(t) != 0 {
			t.Error("somebody who is disabled is written to")
		}
		if err := n.people.Enable(t.Context(), n.anna, n.leila.ID); err != nil {
			t.Fatal(err)
		}
		n.mail(t, settings.Mail{Way: settings.Off}, "")
		n.set("2026-11-26T07:00:00Z")
		if n.look(t) != 0 {
			t.Error("a letter is written while mail is off")
		}
		n.mail(t, settings.Mail{Way: settings.ByFile, Sender: "node@lake.example"}, "")
		if n.look(t) != 1 {
			t.Error("after mail is on again the day's letter is not made up for")
		}
	})
}

func TestANodeThatWasOffAtTheHourMakesUpForItAndStillWritesOnceADay(t *testing.T) {
	each(t, func(t *testing.T, n *node) {
		n.tasks[n.leila.ID] = waiting()
		n.set("2026-11-27T05:00:00Z") // six in the morning of the fourth day
		if n.look(t) != 1 {
			t.Error("what was missed is not made up for")
		}
		n.tasks[n.leila.ID] = append(n.tasks[n.leila.ID], Task{Key: "new", Code: "INS.1", Title: "New", City: "Lakeview", Period: "2026", Returned: true})
		n.set("2026-11-27T06:30:00Z")
		if n.look(t) != 0 {
			t.Error("a second letter on the same day")
		}
		n.set("2026-11-28T06:30:00Z")
		if n.look(t) != 1 {
			t.Error("what is new is not told of on the next day")
		}
	})
}

func TestSeveralProcessesWriteADigestOnce(t *testing.T) {
	each(t, func(t *testing.T, n *node) {
		n.tasks[n.leila.ID] = waiting()
		n.set("2026-11-24T07:00:00Z")
		var mu sync.Mutex
		total := 0
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				written, err := n.Look(context.WithoutCancel(t.Context()))
				mu.Lock()
				defer mu.Unlock()
				if total += written; err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if c, err := n.Post(t.Context()); err != nil || c.Waiting != 1 || total != 1 {
			t.Errorf("%d were written, %+v (%v)", total, c, err)
		}
	})
}

func TestATitleCannotAddALineToALetterAndMuchIsCutShort(t *testing.T) {
	each(t, func(t *testing.T, n *node) {
		for i := range 30 {
			n.tasks[n.leila.ID] = append(n.tasks[n.leila.ID], Task{Key: string(rune('a' + i)), Code: "LIV.1", Title: "x\r\nBcc: all@lake.example\n\n", City: "Lake\nview", Period: "2026", Returned: true})
		}
		n.set("2026-11-24T07:00:00Z")
		n.look(t)
		all := n.letters(t)
		if len(all) != 1 || strings.Contains(all[0].text, "\nBcc") || strings.Count(all[0].text, "\n* ") != mostShown || all[0].head.Get("Bcc") != "" {
			t.Errorf("the letters are %+v", all)
		}
	})
}

func TestALinkInALetterEndsThemAndNothingElseDoes(t *testing.T) {
	each(t, func(t *testing.T, n *node) {
		token, err := n.stopToken(n.leila.ID)
		if err != nil {
			t.Fatal(err)
		}
		other, err := n.stopToken(n.anna.Person)
		if err != nil {
			t.Fatal(err)
		}
		_, by, _ := strings.Cut(other, ".")
		for _, wrong := range []string{"", n.leila.ID, n.leila.ID + ".", n.leila.ID + "." + by, "x" + token, token + "x"} {
			if err := n.Stop(t.Context(), wrong); fault.KindOf(err) != fault.NotFound {
				t.Errorf("by %q: %v", wrong, err)
			}
		}
		if err := n.Stops(token); err != nil {
			t.Error(err)
		}
		if rhythm, err := n.Rhythm(t.Context(), n.leila.ID); err != nil || rhythm != "" {
			t.Errorf("before, the rhythm is %q (%v)", rhythm, err)
		}
		for range 2 {
			if err := n.Stop(t.Context(), token); err != nil {
				t.Error(err)
			}
		}
		if rhythm, err := n.Rhythm(t.Context(), n.leila.ID); err != nil || rhythm != settings.Never {
			t.Errorf("afterwards, the rhythm is %q (%v)", rhythm, err)
		}
	})
}

func TestAnInvitationIsSentWithThePersonOrNotAtAll(t *testing.T) {
	each(t, func(t *testing.T, n *node) {
		welcome := func(email string, grants ...account.Granted) error {
			_, _, err := n.people.Welcome(t.Context(), n.anna, account.Person{Name: "Ben", Email: email, Language: "de"}, "", grants,
				func(account.Granted) account.Resource { return account.Resource{Kind: "node"} })
			return err
		}
		if err := welcome("ben@lake.example", account.Granted{Role: account.RoleObserver, Scope: account.Node}); err != nil {
			t.Fatal(err)
		}
		if err := welcome("ben@lake.example"); fault.KindOf(err) != fault.Conflict {
			t.Fatalf("the same address again: %v", err)
		}
		if _, err := n.people.Invite(t.Context(), account.Operator(), n.leila.ID); err != nil { // the command line prints the link
			t.Fatal(err)
		}
		if _, err := n.people.Reset(t.Context(), n.anna, n.leila.ID); err != nil {
			t.Fatal(err)
		}
		wantSealed(t, n)
		if sent, err := n.queue.Work(t.Context()); err != nil || sent != 2 {
			t.Fatalf("%d letters were sent (%v)", sent, err)
		}
		all := n.letters(t)
		slices.SortFunc(all, func(a, b read) int { return strings.Compare(a.head.Get("To"), b.head.Get("To")) })
		if !strings.Contains(all[0].text, "https://rights.lake.example/de/sign-in/") || !strings.Contains(all[0].text, "30. November 2026, 09:30 (CET)") || all[0].head.Get("List-Unsubscribe") != "" {
			t.Errorf("the invitation is\n%s", all[0].text)
		}
		if !strings.Contains(all[1].text, "https://rights.lake.example/ar/sign-in/") {
			t.Errorf("the letter for a new password is\n%s", all[1].text)
		}
	})
}

func TestSomebodyWithoutAnAccountIsSentTheLinkToTheirQuestions(t *testing.T) {
	each(t, func(t *testing.T, n *node) {
		ask := func(by account.Actor, g account.Guest) {
			t.Helper()
			err := n.db.Write(t.Context(), func(tx database.Tx) error { return n.Asked(t.Context(), tx, by, g, "Lakeview", "TOKEN") })
			if err != nil {
				t.Fatal(err)
			}
		}
		ends := time.Date(2026, 12, 8, 0, 0, 0, 0, time.UTC)
		ask(n.anna, account.Guest{ID: "g1", Name: "Ben", Email: "ben@lake.example", Language: "de", Ends: ends})
		ask(n.anna, account.Guest{ID: "g2", Name: "Carla", Language: "de", Ends: ends})                      // is given the link by hand
		ask(account.Operator(), account.Guest{ID: "g3", Name: "Dan", Email: "dan@lake.example", Ends: ends}) // the command line prints it
		if sent, err := n.queue.Work(t.Context()); err != nil || sent != 1 {
			t.Fatalf("%d letters were sent (%v)", sent, err)
		}
		all := n.letters(t)
		if !strings.Contains(all[0].head.Get("To"), "ben@lake.example") || !strings.Contains(all[0].text, "https://rights.lake.example/de/guest/TOKEN\n") ||
			!strings.Contains(all[0].text, "8. Dezember 2026") || !strings.Contains(all[0].subject, "Lakeview") {
			t.Errorf("the letter is %q\n%s", all[0].subject, all[0].text)
		}
	})
}

// wantSealed fails where the link of a letter that waits stands in the database.
func wantSealed(t *testing.T, n *node) {
	t.Helper()
	for _, state := range []jobs.State{jobs.Waiting} {
		all, err := n.Letters(t.Context(), n.anna, state)
		if err != nil || len(all) != 2 {
			t.Fatalf("%d letters wait (%v)", len(all), err)
		}
	}
	err := n.db.Read(t.Context(), func(tx database.Tx) error {
		rows, err := tx.Query(t.Context(), "SELECT payload FROM jobs_"+"job")
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			var payload string
			if err := rows.Scan(&payload); err != nil {
				return err
			}
			if strings.Contains(payload, "sign-in") || !strings.HasPrefix(payload, "1:") {
				t.Errorf("what waits is readable: %s", payload)
			}
		}
		return rows.Err()
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestWhatDoesNotArriveIsSeenAndTriedAgain(t *testing.T) {
	each(t, func(t *testing.T, n *node) {
		server := mailtest.Start(t, mailtest.Options{User: "node", Pass: "a secret"})
		n.Roots = server.Roots
		n.mail(t, settings.Mail{Way: settings.BySMTP, Sender: "node@lake.example", Host: server.Host, Port: server.Port, User: "node"}, "a secret")
		if to, err := n.TrySending(t.Context(), n.anna); err != nil || to != "anna@lake.example" || len(server.Letters()) != 1 || server.Letters()[0].User != "node" {
			t.Fatalf("a test letter to %q: %v", to, err)
		}
		if _, err := n.TrySending(t.Context(), n.leila.Actor()); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("somebody else tries: %v", err)
		}
		server.Refuse(func(command string) string {
			if strings.HasPrefix(command, "RCPT") {
				return "550 5.1.1 no such person"
			}
			return ""
		})
		if _, err := n.TrySending(t.Context(), n.anna); err == nil || !strings.Contains(err.Error(), "no such person") {
			t.Errorf("the server refuses, and what is said is %v", err)
		}
		n.tasks[n.leila.ID] = waiting()
		n.set("2026-11-24T07:00:00Z")
		n.look(t)
		failed, err := n.Letters(t.Context(), n.anna, jobs.Failed)
		if err != nil || len(failed) != 1 || failed[0].Kind != Digest || failed[0].To != "leila@lake.example" || !strings.Contains(failed[0].Failure, "no such person") {
			t.Fatalf("failed are %+v (%v)", failed, err)
		}
		if _, stuck, err := n.Stuck(t.Context()); err != nil || !stuck {
			t.Errorf("nobody is told (%v)", err)
		}
		server.Refuse(nil)
		if err := n.Retry(t.Context(), n.leila.Actor(), failed[0].ID); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("somebody else has it tried again: %v", err)
		}
		if err := n.Retry(t.Context(), n.anna, failed[0].ID); err != nil {
			t.Fatal(err)
		}
		if sent, err := n.queue.Work(t.Context()); err != nil || sent != 1 || len(server.Letters()) != 2 {
			t.Errorf("%d letters were sent again (%v)", sent, err)
		}
		if err := n.Forget(t.Context(), n.anna, failed[0].ID); fault.KindOf(err) != fault.NotFound {
			t.Errorf("one that was sent is given up: %v", err)
		}
		if _, stuck, err := n.Stuck(t.Context()); err != nil || stuck {
			t.Errorf("there is nothing to look at (%v)", err)
		}
	})
}

func TestDigestsAreWrittenWhileTheNodeRunsAndItStops(t *testing.T) {
	each(t, func(t *testing.T, n *node) {
		ctx, stop := context.WithCancel(t.Context())
		var tending sync.WaitGroup
		tending.Go(func() { n.Tend(ctx, slog.New(slog.DiscardHandler)) })
		stop()
		tending.Wait()
	})
}

func TestAFailureOfOnePersonsTasksKeepsNobodyElseFromTheirs(t *testing.T) {
	each(t, func(t *testing.T, n *node) {
		broken := errors.New("no tasks")
		n.Tasks = func(_ context.Context, _ database.Tx, person, _ string) ([]Task, error) {
			if person == n.anna.Person {
				return nil, broken
			}
			return waiting(), nil
		}
		n.set("2026-11-24T07:00:00Z")
		if written, err := n.Look(t.Context()); written != 1 || !errors.Is(err, broken) {
			t.Errorf("%d were written: %v", written, err)
		}
	})
}
