package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"

	"github.com/cityrights/cityrights/internal/platform/fault"
)

// Security is how a connection to a mail server is kept from being read.
type Security string

const (
	StartTLS    Security = "starttls" // asked for after greeting; nothing is sent where the server does not offer it
	ImplicitTLS Security = "tls"      // from the first byte (RFC 8314)
	Unprotected Security = "none"     // to a server on this machine only
)

// Securities lists them in the order in which they are offered.
var Securities = []Security{StartTLS, ImplicitTLS, Unprotected}

// SMTP sends by a mail server.
type SMTP struct {
	Host           string
	Port           int
	Security       Security
	User, Password string        // empty user: the server wants none
	Timeout        time.Duration // of a whole letter; 0: 30 seconds
	Roots          *x509.CertPool
}

const patience = 30 * time.Second

// IsLocal tells whether a host can only be this machine.
func IsLocal(host string) bool {
	ip := net.ParseIP(strings.Trim(host, "[]"))
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}

// Refused is a letter that a server will not take, however often it is asked.
type Refused struct{ Err error }

func (r *Refused) Error() string { return r.Err.Error() }
func (r *Refused) Unwrap() error { return r.Err }

// Send hands the letter to the server. Returns Refused where the server says for good that it does not take it, or that it does not know us;
// other errors may pass.
func (s SMTP) Send(ctx context.Context, m Message) error {
	out, err := m.composed()
	if err != nil {
		return err
	}
	client, err := s.client(m.From)
	if err != nil {
		return err
	}
	timeout := s.Timeout
	if timeout == 0 {
		timeout = patience
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	sent := make(chan error, 1)
	go func() { sent <- client.DialAndSendWithContext(ctx, out) }()
	select {
	case err := <-sent:
		if out.IsDelivered() { // a goodbye that fails does not take it back
			return nil
		}
		return judged(err)
	case <-ctx.Done(): // the library looks at its own deadlines only, which end it soon
		return fmt.Errorf("the mail server does not answer: %w", ctx.Err())
	}
}

func (s SMTP) client(from Address) (*gomail.Client, error) {
	if s.Security == Unprotected && !IsLocal(s.Host) {
		return nil, fault.New(fault.Invalid, "letters go unprotected to a server on this machine only, not to %s", s.Host)
	}
	timeout := s.Timeout
	if timeout == 0 {
		timeout = patience
	}
	options := []gomail.Option{
		gomail.WithPort(s.Port), gomail.WithTimeout(timeout), gomail.WithHELO(domain(from.Email)), gomail.WithoutNoop(),
		gomail.WithTLSConfig(&tls.Config{ServerName: s.Host, MinVersion: tls.VersionTLS12, RootCAs: s.Roots}),
	}
	switch s.Security {
	case StartTLS:
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	case ImplicitTLS:
		options = append(options, gomail.WithSSL())
	case Unprotected:
		options = append(options, gomail.WithTLSPolicy(gomail.NoTLS))
	default:
		return nil, fault.New(fault.Invalid, "%q is no way to protect a connection", s.Security)
	}
	if s.User != "" {
		kind := gomail.SMTPAuthAutoDiscover
		if s.Security == Unprotected { // to this machine; autodiscovery would refuse what is sent in clear
			kind = gomail.SMTPAuthPlainNoEnc
		}
		options = append(options, gomail.WithSMTPAuth(kind), gomail.WithUsername(s.User), gomail.WithPassword(s.Password))
	}
	return gomail.NewClient(s.Host, options...)
}

// judged tells what will not pass from what may. Codes of 500 and above are for good (RFC 5321, 4.2.1).
func judged(err error) error {
	var sent *gomail.SendError
	if errors.As(err, &sent) && sent.ErrorCode() >= 500 && !sent.IsTemp() {
		return &Refused{err}
	}
	var certificate *tls.CertificateVerificationError
	if errors.As(err, &certificate) {
		return fmt.Errorf("the mail server's certificate is not right: %w", err)
	}
	return err
}
