package account

import (
	"hash/maphash"
	"sync"
	"time"

	"github.com/cityrights/cityrights/internal/platform/clock"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

const (
	failuresPerAccount = 10
	accountWindow      = 15 * time.Minute
	failuresInAll      = 600
	overallWindow      = time.Minute
	mostAccounts       = 10_000 // counted at the same time
)

// limit counts failed sign-ins, in memory only: by account, under a keyed hash of what was typed, and in all. It knows nothing of where
// an attempt came from, so that no internet address has to be held.
type limit struct {
	clock    clock.Clock
	seed     maphash.Seed
	mu       sync.Mutex
	accounts map[uint64]failures
	overall  failures
}

type failures struct {
	count int
	since time.Time
}

func newLimit(clock clock.Clock) *limit {
	return &limit{clock: clock, seed: maphash.MakeSeed(), accounts: map[uint64]failures{}}
}

// allow returns TooMuch where an account, or the node as a whole, has had too many failures.
func (l *limit) allow(email string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.clock.Now()
	if l.accounts[l.key(email)].within(now, accountWindow) >= failuresPerAccount {
		return fault.Said(fault.TooMuch, "sign.too_many", "too many attempts for this address; wait {Minutes} minutes", "Minutes", int(accountWindow.Minutes()))
	}
	if l.overall.within(now, overallWindow) >= failuresInAll {
		return fault.Said(fault.TooMuch, "sign.too_many", "too many attempts at the moment; wait a minute")
	}
	return nil
}

// failed counts an attempt. It is called before the password is checked, so that many attempts at once cannot pass together.
func (l *limit) failed(email string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.clock.Now()
	l.overall = l.overall.add(now, overallWindow)
	key := l.key(email)
	if _, counted := l.accounts[key]; !counted && len(l.accounts) >= mostAccounts {
		l.forget(now)
	}
	l.accounts[key] = l.accounts[key].add(now, accountWindow)
}

// succeeded takes the attempt back and forgives the earlier ones of the account.
func (l *limit) succeeded(email string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.accounts, l.key(email))
	l.overall.count = max(0, l.overall.count-1)
}

// forget drops counts whose time is over; if there are none, one of the others.
func (l *limit) forget(now time.Time) {
	for key, f := range l.accounts {
		if f.within(now, accountWindow) == 0 {
			delete(l.accounts, key)
		}
	}
	if len(l.accounts) < mostAccounts {
		return
	}
	for key := range l.accounts {
		delete(l.accounts, key)
		return
	}
}

func (l *limit) key(email string) uint64 { return maphash.String(l.seed, emailKey(email)) }

func (f failures) within(now time.Time, window time.Duration) int {
	if now.Sub(f.since) >= window {
		return 0
	}
	return f.count
}

func (f failures) add(now time.Time, window time.Duration) failures {
	if f.within(now, window) == 0 {
		return failures{count: 1, since: now}
	}
	return failures{count: f.count + 1, since: f.since}
}
