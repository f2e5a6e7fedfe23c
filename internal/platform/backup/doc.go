// Package backup keeps a node in one file, and makes a node of it again.
//
// The file is a ZIP archive, so that it can be looked into with any tool: the database (database.sqlite, or database.pgdump for PostgreSQL's
// pg_restore), what stands in the node's folder (files/…), and in the end manifest.json, which says by which program and when it was made,
// the migrations of its tables, the rows of each table, and the size and the SHA-256 of every part.
//
// A backup is made while the node runs: the database is read in one snapshot, and files are copied after it, so that every file that a row
// of the snapshot names is there. It is whole and on the disk, or not there. It is restored into an empty place only, after every part was
// checked; the rows are counted again afterwards.
//
// The package never knows what is in a table, and never opens a node.
//
// Sources: PKWARE APPNOTE 6.3.10 (ZIP), FIPS 180-4 (SHA-256).
package backup
