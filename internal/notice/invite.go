package notice

import (
	"context"
	"strings"
	"time"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/locale"
	"github.com/cityrights/cityrights/internal/platform/settings"
)

// Invited sends a person the link by which they choose a password, in the transaction in which it was made: for account.Room.Invited. Where no
// letters are sent it does nothing, and neither where the link was made on the command line, which prints it.
func (r *Room) Invited(ctx context.Context, tx database.Tx, by account.Actor, p account.Person, link account.Link) error {
	if !by.SignedIn() {
		return nil
	}
	v, err := r.settings.Read(ctx, tx)
	if err != nil || !r.writes(v) {
		return err
	}
	l, err := r.speaks(p, v)
	if err != nil {
		return err
	}
	kind, subject, lead := Invite, l.T("notice.invite_subject", "Node", v.Node.Name), l.T("notice.invite_lead", "By", by.Name, "Node", v.Node.Name)
	if link.Reset {
		kind, subject, lead = Reset, l.T("notice.reset_subject", "Node", v.Node.Name), l.T("notice.reset_lead", "By", by.Name, "Node", v.Node.Name)
	}
	return r.post(ctx, tx, kind, p, letter{
		Subject: oneLine(subject), Language: l.Tag,
		Text: paragraphs(
			l.T("notice.hello", "Name", p.Name), lead,
			l.T("notice.link", "Until", r.moment(l, v, link.Until))+"\n"+r.place(v)+"/"+l.Tag+"/sign-in/"+link.Token,
			l.T("notice.not_expected"), signature(l, v),
		),
	})
}

// Asked sends somebody without an account the link by which they answer questions about a city, in the transaction in which it was made. Where no
// letters are sent, where the guest has no address, or where the link was made on the command line it does nothing.
func (r *Room) Asked(ctx context.Context, tx database.Tx, by account.Actor, g account.Guest, city, token string) error {
	if !by.SignedIn() || g.Email == "" {
		return nil
	}
	v, err := r.settings.Read(ctx, tx)
	if err != nil || !r.writes(v) {
		return err
	}
	p := account.Person{ID: g.ID, Name: g.Name, Email: g.Email, Language: g.Language}
	l, err := r.speaks(p, v)
	if err != nil {
		return err
	}
	return r.post(ctx, tx, Questions, p, letter{
		Subject: oneLine(l.T("guest.mail_subject", "City", city)), Language: l.Tag,
		Text: paragraphs(
			l.T("guest.mail_body", "Name", g.Name, "City", city, "Link", r.place(v)+"/"+l.Tag+"/guest/"+token, "Until", l.Date(g.Ends), "From", by.Name),
			signature(l, v),
		),
	})
}

// moment writes a day with its time as people at the node count it.
func (r *Room) moment(l *locale.Locale, v settings.Values, at time.Time) string {
	at = at.In(v.Zone())
	return l.T("notice.moment", "Date", l.Date(at), "Time", at.Format("15:04"), "Zone", at.Format("MST"))
}

// signature says who writes.
func signature(l *locale.Locale, v settings.Values) string {
	lines := []string{"-- ", v.Node.Name} // what stands behind this mark is not quoted in a reply (RFC 3676, 4.3)
	if v.Node.Operator != "" {
		lines = append(lines, l.T("notice.operator", "Operator", v.Node.Operator))
	}
	if v.Node.Contact != "" {
		lines = append(lines, v.Node.Contact)
	}
	return strings.Join(lines, "\n")
}

func paragraphs(all ...string) string { return strings.Join(all, "\n\n") + "\n" }

// oneLine keeps a name with strange signs from spoiling the head of a letter.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
