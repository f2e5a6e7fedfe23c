package database

import (
	"context"
	"sync"
	"time"
)

// The count of public changes is spread over slots, so that two transactions that bump it at the same time seldom meet on one row:
// under PostgreSQL's serializable isolation the second would have to be run again.
const (
	versionSlots = 16
	bumpVersion  = "UPDATE database_version SET changes = changes + 1 WHERE slot = $1"
	readVersion  = "SELECT CAST(sum(changes) AS bigint) FROM database_version"
)

// versionAge is how long this process may miss a change made by another one.
const versionAge = 200 * time.Millisecond

// versionCache remembers the version for a moment, so that asking for it with every request costs next to nothing.
type versionCache struct {
	mu         sync.Mutex
	generation int64 // counts the bumps of this process
	known      bool
	value      int64
	read       time.Time
}

func (c *versionCache) get() (value, generation int64, fresh bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.value, c.generation, c.known && time.Since(c.read) < versionAge
}

// put remembers a value unless this process has made a change since it was asked for.
func (c *versionCache) put(value, generation int64, asked time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.generation == generation {
		c.value, c.read, c.known = value, asked, true
	}
}

func (c *versionCache) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.generation++
	c.known = false
}

// Version gives a number that grows with every committed transaction that called Bump. A cache of public pages asks for it before it
// reads what it renders, and keeps a page as long as the number stays.
//
// A change of this process is seen at once, one of another process within 200 milliseconds.
func (db *DB) Version(ctx context.Context) (int64, error) {
	value, generation, fresh := db.version.get()
	if fresh {
		return value, nil
	}
	asked := time.Now()
	err := db.Read(ctx, func(tx Tx) error {
		return tx.QueryRow(ctx, readVersion).Scan(&value)
	})
	if err != nil {
		return 0, err
	}
	db.version.put(value, generation, asked)
	return value, nil
}
