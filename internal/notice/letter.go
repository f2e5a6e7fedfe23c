package notice

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/internal/platform/jobs"
	"github.com/cityrights/cityrights/internal/platform/mail"
	"github.com/cityrights/cityrights/internal/platform/settings"
)

// kindLetter is the kind of a job that sends a letter, and sealedFor the purpose for which its content is sealed.
const (
	kindLetter = "letter"
	sealedFor  = "letter"
)

// Kind is what a letter is about.
type Kind string

const (
	Digest    Kind = "digest"
	Invite    Kind = "invite"
	Reset     Kind = "reset"
	Questions Kind = "questions" // to somebody who answers by a link
	Trial     Kind = "trial"
)

// Kinds lists them.
var Kinds = []Kind{Digest, Invite, Reset, Questions, Trial}

// letter is what waits in the queue. Who it comes from is said when it goes.
type letter struct {
	To       mail.Address `json:"to"`
	Subject  string       `json:"subject"`
	Text     string       `json:"text"`
	Language string       `json:"language"`
	Stop     string       `json:"stop"`
	At       int64        `json:"at"`
}

// post lets a letter wait for its turn in the transaction that it follows from.
func (r *Room) post(ctx context.Context, tx database.Tx, kind Kind, p account.Person, l letter) error {
	l.To, l.At = mail.Address{Name: p.Name, Email: p.Email}, r.Clock.Now().UnixMilli()
	text, err := json.Marshal(l)
	if err != nil {
		return err
	}
	sealed, err := r.keys.Seal(sealedFor, string(text))
	if err != nil {
		return fault.Said(fault.Unavailable, "error.unavailable", "the letter cannot be sealed").Because(err)
	}
	_, err = r.queue.Add(ctx, tx, jobs.Job{Kind: kindLetter, Payload: sealed, About: map[string]string{"kind": string(kind), "person": p.ID, "to": p.Email}})
	return err
}

// errOff is of a letter that waits while mail is off.
var errOff = errors.New("mail is off in the settings of this node")

// deliver sends a letter of the queue.
func (r *Room) deliver(ctx context.Context, j jobs.Job) error {
	text, err := r.keys.Open(sealedFor, j.Payload)
	if err != nil {
		return err
	}
	var l letter
	if err := json.Unmarshal([]byte(text), &l); err != nil {
		return &jobs.Hopeless{Err: err}
	}
	v, err := r.settings.Current(ctx)
	if err != nil {
		return err
	}
	return r.send(ctx, v, j.ID, l)
}

// send hands a letter to whatever the settings say. What will not pass is Hopeless.
func (r *Room) send(ctx context.Context, v settings.Values, id string, l letter) error {
	by, err := r.sender(ctx, v.Mail)
	if err != nil {
		return err
	}
	err = by.Send(ctx, mail.Message{
		ID: id, From: mail.Address{Name: v.Node.Name, Email: v.Mail.Sender}, To: l.To, Subject: l.Subject, Text: l.Text, Language: l.Language, Stop: l.Stop,
		At: time.UnixMilli(l.At).UTC(),
	})
	var refused *mail.Refused
	if errors.As(err, &refused) || fault.KindOf(err) == fault.Invalid {
		return &jobs.Hopeless{Err: err}
	}
	return err
}

func (r *Room) sender(ctx context.Context, m settings.Mail) (mail.Sender, error) {
	switch m.Way {
	case settings.ByFile:
		return mail.Folder{Path: r.Folder}, nil
	case settings.BySMTP:
		password, err := r.settings.Secret(ctx, m.Secret)
		if err != nil {
			return nil, err
		}
		return mail.SMTP{Host: m.Host, Port: m.Port, Security: m.Security, User: m.User, Password: password, Roots: r.Roots}, nil
	}
	return nil, errOff
}
