// Package database keeps the node's data on SQLite or PostgreSQL and lets the rooms speak one SQL to both.
//
// It is for transactions: Read gives one snapshot, Write gives all or nothing. ReadRow reads one row, which needs no transaction; nothing else
// reaches the data. A room writes its SQL once, with $1 placeholders, times as unix milliseconds in bigint, booleans as smallint 0 or 1, and
// JSON columns that hold objects only.
//
// It owns the connections, the migrations and the count of public changes (table database_version). It never knows a word of the
// domain: a table belongs to the room that its name begins with.
//
// An upgrade changes the tables in one transaction, after a snapshot of them was kept (migrate.go). Dump and Restore are a whole database
// of one moment, for package backup; Examine is what cityrights doctor says of it.
//
// What differs between the engines stands in sqlite.go, postgres.go and the files of dumps and examinations, and nowhere else.
//
// Sources: sqlite.org/wal.html (one writer, readers with snapshots), sqlite.org/pragma.html#pragma_synchronous (FULL: a commit is on disk
// when it returns, also in WAL mode), postgresql.org/docs/current/transaction-iso.html (serializable, and its duty to retry 40001).
package database
