package web

import (
	"strconv"

	"github.com/cityrights/cityrights/internal/platform/settings"
)

type settingsHistoryView struct{ Entries []settingsEntry }

type settingsEntry struct {
	Section, At, By string
	Changes         []settingsChange
}

type settingsChange struct{ Field, From, To string }

// settingsHistory tells who has changed what. Of a password it tells only that it was changed.
func (s *Server) settingsHistory(q *request) (answer, error) {
	entries, err := s.rooms.Settings.History(q.Context())
	if err != nil {
		return answer{}, err
	}
	people, err := s.rooms.Account.People(q.Context())
	if err != nil {
		return answer{}, err
	}
	names := map[string]string{"": q.t("settings.by_command")}
	for _, p := range people {
		names[p.ID] = p.Name
	}
	sections := map[string]string{settings.SectionNode: q.t("settings.node"), settings.SectionMail: q.t("settings.mail"), settings.SectionDigests: q.t("settings.digests")}
	var v settingsHistoryView
	for _, e := range entries {
		name, known := names[e.By]
		if !known {
			name = e.By
		}
		row := settingsEntry{Section: sections[e.Section], At: q.moment(e.At), By: q.t("settings.by", "Name", name)}
		for _, c := range e.Changes {
			row.Changes = append(row.Changes, q.settingsChange(c))
		}
		v.Entries = append(v.Entries, row)
	}
	return q.page(q.t("settings.history"), []string{"desk", "settings", "history"}, view{
		Section: "desk", Body: settingsHistoryPage(q.locale, v),
		Crumbs: q.deskCrumbs(link{Text: q.t("settings.title"), URL: q.path("desk", "settings")}, link{Text: q.t("settings.history")}),
	}), nil
}

func (q *request) settingsChange(c settings.Change) settingsChange {
	if c.Secret {
		return settingsChange{Field: q.settingName(c.Field), From: "•••", To: q.t("settings.secret_changed")}
	}
	return settingsChange{Field: q.settingName(c.Field), From: q.settingValue(c.Field, c.From), To: q.settingValue(c.Field, c.To)}
}

// settingName says the name of a field as the form does.
func (q *request) settingName(field string) string {
	said := map[string]string{
		"name": q.t("settings.name"), "operator": q.t("settings.operator"), "contact": q.t("settings.contact"), "address": q.t("settings.address"),
		"language": q.t("settings.language"), "zone": q.t("settings.zone"), "security_contact": q.t("settings.security_contact"), "licence": q.t("settings.licence"),
		"way": q.t("settings.way"), "sender": q.t("settings.sender"), "host": q.t("settings.host"), "port": q.t("settings.port"), "security": q.t("settings.security"),
		"user": q.t("settings.user"), "secret": q.t("settings.password"), "hour": q.t("settings.hour"), "day": q.t("settings.day"), "rhythm": q.t("settings.rhythm"),
	}[field]
	if said == "" { // of a newer program
		return field
	}
	return said
}

// settingValue says the value of a field as the form does.
func (q *request) settingValue(name, value string) string {
	var form []field
	switch name {
	case "language":
		return q.languageName(value)
	case "day":
		return q.weekday(value)
	case "way", "security":
		form = q.mailFields(settings.Mail{})
	case "rhythm":
		return q.rhythm(value)
	case "hour":
		if n, err := strconv.Atoi(value); err == nil {
			return q.locale.Code(strconv.Itoa(n) + ":00")
		}
	}
	for _, f := range form {
		for _, o := range f.Options {
			if f.Name == name && o.Value == value {
				return o.Text
			}
		}
	}
	if value == "" {
		return "–"
	}
	return value
}
