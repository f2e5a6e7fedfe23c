package database

import (
	"context"
	"os"
	"path/filepath"
	"time"

	"github.com/cityrights/cityrights/internal/platform/disk"
)

// vacuumInto copies the database as it is at one moment into a new file, while others go on writing: VACUUM INTO reads one snapshot, and
// with a write-ahead log a reader blocks no writer (sqlite.org/lang_vacuum.html, sqlite.org/wal.html).
//
// made, unless nil, is told again and again how many bytes of about how many stand there.
func (db *DB) vacuumInto(ctx context.Context, file string, made func(done, all int64)) error {
	f, err := os.OpenFile(file, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600) // SQLite fills an empty file, and would make one that others may read
	if err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	conn, err := db.pools[0].Conn(ctx) // of the writer's, since SQLite refuses VACUUM INTO where query_only is on; it takes no lock to write
	if err != nil {
		return db.explain(err)
	}
	defer func() { _ = conn.Close() }()
	if made != nil {
		var pages, size int64
		if err := conn.QueryRowContext(ctx, "PRAGMA page_count").Scan(&pages); err != nil {
			return db.explain(err)
		}
		if err := conn.QueryRowContext(ctx, "PRAGMA page_size").Scan(&size); err != nil {
			return db.explain(err)
		}
		defer watchSize(file, pages*size, made)()
	}
	defer disk.Trickle(file)()
	_, err = conn.ExecContext(ctx, "VACUUM INTO $1", file)
	return db.explain(err)
}

// vacuumTo copies the database into a file that is whole, on the disk, or not there.
func (db *DB) vacuumTo(ctx context.Context, target string) error {
	folder, err := os.MkdirTemp(filepath.Dir(target), ".cityrights-snapshot-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	copied := filepath.Join(folder, "snapshot.sqlite")
	if err := db.vacuumInto(ctx, copied, nil); err != nil {
		return err
	}
	if err := disk.SyncFolder(copied); err != nil { // a file is synced as a folder is
		return err
	}
	if err := os.Rename(copied, target); err != nil {
		return err
	}
	return disk.SyncFolder(filepath.Dir(target))
}

// watchSize tells made how large a file is, several times a second, until stop is called.
func watchSize(file string, all int64, made func(done, all int64)) (stop func()) {
	ended, gone := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(gone)
		ticker := time.NewTicker(200 * time.Millisecond)
		defer ticker.Stop()
		for {
			select {
			case <-ended:
				return
			case <-ticker.C:
				if info, err := os.Stat(file); err == nil {
					made(min(info.Size(), all), all)
				}
			}
		}
	}()
	return func() { close(ended); <-gone }
}
