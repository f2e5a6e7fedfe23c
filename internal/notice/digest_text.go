package notice

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/cityrights/cityrights/internal/account"
	"github.com/cityrights/cityrights/internal/platform/locale"
	"github.com/cityrights/cityrights/internal/platform/settings"
)

// digest is what there is to say to a person.
type digest map[group][]Task

// mostShown is how many tasks of a group stand in a letter; the desk shows all.
const mostShown = 12

// sorted puts tasks into their groups, those that are due first in front. said is what the person was last told.
func sorted(tasks []Task, now time.Time, said map[string]group) digest {
	d := digest{}
	for _, t := range tasks {
		g := groupOf(t, now, said)
		d[g] = append(d[g], t)
	}
	for _, of := range d {
		slices.SortFunc(of, func(a, b Task) int {
			if a.Due.IsZero() != b.Due.IsZero() {
				if a.Due.IsZero() {
					return 1
				}
				return -1
			}
			return cmp.Or(a.Due.Compare(b.Due), strings.Compare(a.City, b.City), strings.Compare(a.Period, b.Period), strings.Compare(a.Code, b.Code), strings.Compare(a.Key, b.Key))
		})
	}
	return d
}

// count is how many tasks the person is told of.
func (d digest) count() (n int) {
	for _, g := range groups {
		n += len(d[g])
	}
	return n
}

// said gives what a person has heard of, so that it is not told again the next day.
func (d digest) said() map[string]group {
	all := map[string]group{}
	for g, of := range d {
		for _, t := range of {
			all[t.Key] = g
		}
	}
	return all
}

// digest writes the letter.
func (r *Room) digest(l *locale.Locale, v settings.Values, p account.Person, d digest) (letter, error) {
	token, err := r.stopToken(p.ID)
	if err != nil {
		return letter{}, err
	}
	place := r.place(v) + "/" + l.Tag
	stop := place + "/mail/stop/" + url.PathEscape(token)
	parts := []string{l.T("notice.hello", "Name", p.Name), l.T("notice.digest_lead", "Node", v.Node.Name, "Count", d.count())}
	for _, g := range groups {
		if of := d[g]; len(of) > 0 {
			parts = append(parts, part(l, place, g, of))
		}
	}
	parts = append(parts, l.T("notice.desk")+"\n"+place+"/desk", l.T("notice.choose")+"\n"+place+"/desk/me", l.T("notice.stop")+"\n"+stop, signature(l, v))
	out := letter{Subject: oneLine(l.T("notice.digest_subject", "Node", v.Node.Name, "Count", d.count())), Language: l.Tag, Text: paragraphs(parts...)}
	if strings.HasPrefix(stop, "https://") { // RFC 8058, 3.1, wants HTTPS
		out.Stop = stop
	}
	return out, nil
}

// part is one group of a letter: its heading and its tasks, each with the page on which it is done.
func part(l *locale.Locale, place string, g group, of []Task) string {
	heading := map[group]string{overdue: l.T("notice.overdue"), returned: l.T("notice.returned"), soon: l.T("notice.soon"), fresh: l.T("notice.fresh")}[g]
	lines := []string{heading}
	for _, t := range of[:min(len(of), mostShown)] {
		line := l.T("notice.task", "Code", t.Code, "Title", oneLine(t.Title), "City", oneLine(t.City), "Period", t.Period)
		if !t.Due.IsZero() {
			line = l.T("notice.task_due", "Task", line, "Date", l.Date(t.Due.UTC()))
		}
		lines = append(lines, "* "+line)
		if len(t.Path) > 0 {
			address := place
			for _, p := range t.Path {
				address += "/" + url.PathEscape(p)
			}
			lines = append(lines, "  "+address)
		}
	}
	if more := len(of) - mostShown; more > 0 {
		lines = append(lines, l.T("notice.more", "Count", more))
	}
	return strings.Join(lines, "\n")
}
