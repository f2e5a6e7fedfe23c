package web

import (
	"strconv"
	"strings"
	"time"

	"github.com/cityrights/cityrights/internal/platform/locale"
	"github.com/cityrights/cityrights/internal/platform/mail"
	"github.com/cityrights/cityrights/internal/platform/settings"
)

// nodeFields ask how the node is called and who runs it. What was given when the program was started can be read and not changed.
func (q *request) nodeFields(v settings.Values) []field {
	n, given := v.Node, q.server.rooms.Settings.Given
	fields := []field{
		{Name: "name", Label: q.t("settings.name"), Hint: q.t("settings.name_hint"), Kind: "text", Value: n.Name, Fixed: given.Name != ""},
		{Name: "operator", Label: q.t("settings.operator"), Hint: q.t("settings.operator_hint"), Kind: "text", Value: n.Operator, Optional: true, Fixed: given.Operator != ""},
		{Name: "contact", Label: q.t("settings.contact"), Hint: q.t("settings.contact_hint"), Kind: "text", Value: n.Contact, Optional: true, Fixed: given.Contact != ""},
		{Name: "address", Label: q.t("settings.address"), Hint: q.t("settings.address_hint"), Kind: "url", Value: n.Address, Optional: true, Fixed: given.Address != ""},
		{Name: "language", Label: q.t("settings.language"), Hint: q.t("settings.language_hint"), Options: options(n.Language, locale.Shipped, q.languageName)},
		{Name: "zone", Label: q.t("settings.zone"), Hint: q.t("settings.zone_hint"), Kind: "text", Value: n.Zone, Autocomplete: "off", Fixed: given.Zone != ""},
		{Name: "licence", Label: q.t("settings.licence"), Hint: q.t("settings.licence_hint"), Options: options(n.Licence, append([]string{""}, settings.Licences...), q.licence)},
		{Name: "security_contact", Label: q.t("settings.security_contact"), Hint: q.t("settings.security_contact_hint"), Kind: "text", Value: n.SecurityContact, Optional: true, Fixed: given.SecurityContact != ""},
	}
	for i := range fields {
		if fields[i].Fixed {
			fields[i].Hint = q.t("settings.given")
		}
	}
	return fields
}

// licence says an SPDX id, which is a name in every language.
func (q *request) licence(id string) string {
	if id == "" {
		return q.t("settings.licence_none")
	}
	return id
}

func (q *request) mailFields(m settings.Mail) []field {
	ways, security := make([]string, len(settings.Ways)), make([]string, len(mail.Securities))
	for i, w := range settings.Ways {
		ways[i] = string(w)
	}
	for i, s := range mail.Securities {
		security[i] = string(s)
	}
	password := q.t("settings.password_none")
	if m.Secret != "" {
		password = q.t("settings.password_kept")
	}
	return []field{
		{Name: "way", Label: q.t("settings.way"), Options: options(string(m.Way), ways, func(way string) string {
			return map[string]string{string(settings.Off): q.t("settings.way_off"), string(settings.BySMTP): q.t("settings.way_smtp"), string(settings.ByFile): q.t("settings.way_folder")}[way]
		})},
		{Name: "sender", Label: q.t("settings.sender"), Hint: q.t("settings.sender_hint"), Kind: "email", Value: m.Sender, Depends: true, Autocomplete: "off"},
		{Name: "host", Label: q.t("settings.host"), Hint: q.t("settings.host_hint"), Kind: "text", Value: m.Host, Depends: true, Autocomplete: "off"},
		{Name: "port", Label: q.t("settings.port"), Hint: q.t("settings.port_hint"), Kind: "text", Mode: "numeric", Value: strconv.Itoa(m.Port), Depends: true, Short: true, Autocomplete: "off"},
		{Name: "security", Label: q.t("settings.security"), Options: options(string(m.Security), security, func(s string) string {
			return map[string]string{string(mail.StartTLS): q.t("settings.security_starttls"), string(mail.ImplicitTLS): q.t("settings.security_tls"), string(mail.Unprotected): q.t("settings.security_none")}[s]
		})},
		{Name: "user", Label: q.t("settings.user"), Hint: q.t("settings.user_hint"), Kind: "text", Value: m.User, Depends: true, Autocomplete: "off"},
		{Name: "password", Label: q.t("settings.password"), Hint: password, Kind: "password", Depends: true, Autocomplete: "new-password"},
	}
}

func (q *request) digestFields(v settings.Values) []field {
	d := v.Digests
	hours, days := make([]string, 24), []string{"1", "2", "3", "4", "5", "6", "0"}
	for i := range hours {
		hours[i] = strconv.Itoa(i)
	}
	return []field{
		{Name: "rhythm", Label: q.t("settings.rhythm"), Hint: q.t("settings.rhythm_hint"), Options: options(string(d.Rhythm), rhythms(), q.rhythm)},
		{Name: "hour", Label: q.t("settings.hour"), Hint: q.t("settings.hour_hint", "Zone", v.Zone().String()), Options: options(strconv.Itoa(d.Hour), hours, func(h string) string {
			n, _ := strconv.Atoi(h)
			return q.locale.Code(time.Date(2000, 1, 1, n, 0, 0, 0, time.UTC).Format("15:04"))
		})},
		{Name: "day", Label: q.t("settings.day"), Options: options(strconv.Itoa(int(d.Day)), days, q.weekday)},
	}
}

func rhythms() []string {
	all := make([]string, len(settings.Rhythms))
	for i, r := range settings.Rhythms {
		all[i] = string(r)
	}
	return all
}

// rhythm says how often.
func (q *request) rhythm(r string) string {
	return map[string]string{string(settings.Daily): q.t("rhythm.daily"), string(settings.Weekly): q.t("rhythm.weekly"), string(settings.Never): q.t("rhythm.never")}[r]
}

// into puts what was typed into a text; what the form did not ask stays.
func (q *request) into(to *string, name string) {
	if said, has := typed(q)(name); has {
		*to = said
	}
}

func (q *request) typedNode(n settings.Node) settings.Node {
	q.into(&n.Name, "name")
	q.into(&n.Operator, "operator")
	q.into(&n.Contact, "contact")
	q.into(&n.Address, "address")
	q.into(&n.Language, "language")
	q.into(&n.Zone, "zone")
	q.into(&n.Licence, "licence")
	q.into(&n.SecurityContact, "security_contact")
	return n
}

func (q *request) typedMail(m settings.Mail) settings.Mail {
	way, security := string(m.Way), string(m.Security)
	q.into(&way, "way")
	q.into(&m.Sender, "sender")
	q.into(&m.Host, "host")
	q.into(&security, "security")
	q.into(&m.User, "user")
	m.Way, m.Security = settings.Way(way), mail.Security(security)
	m.Port = q.typedNumber("port", m.Port)
	return m
}

func (q *request) typedDigests(d settings.Digests) settings.Digests {
	rhythm := string(d.Rhythm)
	q.into(&rhythm, "rhythm")
	d.Rhythm, d.Hour, d.Day = settings.Rhythm(rhythm), q.typedNumber("hour", d.Hour), time.Weekday(q.typedNumber("day", int(d.Day)))
	return d
}

// typedNumber reads a whole number; what is none becomes one that no setting may have.
func (q *request) typedNumber(name string, kept int) int {
	said, has := typed(q)(name)
	if !has {
		return kept
	}
	n, err := strconv.Atoi(strings.TrimSpace(said))
	if err != nil {
		return -1
	}
	return n
}
