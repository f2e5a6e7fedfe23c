//go:build linux || darwin

package disk

import "syscall"

// Free gives how many bytes may still be written where path is, and how many there are in all. known is false where that cannot be told.
func Free(path string) (free, all uint64, known bool) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(path, &s); err != nil {
		return 0, 0, false
	}
	return s.Bavail * uint64(s.Bsize), s.Blocks * uint64(s.Bsize), true
}
