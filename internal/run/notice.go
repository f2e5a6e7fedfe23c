package run

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/cli"
	"github.com/cityrights/cityrights/internal/notice"
	"github.com/cityrights/cityrights/internal/platform/checkup"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/internal/platform/jobs"
	"github.com/cityrights/cityrights/internal/platform/seal"
	"github.com/cityrights/cityrights/internal/platform/settings"
)

const (
	keyFile      = "secret.key" // in the node's folder: what seals its secrets
	lettersInto  = "mail"       // folder in the node's folder, for letters that go nowhere else
	actSettings  = "settings changed"
	fieldsOfNote = "fields"
)

// joinNotice makes what keeps settings and sends letters; data is the node's folder.
func joinNotice(rooms *cli.Rooms, data string) {
	keys := seal.By(filepath.Join(data, keyFile))
	rooms.Settings, rooms.Jobs = settings.New(rooms.DB, keys), jobs.New(rooms.DB)
	rooms.Settings.Changed = func(ctx context.Context, tx database.Tx, by, section string, fields []string) error {
		return rooms.Account.Note(ctx, tx, account.Actor{Person: by}, actSettings, section, map[string]string{fieldsOfNote: strings.Join(fields, " ")})
	}
	rooms.Notice = notice.New(rooms.DB, rooms.Account, rooms.Settings, rooms.Jobs, keys, spoken)
	rooms.Notice.Folder = filepath.Join(data, lettersInto)
	rooms.Account.Invited = rooms.Notice.Invited
}

// invited sends people without an account the link by which they answer.
func invited(rooms *cli.Rooms) func(ctx context.Context, tx database.Tx, by account.Actor, to assessment.Contact, token string) error {
	return func(ctx context.Context, tx database.Tx, by account.Actor, to assessment.Contact, token string) error {
		c, err := rooms.City.Get(ctx, tx, to.City)
		if err != nil {
			return err
		}
		return rooms.Notice.Asked(ctx, tx, by, to.Guest, c.Name, token)
	}
}

// tendNotice writes digests and sends letters until the context ends.
func tendNotice(ctx context.Context, rooms *cli.Rooms, log *slog.Logger) {
	var tending sync.WaitGroup
	tending.Go(func() { rooms.Jobs.Run(ctx, log) })
	tending.Go(func() { rooms.Jobs.Tend(ctx, log) })
	tending.Go(func() { rooms.Notice.Tend(ctx, log) })
	tending.Wait()
}

// lettersAre judges whether what the node has to say reaches people.
func lettersAre(ctx context.Context, rooms *cli.Rooms) (checkup.Finding, error) {
	const subject = "letters"
	v, err := rooms.Settings.Current(ctx)
	if err != nil {
		return checkup.Finding{}, err
	}
	count, stuck, err := rooms.Notice.Stuck(ctx)
	if err != nil {
		return checkup.Finding{}, err
	}
	if stuck {
		return checkup.Warned(subject, fmt.Sprintf("%d failed and %d wait; %s.", count.Failed, count.Waiting, waitsSince(count)), "Sign in and look at the page Letters of the desk: it says why, and tries again."), nil
	}
	if !v.Mail.On() {
		return checkup.Fine(subject, "Mail is off in the settings, so none are sent."), nil
	}
	if _, err := rooms.Settings.Secret(ctx, v.Mail.Secret); err != nil {
		return checkup.Failed(subject, "The password for the mail server cannot be read: "+fault.Reason(err)+".", "Put "+keyFile+" back into the node's folder, from a backup, or set the password again on the page Settings."), nil
	}
	if v.Node.Address == "" {
		return checkup.Warned(subject, "Nothing says where people reach the node, so links in letters lead to where it listens.", "Set the address on the page Settings of the desk."), nil
	}
	return checkup.Fine(subject, fmt.Sprintf("None has failed; %d wait.", count.Waiting)), nil
}

func waitsSince(c jobs.Count) string {
	if c.Oldest.IsZero() {
		return "none is late"
	}
	return "the oldest since " + c.Oldest.Format("2006-01-02 15:04 MST")
}
