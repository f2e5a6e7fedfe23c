package main

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// spent is what a finished process used.
type spent struct {
	seconds float64 // from before it was started until it was waited for
	peakMB  float64
	said    string
}

// finish runs a process to its end.
func finish(ctx context.Context, input, name string, args ...string) (spent, error) {
	cmd := exec.CommandContext(ctx, name, args...) //nolint:gosec // the commands are those of this folder
	var said, complained bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(input), &said, &complained
	start := time.Now()
	err := cmd.Run()
	took := time.Since(start).Seconds()
	if err != nil {
		return spent{}, fmt.Errorf("%s %s: %w\n%s", filepath.Base(name), strings.Join(args, " "), err, complained.String())
	}
	usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		return spent{}, fmt.Errorf("this system does not tell the memory of a process")
	}
	return spent{took, float64(usage.Maxrss) / 1024, said.String()}, nil
}

// server is a process that listens.
type server struct {
	cmd     *exec.Cmd
	address string
	started time.Time
}

// listen starts a process that takes --listen or -listen as its last flag; nothing says yet that it answers.
func listen(ctx context.Context, name string, args ...string) (*server, error) {
	free, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	address := free.Addr().String()
	if err := free.Close(); err != nil {
		return nil, err
	}
	s := &server{cmd: exec.CommandContext(ctx, name, append(args, address)...), address: address, started: time.Now()} //nolint:gosec // the same
	return s, s.cmd.Start()
}

// firstAnswer asks for a path until it is answered with 200, and gives the time since the start of the process.
func (s *server) firstAnswer(path string) (time.Duration, error) {
	for time.Since(s.started) < 10*time.Second {
		c, err := dial(s.address)
		if err != nil {
			time.Sleep(200 * time.Microsecond)
			continue
		}
		err = c.get(request(path, false), nil)
		took := time.Since(s.started)
		c.close()
		return took, err
	}
	return 0, fmt.Errorf("%s does not answer", s.cmd.Path)
}

// stop ends the process by its signal and waits.
func (s *server) stop() error {
	if err := s.cmd.Process.Signal(os.Interrupt); err != nil {
		return err
	}
	err := s.cmd.Wait()
	if state := s.cmd.ProcessState; state != nil && state.ExitCode() >= 0 {
		return err
	}
	return nil // ended by the signal itself
}

// memoryMB reads a line of /proc/PID/status, as VmRSS.
func (s *server) memoryMB(line string) (float64, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	for one := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(one, line+":"); ok {
			kb, err := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			return kb / 1024, err
		}
	}
	return 0, fmt.Errorf("no %s in the status of the process", line)
}

// processor gives the processor time that the process has used, in seconds.
func (s *server) processor() (float64, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", s.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	_, rest, _ := strings.Cut(string(text), ") ")
	fields := strings.Fields(rest)
	if len(fields) < 13 {
		return 0, fmt.Errorf("/proc/PID/stat is short")
	}
	user, err := strconv.ParseFloat(fields[11], 64)
	if err != nil {
		return 0, err
	}
	system, err := strconv.ParseFloat(fields[12], 64)
	return (user + system) / 100, err // the kernel's clock ticks
}

// newNode makes a node with an empty city and gives its folder.
func (b *bench) newNode(ctx context.Context, name string) (string, error) {
	data := filepath.Join(b.work, name)
	if err := os.RemoveAll(data); err != nil {
		return "", err
	}
	return data, b.addBristol(ctx, data)
}

func (b *bench) addBristol(ctx context.Context, data string) error {
	_, err := finish(ctx, "", b.program, "city", "add", "bristol", "--name", "Bristol", "--country", "GB", "--population", "472400", "--data", data)
	return err
}

// fullNode makes a node with the invented city, and Bristol where its statistics are at hand.
func (b *bench) fullNode(ctx context.Context) (data string, withBristol bool, err error) {
	data = filepath.Join(b.work, "full")
	folder, mapping, ok := b.bristol()
	if _, err := os.Stat(data); err == nil {
		return data, ok, nil
	}
	demo, err := listen(ctx, b.program, "serve", "--demo", "--data", data, "--listen")
	if err != nil {
		return "", false, err
	}
	if _, err := demo.firstAnswer("/en/"); err != nil {
		return "", false, err
	}
	if err := demo.stop(); err != nil || !ok {
		return data, false, err
	}
	if err := b.addBristol(ctx, data); err != nil {
		return "", false, err
	}
	_, err = finish(ctx, "", b.program, "import", "statistics", "--city", "bristol", "--from", "opensdg", "--mapping", mapping, "--data", data, folder)
	return data, true, err
}
