package notice

import (
	"context"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/mail"
)

// TrySending sends somebody who operates the node a letter at once, past the queue, and returns what the mail server says where it does not
// take it. Returns Forbidden.
func (r *Room) TrySending(ctx context.Context, by account.Actor) (to string, err error) {
	if err := mayOperate(by); err != nil {
		return "", err
	}
	v, err := r.settings.Current(ctx)
	if err != nil {
		return "", err
	}
	p, err := r.person(ctx, by.Person)
	if err != nil {
		return "", err
	}
	l, err := r.speaks(p, v)
	if err != nil {
		return "", err
	}
	return p.Email, r.send(ctx, v, database.NewID(), letter{
		To: mail.Address{Name: p.Name, Email: p.Email}, Subject: oneLine(l.T("notice.trial_subject", "Node", v.Node.Name)), Language: l.Tag, At: r.Clock.Now().UnixMilli(),
		Text: paragraphs(l.T("notice.hello", "Name", p.Name), l.T("notice.trial_text", "Node", v.Node.Name), signature(l, v)),
	})
}

func (r *Room) person(ctx context.Context, id string) (p account.Person, err error) {
	err = r.db.Read(ctx, func(tx database.Tx) (err error) {
		p, err = r.people.Get(ctx, tx, id)
		return err
	})
	return p, err
}
