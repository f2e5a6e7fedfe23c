package notice

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/platform/settings"
)

func TestATaskIsToldOfForItsMostPressingReason(t *testing.T) {
	now := time.Date(2026, 11, 24, 7, 0, 0, 0, time.UTC)
	said := map[string]group{"old": fresh}
	for name, c := range map[string]struct {
		task Task
		want group
	}{
		"late":                   {Task{Due: day0("2026-11-23"), Returned: true}, overdue},
		"due today":              {Task{Due: day0("2026-11-24")}, soon},
		"due in seven days":      {Task{Due: day0("2026-12-01")}, soon},
		"due in eight days":      {Task{Key: "old", Due: day0("2026-12-02")}, known},
		"returned, due later":    {Task{Due: day0("2027-01-01"), Returned: true}, returned},
		"new":                    {Task{Key: "new", Due: day0("2027-01-01")}, fresh},
		"told of already":        {Task{Key: "old", Due: day0("2027-01-01")}, known},
		"without a day, and old": {Task{Key: "old"}, known},
	} {
		if got := groupOf(c.task, now, said); got != c.want {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestTheHourOfADigestIsTheLastOneUpToNowInEveryTimeZone(t *testing.T) {
	zones := []string{"UTC", "Europe/Paris", "America/Bogota", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia", "America/Sao_Paulo"}
	rapid.Check(t, func(t *rapid.T) {
		zone, err := time.LoadLocation(rapid.SampledFrom(zones).Draw(t, "zone"))
		if err != nil {
			t.Fatal(err)
		}
		now := time.Unix(rapid.Int64Range(1_700_000_000, 1_900_000_000).Draw(t, "now"), 0).In(zone)
		d := settings.Digests{Hour: rapid.IntRange(0, 23).Draw(t, "hour"), Day: time.Weekday(rapid.IntRange(0, 6).Draw(t, "day"))}
		rhythm := rapid.SampledFrom([]settings.Rhythm{settings.Daily, settings.Weekly}).Draw(t, "rhythm")
		at := hour(d, rhythm, now)
		longest := 25 * time.Hour // a day may have 25 hours
		if rhythm == settings.Weekly {
			longest += 6 * 24 * time.Hour
			if at.Weekday() != d.Day {
				t.Fatalf("%v is no %v", at, d.Day)
			}
		}
		if at.After(now) || now.Sub(at) > longest {
			t.Fatalf("of %v it is %v", now, at)
		}
	})
}

func TestNobodyIsWrittenToTwiceOnADayOrForNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := settings.Values{Node: settings.Node{Zone: "Europe/Paris"}, Digests: settings.Digests{Hour: rapid.IntRange(0, 23).Draw(t, "hour"), Day: time.Monday,
			Rhythm: rapid.SampledFrom(settings.Rhythms).Draw(t, "rhythm")}}
		start := time.Date(2026, 3, 20, 0, 0, 0, 0, time.UTC) // the clocks change on the 29th
		p := account.Person{Created: start}
		var one reader
		sent := map[string]bool{}
		now := start
		for range rapid.IntRange(1, 60).Draw(t, "looks") {
			now = now.Add(time.Duration(rapid.IntRange(1, 3000).Draw(t, "minutes")) * time.Minute)
			local := now.In(v.Zone())
			if !one.due(p, v, local) {
				continue
			}
			var tasks []Task
			for _, key := range rapid.SliceOfDistinct(rapid.SampledFrom([]string{"a", "b", "c"}), rapid.ID).Draw(t, "tasks") {
				tasks = append(tasks, Task{Key: key, Returned: true})
			}
			d := sorted(tasks, local, one.said)
			if one.wants(d, local, one.often(v)) {
				if v.Digests.Rhythm == settings.Never || len(tasks) == 0 || sent[day(local)] {
					t.Fatalf("a letter on %v, with %d tasks", local, len(tasks))
				}
				sent[day(local)] = true
				one.sent, one.said = local, d.said()
			}
			one.looked = local
		}
	})
}
