package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"strings"
	"sync"

	"github.com/cityrights/cityrights/internal/platform/disk"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

const (
	keyBytes = 32
	form     = "1" // of a sealed text: form, mark of the key, nonce and content
)

// Keeper seals and opens by the key in a file. The file is made when something is first sealed, readable by its owner only. A Keeper is safe
// for concurrent use.
type Keeper struct {
	file string
	mu   sync.Mutex
	key  []byte // nil: not read yet
}

// By gives the keeper whose key is in a file.
func By(file string) *Keeper { return &Keeper{file: file} }

// File names the file with the key.
func (k *Keeper) File() string { return k.file }

// read gives the key. Where there is no file it makes one if it may, else it returns an error that is fs.ErrNotExist.
func (k *Keeper) read(create bool) ([]byte, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.key != nil {
		return k.key, nil
	}
	key, err := readKey(k.file)
	if errors.Is(err, fs.ErrNotExist) && create {
		if err = makeKey(k.file); err == nil || errors.Is(err, fs.ErrExist) { // another process was quicker
			key, err = readKey(k.file)
		}
	}
	if err != nil {
		return nil, err
	}
	k.key = key
	return key, nil
}

func readKey(file string) ([]byte, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	key, err := hex.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(key) != keyBytes {
		return nil, fault.New(fault.Unavailable, "%s holds no key", file)
	}
	return key, nil
}

func makeKey(file string) error {
	key := make([]byte, keyBytes)
	_, _ = rand.Read(key) // never fails
	draft, err := disk.NewDraft(file)
	if err != nil {
		return err
	}
	defer draft.Discard()
	if _, err := draft.WriteString(hex.EncodeToString(key) + "\n"); err != nil {
		return err
	}
	return draft.Keep(false)
}

// derived gives the key for a purpose, so that what is sealed for one cannot be opened as another.
func derived(key []byte, purpose string) ([]byte, error) {
	return hkdf.Key(sha256.New, key, nil, purpose, keyBytes)
}

func gcm(key []byte, purpose string) (cipher.AEAD, error) {
	own, err := derived(key, purpose)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(own)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(block)
}

// mark tells keys apart and gives nothing of them away.
func mark(key []byte) string {
	sum := sha256.Sum256(append([]byte("mark of "), key...))
	return hex.EncodeToString(sum[:4])
}

// Seal gives a text that only Open with the same purpose reads. It makes the key where there is none.
func (k *Keeper) Seal(purpose, secret string) (string, error) {
	key, err := k.read(true)
	if err != nil {
		return "", err
	}
	by, err := gcm(key, purpose)
	if err != nil {
		return "", err
	}
	sealed := by.Seal(nil, nil, []byte(secret), nil) //nolint:gosec // NewGCMWithRandomNonce puts a random nonce in front and takes none
	return form + ":" + mark(key) + ":" + base64.RawStdEncoding.EncodeToString(sealed), nil
}

// Open reads what Seal has made. Returns Unavailable where the key is missing or another one, or where the text was changed.
func (k *Keeper) Open(purpose, sealed string) (string, error) {
	key, err := k.read(false)
	if err != nil {
		return "", fault.New(fault.Unavailable, "the key in %s cannot be read", k.file).Because(err)
	}
	parts := strings.Split(sealed, ":")
	if len(parts) != 3 || parts[0] != form {
		return "", fault.New(fault.Unavailable, "this was not sealed by this program")
	}
	if parts[1] != mark(key) {
		return "", fault.New(fault.Unavailable, "this was sealed with another key than that in %s", k.file)
	}
	content, err := base64.RawStdEncoding.DecodeString(parts[2])
	if err != nil {
		return "", fault.New(fault.Unavailable, "what was sealed is damaged")
	}
	by, err := gcm(key, purpose)
	if err != nil {
		return "", err
	}
	secret, err := by.Open(nil, nil, content, nil)
	if err != nil {
		return "", fault.New(fault.Unavailable, "what was sealed is damaged, or was sealed for another purpose")
	}
	return string(secret), nil
}

// Sign gives a text that proves that the node has written another one, for links that people bring back. It makes the key where there is none.
func (k *Keeper) Sign(purpose, text string) (string, error) {
	key, err := k.read(true)
	if err != nil {
		return "", err
	}
	return signature(key, purpose, text)
}

// Signed tells whether Sign has made the signature of the text. Without a key nothing was.
func (k *Keeper) Signed(purpose, text, by string) bool {
	key, err := k.read(false)
	if err != nil {
		return false
	}
	want, err := signature(key, purpose, text)
	return err == nil && hmac.Equal([]byte(want), []byte(by))
}

func signature(key []byte, purpose, text string) (string, error) {
	own, err := derived(key, "signature "+purpose)
	if err != nil {
		return "", err
	}
	sum := hmac.New(sha256.New, own)
	_, _ = sum.Write([]byte(text)) // never fails
	return base64.RawURLEncoding.EncodeToString(sum.Sum(nil)[:16]), nil
}
