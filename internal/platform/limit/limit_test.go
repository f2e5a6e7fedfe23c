package limit

import (
	"fmt"
	"net/netip"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// hand is a clock that a test sets.
type hand struct{ now time.Time }

func (h *hand) Now() time.Time { return h.now }

func newLimiter() (*Limiter, *hand) {
	h := &hand{time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}
	return New(h), h
}

var (
	slow = Rule{Name: "slow", Burst: 3, Every: 10 * time.Second}
	ana  = netip.MustParseAddr("203.0.113.7")
	ben  = netip.MustParseAddr("198.51.100.7")
)

func TestABurstPassesAndThenOneAtATime(t *testing.T) {
	l, h := newLimiter()
	for i := range 3 {
		if wait := l.Take(slow, ana); wait != 0 {
			t.Fatalf("request %d waits %v", i, wait)
		}
	}
	if wait := l.Take(slow, ana); wait != 10*time.Second {
		t.Errorf("the fourth waits %v", wait)
	}
	h.now = h.now.Add(4 * time.Second)
	if wait := l.Take(slow, ana); wait != 6*time.Second {
		t.Errorf("after 4 seconds it waits %v", wait)
	}
	h.now = h.now.Add(6 * time.Second)
	if l.Take(slow, ana) != 0 || l.Take(slow, ana) == 0 {
		t.Error("after 10 seconds not exactly one more passes")
	}
	h.now = h.now.Add(time.Hour)
	for i := range 3 {
		if l.Take(slow, ana) != 0 {
			t.Errorf("after a pause, request %d waits", i)
		}
	}
}

func TestPlacesAndRulesAreCountedApart(t *testing.T) {
	l, _ := newLimiter()
	for range 3 {
		l.Take(slow, ana)
	}
	if l.Take(slow, ben) != 0 {
		t.Error("somebody else has to wait")
	}
	if l.Take(Rule{Name: "other", Burst: 1, Every: time.Second}, ana) != 0 {
		t.Error("another kind of request has to wait")
	}
	if l.Take(slow, netip.MustParseAddr("203.0.113.250")) == 0 {
		t.Error("another address of the same network passes")
	}
	if l.Take(slow, netip.MustParseAddr("::ffff:203.0.113.9")) == 0 {
		t.Error("the same network written as IPv6 passes")
	}
	six := func(text string) time.Duration {
		return l.Take(Rule{Name: "six", Burst: 1, Every: time.Second}, netip.MustParseAddr(text))
	}
	if six("2001:db8:1:100::1") != 0 || six("2001:db8:1:1ff:ffff::9") == 0 || six("2001:db8:1:200::1") != 0 {
		t.Error("IPv6 is not counted by /56")
	}
}

func TestThisMachineAndWhatIsNoAddressAreNotLimited(t *testing.T) {
	l, _ := newLimiter()
	for range 100 {
		for _, from := range []netip.Addr{{}, netip.MustParseAddr("127.0.0.1"), netip.MustParseAddr("::1")} {
			if l.Take(slow, from) != 0 {
				t.Fatalf("%v has to wait", from)
			}
		}
		if l.Take(Rule{}, ana) != 0 {
			t.Fatal("the zero rule limits")
		}
	}
	if len(l.buckets) != 0 {
		t.Errorf("%d buckets are held", len(l.buckets))
	}
}

func TestMemoryIsBounded(t *testing.T) {
	l, h := newLimiter()
	l.most = 100
	for i := range 1000 {
		l.Take(slow, netip.AddrFrom4([4]byte{10, byte(i >> 8), byte(i), 1}))
		if len(l.buckets) > l.most {
			t.Fatalf("%d buckets are held", len(l.buckets))
		}
	}
	h.now = h.now.Add(time.Hour)
	l.forget(h.now)
	if len(l.buckets) != 0 {
		t.Errorf("%d full buckets are held", len(l.buckets))
	}
}

func TestNoAddressIsHeldAndTheKeyChangesDaily(t *testing.T) {
	l, h := newLimiter()
	l.Take(slow, ana)
	first, key := l.keyOf(slow, netip.MustParsePrefix("203.0.113.0/24")), l.key
	if _, known := l.buckets[first]; !known {
		t.Fatal("the bucket is not where it is looked for")
	}
	h.now = h.now.Add(keyLifetime)
	l.Take(slow, ben)
	if _, known := l.buckets[first]; known || l.key == key || len(l.buckets) != 1 {
		t.Error("what was counted yesterday is still held, or the key is")
	}
	other, _ := newLimiter()
	other.Take(slow, ana)
	if other.keyOf(slow, netip.MustParsePrefix("203.0.113.0/24")) == first {
		t.Error("two processes have the same key")
	}
}

// However requests come, in no window do more pass than a burst and what the window gives back.
func TestTheRateHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l, h := newLimiter()
		rule := Rule{Name: "any", Burst: rapid.IntRange(1, 10).Draw(t, "burst"), Every: time.Duration(rapid.IntRange(1, 5000).Draw(t, "every")) * time.Millisecond}
		var passed []time.Time
		for i := range rapid.IntRange(1, 60).Draw(t, "requests") {
			h.now = h.now.Add(time.Duration(rapid.IntRange(0, 3000).Draw(t, fmt.Sprint("pause", i))) * time.Millisecond)
			wait := l.Take(rule, ana)
			if wait == 0 {
				passed = append(passed, h.now)
				continue
			}
			if wait > rule.Every {
				t.Fatalf("one has to wait %v where one passes every %v", wait, rule.Every)
			}
		}
		for i := range passed {
			for j := i; j < len(passed); j++ {
				if most := rule.Burst + int(passed[j].Sub(passed[i])/rule.Every); j-i+1 > most {
					t.Fatalf("%d pass in %v, at most %d may", j-i+1, passed[j].Sub(passed[i]), most)
				}
			}
		}
	})
}
