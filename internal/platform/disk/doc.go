// Package disk writes files so that they are whole and on the disk, or not there, and tells how much room is left.
//
// It never knows what is in a file. Sources: rename(2), fsync(2) (a new name is on disk once its folder was synced too).
package disk
