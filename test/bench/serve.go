package main

import (
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"
)

type served struct {
	command *exec.Cmd
	started time.Time
}

// serve starts the program on a node.
func serve(b *bench, data, address string) (*served, error) {
	s := &served{command: exec.CommandContext(b.ctx, b.program, "serve", "--data", data, "--listen", address), started: time.Now()}
	return s, s.command.Start()
}

func (s *served) pid() int { return s.command.Process.Pid }

func (s *served) stop() {
	_ = s.command.Process.Signal(syscall.SIGTERM)
	_ = s.command.Wait()
}

// resident reads the memory that a process holds, in kB, from its status.
func resident(status string) int64 {
	for _, line := range strings.Split(status, "\n") {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kb, _ := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
			return kb
		}
	}
	return 0
}
