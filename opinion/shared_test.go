package opinion

import (
	"os"
	"testing"

	"github.com/cityrights/cityrights/test/material"
)

// conversation reads votes of the reference material, and statements where a file is named.
func conversation(t testing.TB, votes, statements string) *Conversation {
	t.Helper()
	votes = material.Path(t, votes)
	file, err := os.Open(votes)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	c, err := Read(file, votes)
	if err != nil {
		t.Fatal(err)
	}
	if statements == "" {
		return c
	}
	statements = material.Path(t, statements)
	file, err = os.Open(statements)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	list, err := ReadStatements(file, statements)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.SetStatements(list...); err != nil {
		t.Fatal(err)
	}
	return c
}
