package files

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"os"

	"github.com/cityrights/cityrights/internal/platform/fault"
)

// draft is a file that is being written and summed up. Its owner only may read it.
type draft struct {
	*os.File
	size int64
	sum  hash.Hash
}

func (s *Store) draft() (*draft, error) {
	f, err := os.CreateTemp(s.folder, draftPrefix+"*") // with mode 0600
	return &draft{File: f, sum: sha256.New()}, err
}

// Write adds to the file and its sum.
func (d *draft) Write(p []byte) (int, error) {
	n, err := d.File.Write(p)
	d.size += int64(n)
	d.sum.Write(p[:n])
	return n, err
}

// ReadFrom hides the method of *os.File of this name, which would write past the sum.
func (d *draft) ReadFrom(r io.Reader) (int64, error) {
	return io.Copy(struct{ io.Writer }{d}, r)
}

func (d *draft) hash() string { return hex.EncodeToString(d.sum.Sum(nil)) }

// take writes what is sent, and stops at the first byte beyond the limit. Returns TooMuch then.
func (d *draft) take(ctx context.Context, from io.Reader, name string, most int64) error {
	_, err := io.Copy(d, io.LimitReader(lasting{ctx, from}, most+1))
	if err != nil {
		return err
	}
	if d.size > most {
		return fault.Said(fault.TooMuch, "error.file.large", `"{Name}" is larger than {Most} MB; make it smaller, or put it where it can be read and give the link`,
			"Name", name, "Most", int(most>>20)).At(fault.Place{Field: "file"})
	}
	return nil
}

// discard removes the draft; once it has its name, it does nothing to the file.
func (d *draft) discard() {
	if err := d.Close(); !errors.Is(err, os.ErrClosed) {
		_ = os.Remove(d.Name()) // what stays is swept
	}
}

// lasting reads for as long as somebody waits for it.
type lasting struct {
	ctx  context.Context //nolint:containedctx // lives for one copy
	from io.Reader
}

func (l lasting) Read(p []byte) (int, error) {
	if err := l.ctx.Err(); err != nil {
		return 0, err
	}
	return l.from.Read(p)
}
