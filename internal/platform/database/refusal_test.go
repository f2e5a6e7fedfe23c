package database

import "testing"

func TestSQLiteWithTheWALBugIsRefused(t *testing.T) {
	for version, refused := range map[string]bool{
		"3.51.3": false, "3.51.10": false, "3.52.0": false, "4.0.0": false,
		"3.51.2": true, "3.50.9": true, "3.9.9": true, "2.99.99": true, "": true, "x": true,
	} {
		if err := checkSQLite(version); (err != nil) != refused {
			t.Errorf("SQLite %q: %v", version, err)
		}
	}
}

func TestPostgreSQLWithoutFsyncIsRefused(t *testing.T) {
	if checkPostgreSQL("off") == nil || checkPostgreSQL("on") != nil {
		t.Error("fsync=off must be refused, and nothing else")
	}
}
