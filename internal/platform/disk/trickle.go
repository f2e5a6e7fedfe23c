package disk

import (
	"os"
	"time"
)

// trickled is how often Trickle puts on the disk what was written.
const trickled = 100 * time.Millisecond

// Trickle puts a large file on the disk while it is being written, until stop is called. Left to itself, the system collects much of it in
// memory and writes it at once, and whoever waits for a small write meanwhile, as a database does with each commit, waits for all of it.
func Trickle(name string) (stop func()) {
	f, err := os.Open(name)
	if err != nil {
		return func() {} // it only makes others wait less
	}
	ended, gone := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(gone)
		ticker := time.NewTicker(trickled)
		defer ticker.Stop()
		for {
			select {
			case <-ended:
				return
			case <-ticker.C:
				_ = f.Sync() // whoever writes the file says whether it is on the disk in the end
			}
		}
	}()
	return func() { close(ended); <-gone; _ = f.Close() }
}
