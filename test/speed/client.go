package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// conn is a connection that is kept open. It knows just enough HTTP to leave the processor to the servers: the client runs on the same
// machine, and what it uses makes rivals look more alike than they are.
type conn struct {
	tcp net.Conn
	in  *bufio.Reader
}

func dial(address string) (*conn, error) {
	tcp, err := (&net.Dialer{Timeout: time.Second}).DialContext(context.Background(), "tcp", address)
	if err != nil {
		return nil, err
	}
	return &conn{tcp, bufio.NewReaderSize(tcp, 64<<10)}, nil
}

func (c *conn) close() { _ = c.tcp.Close() }

func request(path string, gzip bool) []byte {
	accept := ""
	if gzip {
		accept = "Accept-Encoding: gzip\r\n"
	}
	return []byte("GET " + path + " HTTP/1.1\r\nHost: bench\r\n" + accept + "\r\n")
}

// get sends a request and reads the answer to its end; the answer must be 200. Where body is not nil, what comes is added to it.
func (c *conn) get(request []byte, body *bytes.Buffer) error {
	length, err := c.head(request)
	if err != nil {
		return err
	}
	if length >= 0 {
		return c.take(length, body)
	}
	for { // chunks
		line, err := c.in.ReadSlice('\n')
		if err != nil {
			return err
		}
		size, err := strconv.ParseInt(string(bytes.TrimSpace(line)), 16, 32)
		if err != nil {
			return err
		}
		if err := c.take(int(size), body); err != nil {
			return err
		}
		if _, err := c.in.Discard(len("\r\n")); err != nil || size == 0 {
			return err
		}
	}
}

func (c *conn) take(n int, body *bytes.Buffer) (err error) {
	if body == nil {
		_, err = c.in.Discard(n)
	} else {
		_, err = io.CopyN(body, c.in, int64(n))
	}
	return err
}

// head gives the length of the body, -1 where it comes in chunks.
func (c *conn) head(request []byte) (length int, err error) {
	if err := c.tcp.SetDeadline(time.Now().Add(10 * time.Second)); err != nil {
		return 0, err
	}
	if _, err := c.tcp.Write(request); err != nil {
		return 0, err
	}
	length = -1
	for first := true; ; first = false {
		line, err := c.in.ReadSlice('\n')
		if err != nil {
			return 0, err
		}
		line = bytes.TrimRight(line, "\r\n")
		switch {
		case first && !bytes.HasPrefix(line, []byte("HTTP/1.1 200 ")):
			return 0, fmt.Errorf("%s is answered with %s", bytes.Fields(request)[1], line)
		case len(line) == 0:
			return length, nil
		}
		if value, ok := bytes.CutPrefix(line, []byte("Content-Length: ")); ok {
			if length, err = strconv.Atoi(string(value)); err != nil {
				return 0, err
			}
		}
	}
}

// rate asks for the same thing over several connections for a while, and gives answers per second.
func rate(address string, request []byte, connections int, during time.Duration) (float64, error) {
	var answers atomic.Int64
	var wait sync.WaitGroup
	failed := make(chan error, connections)
	start := time.Now()
	for range connections {
		wait.Go(func() {
			c, err := dial(address)
			if err != nil {
				failed <- err
				return
			}
			defer c.close()
			for time.Since(start) < during {
				if err := c.get(request, nil); err != nil {
					failed <- err
					return
				}
				answers.Add(1)
			}
		})
	}
	wait.Wait()
	took := time.Since(start).Seconds()
	select {
	case err := <-failed:
		return 0, err
	default:
		return float64(answers.Load()) / took, nil
	}
}
