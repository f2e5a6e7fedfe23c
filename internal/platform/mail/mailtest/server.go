// Package mailtest is a mail server for tests: it listens on this machine, speaks SMTP (RFC 5321) with STARTTLS, implicit TLS and AUTH PLAIN,
// and keeps what it is handed. It can be told to refuse.
package mailtest

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/mail"
	"strings"
	"sync"
	"testing"
	"time"
)

// Letter is what a server was handed.
type Letter struct {
	From, To  string // of the envelope
	Encrypted bool
	User      string // who had signed in; empty: nobody
	Raw       string
	*mail.Message
}

// Options of a server. The zero value takes everything without a password and offers STARTTLS.
type Options struct {
	Implicit   bool // TLS from the first byte
	Plain      bool // no TLS at all
	User, Pass string
	// Answer gives the reply to a command, such as "RCPT TO:<a@b.example>" or "DATA"; empty: the usual one.
	Answer func(command string) string
	Silent bool // says nothing, ever
}

// Server is a mail server that runs until the test ends.
type Server struct {
	Host  string
	Port  int
	Roots *x509.CertPool

	options Options
	tls     *tls.Config
	mu      sync.Mutex
	letters []Letter
}

// Start begins a server.
func Start(t testing.TB, o Options) *Server {
	t.Helper()
	certificate, roots := certificate(t)
	s := &Server{Host: "127.0.0.1", Roots: roots, options: o, tls: &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12}}
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address, ok := listener.Addr().(*net.TCPAddr)
	if !ok {
		t.Fatal("no TCP address")
	}
	s.Port = address.Port
	var running sync.WaitGroup
	var mu sync.Mutex
	var open []net.Conn
	running.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			mu.Lock()
			open = append(open, conn)
			mu.Unlock()
			running.Go(func() { s.speak(conn) })
		}
	})
	t.Cleanup(func() {
		_ = listener.Close()
		mu.Lock()
		for _, conn := range open {
			_ = conn.Close()
		}
		mu.Unlock()
		running.Wait()
	})
	return s
}

// Letters gives what the server was handed so far.
func (s *Server) Letters() []Letter {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Letter(nil), s.letters...)
}

// Refuse changes how the server answers from now on.
func (s *Server) Refuse(answer func(command string) string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.options.Answer = answer
}

func (s *Server) answer(command, usual string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.options.Answer != nil {
		if said := s.options.Answer(command); said != "" {
			return said
		}
	}
	return usual
}

func (s *Server) speak(conn net.Conn) {
	defer func() { _ = conn.Close() }()
	_ = conn.SetDeadline(time.Now().Add(time.Minute))
	if s.options.Silent {
		_, _ = io.Copy(io.Discard, conn)
		return
	}
	letter := Letter{Encrypted: s.options.Implicit}
	if s.options.Implicit {
		conn = tls.Server(conn, s.tls)
	}
	in := bufio.NewReader(conn)
	say := func(format string, args ...any) { _, _ = fmt.Fprintf(conn, format+"\r\n", args...) }
	say("%s", s.answer("", "220 mail.example ESMTP"))
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		line = strings.TrimRight(line, "\r\n")
		verb, rest, _ := strings.Cut(line, " ")
		switch strings.ToUpper(verb) {
		case "EHLO", "HELO":
			s.greet(say, letter.Encrypted)
		case "STARTTLS":
			say("220 go on")
			conn = tls.Server(conn, s.tls)
			in, letter.Encrypted = bufio.NewReader(conn), true
		case "AUTH":
			if letter.User = s.known(rest); letter.User == "" {
				say("535 5.7.8 wrong name or password")
			} else {
				say("235 2.7.0 welcome")
			}
		case "MAIL":
			letter.From = between(rest)
			say("%s", s.answer(line, "250 2.1.0 yes"))
		case "RCPT":
			letter.To = between(rest)
			say("%s", s.answer(line, "250 2.1.5 yes"))
		case "DATA":
			said := s.answer(line, "354 go on")
			say("%s", said)
			if strings.HasPrefix(said, "354") {
				letter.Raw = content(in)
				s.keep(letter)
				say("250 2.0.0 kept")
			}
		case "QUIT":
			say("221 2.0.0 goodbye")
			return
		default: // NOOP, RSET
			say("250 2.0.0 yes")
		}
	}
}

func (s *Server) greet(say func(string, ...any), encrypted bool) {
	say("250-mail.example")
	if !encrypted && !s.options.Plain {
		say("250-STARTTLS")
	}
	if s.options.User != "" {
		say("250-AUTH PLAIN")
	}
	say("250 8BITMIME")
}

// known reads AUTH PLAIN (RFC 4616) and gives the user; empty where the password is wrong.
func (s *Server) known(rest string) string {
	_, encoded, _ := strings.Cut(rest, " ")
	text, err := base64.StdEncoding.DecodeString(encoded)
	parts := strings.Split(string(text), "\x00")
	if err != nil || len(parts) != 3 || parts[1] != s.options.User || parts[2] != s.options.Pass {
		return ""
	}
	return parts[1]
}

func (s *Server) keep(l Letter) {
	l.Message, _ = mail.ReadMessage(strings.NewReader(l.Raw))
	s.mu.Lock()
	defer s.mu.Unlock()
	s.letters = append(s.letters, l)
}

func content(in *bufio.Reader) string {
	var b strings.Builder
	for {
		line, err := in.ReadString('\n')
		if err != nil || line == ".\r\n" {
			return b.String()
		}
		b.WriteString(strings.TrimPrefix(line, "."))
	}
}

func between(text string) string {
	_, text, _ = strings.Cut(text, "<")
	text, _, _ = strings.Cut(text, ">")
	return text
}

// certificate makes one for this machine, and the roots that vouch for it.
func certificate(t testing.TB) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	form := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, DNSNames: []string{"localhost"}, IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	made, err := x509.CreateCertificate(rand.Reader, form, form, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(made)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(parsed)
	return tls.Certificate{Certificate: [][]byte{made}, PrivateKey: key}, roots
}
