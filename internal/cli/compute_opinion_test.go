package cli

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAStoppedOpinionMapSaysSoAndWritesNothing(t *testing.T) {
	folder := t.TempDir()
	votes := filepath.Join(folder, "votes.csv")
	if err := os.WriteFile(votes, []byte("participant,statement,vote\n1,1,1\n2,1,-1\n3,1,1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(folder, "results")
	ctx, stop := context.WithCancel(context.Background())
	stop()
	var stderr strings.Builder
	status := Main(ctx, World{Stdout: &stderr, Stderr: &stderr}, []string{"compute", "opinion", "--votes", votes, "--out", out})
	if status != 1 || stderr.String() != "cityrights: stopped before it was done\n" {
		t.Errorf("status %d: %s", status, stderr.String())
	}
	if _, err := os.Stat(out); !os.IsNotExist(err) {
		t.Error("results were written")
	}
}

func TestDrawsAreShownOnATerminalAndStopWithTheContext(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	var stderr strings.Builder
	c := &call{Context: ctx, World: World{Stderr: &stderr, Terminal: true}}
	show, end := c.progress(200, "draws")
	if err := show(1); err != nil {
		t.Fatal(err)
	}
	stop()
	if err := show(2); err == nil {
		t.Error("it goes on")
	}
	if end(); stderr.String() != "\r\x1b[K1 of 200 draws\r\x1b[K2 of 200 draws\r\x1b[K" {
		t.Errorf("%q", stderr.String())
	}
}
