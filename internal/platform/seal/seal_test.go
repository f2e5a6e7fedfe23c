package seal

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"github.com/cityrights/cityrights/internal/platform/fault"
)

func TestWhatIsSealedIsReadBackAndGivesNothingAway(t *testing.T) {
	k := By(filepath.Join(t.TempDir(), "key"))
	rapid.Check(t, func(t *rapid.T) {
		secret := rapid.String().Draw(t, "secret")
		first, err := k.Seal("mail", secret)
		if err != nil {
			t.Fatal(err)
		}
		second, err := k.Seal("mail", secret)
		if err != nil || first == second {
			t.Fatalf("sealed twice it is the same text (%v): who sees both knows that the secret is", err)
		}
		if len(secret) > 8 && strings.Contains(first, secret) {
			t.Fatal("the secret stands in the text")
		}
		if back, err := k.Open("mail", first); err != nil || back != secret {
			t.Fatalf("opened as %q: %v", back, err)
		}
	})
}

func TestWhatWasChangedOrIsForAnotherPurposeStaysShut(t *testing.T) {
	k := By(filepath.Join(t.TempDir(), "key"))
	sealed, err := k.Seal("mail", "a secret")
	if err != nil {
		t.Fatal(err)
	}
	other := By(filepath.Join(t.TempDir(), "key"))
	if _, err := other.Seal("mail", "so that there is a key"); err != nil {
		t.Fatal(err)
	}
	for name, open := range map[string]func() (string, error){
		"another purpose": func() (string, error) { return k.Open("link", sealed) },
		"a changed text":  func() (string, error) { return k.Open("mail", sealed[:len(sealed)-2]+"AA") },
		"another key":     func() (string, error) { return other.Open("mail", sealed) },
		"no key":          func() (string, error) { return By(filepath.Join(t.TempDir(), "none")).Open("mail", sealed) },
		"something else":  func() (string, error) { return k.Open("mail", "hello") },
	} {
		if got, err := open(); fault.KindOf(err) != fault.Unavailable || got != "" {
			t.Errorf("%s: opened as %q (%v)", name, got, err)
		}
	}
}

func TestTheKeyIsMadeOnceAndForItsOwnerOnly(t *testing.T) {
	file := filepath.Join(t.TempDir(), "key")
	if By(file).Signed("link", "text", "x") {
		t.Error("something is signed by a key that is not there")
	}
	if _, err := os.Stat(file); err == nil {
		t.Error("looking has made a key")
	}
	sealed := make([]string, 8)
	var all sync.WaitGroup
	for i := range sealed {
		all.Go(func() { sealed[i], _ = By(file).Seal("mail", "a secret") })
	}
	all.Wait()
	for i, text := range sealed {
		if got, err := By(file).Open("mail", text); err != nil || got != "a secret" {
			t.Errorf("what keeper %d sealed is opened as %q: %v", i, got, err)
		}
	}
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key's file is %v (%v)", info, err)
	}
}

func TestASignatureIsOfItsTextAndPurpose(t *testing.T) {
	k := By(filepath.Join(t.TempDir(), "key"))
	by, err := k.Sign("stop", "person")
	if err != nil {
		t.Fatal(err)
	}
	if !k.Signed("stop", "person", by) {
		t.Error("the node does not know its signature")
	}
	if k.Signed("stop", "another", by) || k.Signed("start", "person", by) || k.Signed("stop", "person", "") {
		t.Error("a signature holds for something else")
	}
}
