package account

import (
	"runtime"
	"strings"
	"testing"
	"time"
)

func TestPasswordsThatAreTriedFirstAreRefused(t *testing.T) {
	p := Person{Email: "ana.lima@example.org", Name: "Ana Lima"}
	for password, ok := range map[string]bool{
		goodPassword: true, "correct horse battery staple": true, "ããããããããb": true, "        x": true, "kq7vTw2m": true,
		"": false, "7chars.": false, "password": false, "PassWord123": false, "12345678": false, "aaaaaaaaaaaa": false,
		"ana lima": false, "ana.lima": false, "Ana.Lima@example.org": false, "bad\xffbytes": false,
		strings.Repeat("x7", 129): false,
	} {
		if err := checkPassword(password, p); (err == nil) != ok {
			t.Errorf("%.20q: %v", password, err)
		}
	}
}

func TestListOfCommonPasswordsIsSmallAndNeeded(t *testing.T) {
	if n := len(commonPasswords); n < 100 || n > 200 {
		t.Errorf("%d entries", n)
	}
	for word := range commonPasswords {
		if word != strings.ToLower(word) || len(word) < shortestPassword {
			t.Errorf("%q can never be met", word)
		}
	}
}

func TestHashKnowsItsPasswordAndItsParameters(t *testing.T) {
	ctx := t.Context()
	h := newHasher(cheap)
	one, err := h.hash(ctx, goodPassword)
	if err != nil {
		t.Fatal(err)
	}
	two, _ := h.hash(ctx, goodPassword)
	if one == two || !strings.HasPrefix(one, "$argon2id$v=19$m=8,t=1,p=1$") {
		t.Errorf("%s and %s", one, two)
	}
	for password, want := range map[string]bool{goodPassword: true, goodPassword + " ": false, "": false} {
		if right, stale, err := h.check(ctx, password, one); right != want || stale || err != nil {
			t.Errorf("%q: right %v, stale %v, %v", password, right, stale, err)
		}
	}
	if right, stale, _ := newHasher(Cost{Memory: 16, Time: 1, Threads: 1}).check(ctx, goodPassword, one); !right || !stale {
		t.Error("a hash of another cost must be right and stale")
	}
	composed, _ := h.hash(ctx, "caf\u00e9 au lait")
	if right, _, _ := h.check(ctx, "cafe\u0301 au lait", composed); !right {
		t.Error("the same word in another Unicode form is refused")
	}
}

func TestDamagedHashIsNeverRight(t *testing.T) {
	h := newHasher(cheap)
	for _, stored := range []string{
		"", "plain", "$argon2id$v=19$m=8,t=1,p=1$$", "$argon2id$v=18$m=8,t=1,p=1$AAAA$AAAA", "$argon2i$v=19$m=8,t=1,p=1$AAAA$AAAA",
		"$argon2id$v=19$m=8,t=0,p=1$AAAA$" + strings.Repeat("A", 43), "$argon2id$v=19$m=x$AAAA$AAAA",
	} {
		for _, password := range []string{"", goodPassword} {
			if right, _, err := h.check(t.Context(), password, stored); right || err != nil {
				t.Errorf("%q: %v %v", stored, right, err)
			}
		}
	}
}

// The work of argon2id is told by the memory that it fills: as much for a person whom nobody knows as for a wrong password.
func TestAnUnknownPersonCostsAsMuchAsAWrongPassword(t *testing.T) {
	const memory = 8 * 1024 // KiB
	h := newHasher(Cost{Memory: memory, Time: 1, Threads: 1})
	stored, err := h.hash(t.Context(), goodPassword)
	if err != nil {
		t.Fatal(err)
	}
	for what, stored := range map[string]string{"a wrong password": stored, "an unknown person": "", "an unreadable text": "$argon2id$v=19$"} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if right, _, err := h.check(t.Context(), "wrong", stored); right || err != nil {
			t.Errorf("%s: %v, %v", what, right, err)
		}
		runtime.ReadMemStats(&after)
		if filled := after.TotalAlloc - before.TotalAlloc; filled < memory*1024 {
			t.Errorf("%s fills %d bytes, less than %d KiB", what, filled, memory)
		}
	}
}

func TestCountsOfFailuresStayBounded(t *testing.T) {
	clock := &movable{time.Unix(0, 0)}
	l := newLimit(clock)
	for i := range 2 * mostAccounts {
		if i%failuresInAll == 0 {
			clock.advance(overallWindow)
		}
		l.failed(strings.Repeat("x", 1+i%50) + string(rune('a'+i%26)) + time.Duration(i).String())
	}
	if len(l.accounts) > mostAccounts {
		t.Errorf("%d accounts are counted", len(l.accounts))
	}
}

func TestFailuresInAllAreHeldBack(t *testing.T) {
	clock := &movable{time.Unix(0, 0)}
	l := newLimit(clock)
	for i := range failuresInAll {
		l.failed(time.Duration(i).String())
	}
	if l.allow("ana@example.org") == nil {
		t.Error("the node takes any number of attempts")
	}
	clock.advance(overallWindow)
	if err := l.allow("ana@example.org"); err != nil {
		t.Error(err)
	}
}
