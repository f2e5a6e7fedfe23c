package account

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	_ "embed"
	"encoding/base64"
	"fmt"
	"runtime"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"github.com/cityrights/cityrights/internal/platform/fault"
)

const (
	shortestPassword = 8 // 15 is what the pages advise
	longestPassword  = 256
	saltBytes        = 16
	keyBytes         = 32
)

// Cost is how much work a password's hash is. It is recorded in each hash, so that it can be raised later: a person's hash is made anew
// when they sign in.
type Cost struct {
	Memory  uint32 // KiB
	Time    uint32 // passes
	Threads uint8
}

// defaultCost is the first of the OWASP Password Storage Cheat Sheet's equivalent settings for argon2id.
var defaultCost = Cost{Memory: 19 * 1024, Time: 2, Threads: 1}

//go:embed common_passwords.txt
var commonPasswordList string

var commonPasswords = func() map[string]bool {
	all := map[string]bool{}
	for word := range strings.FieldsSeq(commonPasswordList) {
		all[word] = true
	}
	return all
}()

// checkPassword refuses what is guessed first. There are no rules of composition: they make passwords worse (NIST SP 800-63B-4, 3.1.1.2).
func checkPassword(password string, p Person) error {
	length := utf8.RuneCountInString(password)
	folded := strings.ToLower(password)
	switch {
	case !utf8.ValidString(password):
		return fault.SaidOf("password", "error.password.signs", "the password holds bytes that are no text")
	case length < shortestPassword:
		return fault.SaidOf("password", "error.password.short",
			"the password has fewer than {Least} characters; a few words together are easy to remember and long enough", "Least", shortestPassword)
	case length > longestPassword:
		return fault.SaidOf("password", "error.password.long", "the password has more than {Most} characters", "Most", longestPassword)
	case commonPasswords[folded], strings.Count(folded, folded[:1]) == len(folded):
		return fault.SaidOf("password", "error.password.common", "this password is one of those that are tried first; choose another")
	case strings.EqualFold(password, p.Email), strings.EqualFold(password, p.Name), strings.HasPrefix(strings.ToLower(p.Email), folded+"@"):
		return fault.SaidOf("password", "error.password.own", "this password is your name or your address; choose another")
	}
	return nil
}

// hasher makes and checks hashes, a few at a time, since each takes its memory.
type hasher struct {
	cost  Cost
	turns chan struct{}
}

func newHasher(cost Cost) *hasher {
	if cost == (Cost{}) {
		cost = defaultCost
	}
	return &hasher{cost: cost, turns: make(chan struct{}, runtime.GOMAXPROCS(0))}
}

// hash gives the text to store: $argon2id$v=19$m=…,t=…,p=…$salt$key, the form of the argon2 reference implementation.
func (h *hasher) hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, saltBytes)
	_, _ = rand.Read(salt) // never fails
	key, err := h.key(ctx, password, salt, h.cost)
	if err != nil {
		return "", err
	}
	encode := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, h.cost.Memory, h.cost.Time, h.cost.Threads, encode(salt), encode(key)), nil
}

// check tells whether the password is that of the stored text, and whether the text should be made anew at today's cost. An empty or
// unreadable text takes as long as a real one and is never right.
func (h *hasher) check(ctx context.Context, password, stored string) (right, stale bool, err error) {
	cost, salt, want, ok := parseHash(stored)
	if !ok {
		cost, salt, want = h.cost, make([]byte, saltBytes), make([]byte, keyBytes)
	}
	key, err := h.key(ctx, password, salt, cost)
	if err != nil {
		return false, false, err
	}
	right = subtle.ConstantTimeCompare(key, want) == 1 && ok
	return right, right && cost != h.cost, nil
}

// waitForHash is how long a password waits for its turn.
const waitForHash = 10 * time.Second

// key derives the key. Returns Unavailable where too many passwords wait.
func (h *hasher) key(ctx context.Context, password string, salt []byte, cost Cost) ([]byte, error) {
	timer := time.NewTimer(waitForHash)
	defer timer.Stop()
	select {
	case h.turns <- struct{}{}:
		defer func() { <-h.turns }()
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-timer.C:
		return nil, fault.Said(fault.Unavailable, "error.unavailable", "too many people sign in at this moment; try again")
	}
	// One spelling, whatever the keyboard makes of an accent (NIST SP 800-63B-4, 3.1.1.2).
	return argon2.IDKey([]byte(norm.NFKC.String(password)), salt, cost.Time, cost.Memory, cost.Threads, keyBytes), nil
}

func parseHash(stored string) (cost Cost, salt, key []byte, ok bool) {
	parts := strings.Split(stored, "$")
	if len(parts) != 6 || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return Cost{}, nil, nil, false
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &cost.Memory, &cost.Time, &cost.Threads); err != nil {
		return Cost{}, nil, nil, false
	}
	salt, saltErr := base64.RawStdEncoding.DecodeString(parts[4])
	key, keyErr := base64.RawStdEncoding.DecodeString(parts[5])
	ok = saltErr == nil && keyErr == nil && len(key) == keyBytes && cost.Time > 0 && cost.Threads > 0
	return cost, salt, key, ok
}
