package limit

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"net/netip"
	"sync"
	"time"

	"github.com/cityrights/cityrights/internal/platform/clock"
)

// Rule says how much of one kind of request a place may send. The zero Rule limits nothing.
type Rule struct {
	Name  string        // buckets of the same name are one
	Burst int           // requests at once, after a pause
	Every time.Duration // in which one more is allowed
}

// Limiter counts requests by rule and place. Make it with New. It is safe for concurrent use.
type Limiter struct {
	clock   clock.Clock
	most    int // buckets held at the same time
	mu      sync.Mutex
	key     [32]byte
	since   time.Time // of the key
	buckets map[bucketKey]bucket
}

// bucketKey is an HMAC-SHA-256, cut to what no two places will share by chance.
type bucketKey [16]byte

// bucket is told by one moment: the one at which it will be full again (the generic cell rate algorithm, ITU-T I.371).
type bucket struct {
	full time.Time
}

const (
	keyLifetime = 24 * time.Hour
	mostBuckets = 50_000 // some 4 MB
)

// New makes a limiter; a nil clock is the machine's.
func New(c clock.Clock) *Limiter {
	if c == nil {
		c = clock.System{}
	}
	return &Limiter{clock: c, most: mostBuckets}
}

// Take counts a request from an address, and gives how long to wait where it is one too many; 0: it may go on. An invalid address is not
// limited, nor is one of this machine.
func (l *Limiter) Take(rule Rule, from netip.Addr) (wait time.Duration) {
	place, limited := placeOf(from)
	if !limited || rule.Burst <= 0 || rule.Every <= 0 {
		return 0
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.clock.Now()
	if l.buckets == nil || now.Sub(l.since) >= keyLifetime || now.Before(l.since) {
		_, _ = rand.Read(l.key[:]) // it never fails
		l.since, l.buckets = now, map[bucketKey]bucket{}
	}
	key := l.keyOf(rule, place)
	full := l.buckets[key].full
	if full.Before(now) {
		full = now
	}
	next := full.Add(rule.Every)
	if wait := next.Sub(now) - time.Duration(rule.Burst)*rule.Every; wait > 0 {
		return wait
	}
	if _, known := l.buckets[key]; !known && len(l.buckets) >= l.most {
		l.forget(now)
	}
	l.buckets[key] = bucket{full: next}
	return 0
}

// forget drops the buckets that are full again, which say nothing; where there are none, a tenth of the others. Many places at once, as an
// attacker may have them, then cost memory no more than a few do.
func (l *Limiter) forget(now time.Time) {
	for key, b := range l.buckets {
		if !b.full.After(now) {
			delete(l.buckets, key)
		}
	}
	for key := range l.buckets {
		if len(l.buckets) < l.most-l.most/10 {
			return
		}
		delete(l.buckets, key)
	}
}

func (l *Limiter) keyOf(rule Rule, place netip.Prefix) (key bucketKey) {
	mac := hmac.New(sha256.New, l.key[:])
	_, _ = mac.Write([]byte(rule.Name))
	_, _ = mac.Write([]byte{0})
	address := place.Addr().As16()
	_, _ = mac.Write(address[:])
	copy(key[:], mac.Sum(nil))
	return key
}

const (
	bits4 = 24
	bits6 = 56
)

// placeOf gives the network of an address; limited is false for none and for this machine.
func placeOf(from netip.Addr) (place netip.Prefix, limited bool) {
	from = from.Unmap().WithZone("")
	if !from.IsValid() || from.IsLoopback() {
		return netip.Prefix{}, false
	}
	bits := bits6
	if from.Is4() {
		bits = bits4
	}
	place, err := from.Prefix(bits)
	return place, err == nil
}
