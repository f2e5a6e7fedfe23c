package settings

import (
	"errors"
	"net/mail"
	"net/url"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // the machine may know no time zones, as a container from scratch
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/internal/platform/locale"
	letter "github.com/cityrights/cityrights/internal/platform/mail"
)

const longestLine = 120 // characters

// Licences are those that are offered, by their SPDX ids: all let everybody use and pass on what is published.
var Licences = []string{"CC0-1.0", "CC-BY-4.0", "CC-BY-SA-4.0", "ODbL-1.0", "ODC-By-1.0", "PDDL-1.0"}

// Clean gives the section as it is kept, or all that is wrong with it: one Invalid fault for each field, joined.
func (n Node) Clean() (Node, error) {
	var all []error
	n.Name, n.Operator = line(n.Name), line(n.Operator)
	if n.Name == "" || !fits(n.Name) {
		all = append(all, fault.SaidOf("name", "error.settings.name", "a name of at most {Most} characters is needed", "Most", longestLine))
	}
	if !fits(n.Operator) {
		all = append(all, fault.SaidOf("operator", "error.settings.long", "at most {Most} characters, in one line", "Most", longestLine))
	}
	n.Contact, n.SecurityContact = strings.TrimSpace(n.Contact), strings.TrimSpace(n.SecurityContact)
	if n.Contact != "" && !letter.IsAddress(n.Contact) && !isPage(n.Contact) {
		all = append(all, fault.SaidOf("contact", "error.settings.contact", "write an e-mail address, or the address of a page, as https://city.example/rights"))
	}
	if n.SecurityContact != "" && !IsReport(n.SecurityContact) {
		all = append(all, fault.SaidOf("security_contact", "error.settings.security_contact", "write mailto:security@city.example or https://city.example/security"))
	}
	n.Address = strings.TrimRight(strings.TrimSpace(n.Address), "/")
	if n.Address != "" && !isPlace(n.Address) {
		all = append(all, fault.SaidOf("address", "error.settings.address", "write the address as in https://rights.city.example, without a path"))
	}
	if !slices.Contains(locale.Shipped, n.Language) {
		all = append(all, fault.SaidOf("language", "error.settings.language", "choose one of the languages of the interface"))
	}
	n.Zone = strings.TrimSpace(n.Zone)
	if _, err := time.LoadLocation(n.Zone); err != nil || n.Zone == "" || n.Zone == "Local" {
		all = append(all, fault.SaidOf("zone", "error.settings.zone", `"{Zone}" is not a time zone; write it as in Europe/Paris`, "Zone", n.Zone))
	}
	if n.Licence != "" && !slices.Contains(Licences, n.Licence) {
		all = append(all, fault.SaidOf("licence", "error.settings.licence", "choose one of the licences"))
	}
	return n, errors.Join(all...)
}

// Clean is as Node's. fresh tells that a password comes with it.
func (m Mail) Clean() (Mail, error) {
	var all []error
	m.Sender, m.Host, m.User = strings.TrimSpace(m.Sender), strings.ToLower(strings.TrimSpace(m.Host)), strings.TrimSpace(m.User)
	if !slices.Contains(Ways, m.Way) {
		all = append(all, fault.SaidOf("way", "error.settings.way", "choose how letters leave the node"))
	}
	if m.On() && m.Sender == "" {
		all = append(all, fault.SaidOf("sender", "error.settings.sender_needed", "an address that letters come from is needed"))
	}
	if m.Sender != "" && !letter.IsAddress(m.Sender) {
		all = append(all, fault.SaidOf("sender", "error.settings.sender", `"{Address}" is not an e-mail address`, "Address", m.Sender))
	}
	if !slices.Contains(letter.Securities, m.Security) {
		all = append(all, fault.SaidOf("security", "error.settings.security", "choose how the connection is protected"))
	}
	if m.Way != BySMTP {
		return m, errors.Join(all...)
	}
	if !isHost(m.Host) {
		all = append(all, fault.SaidOf("host", "error.settings.host", "write the mail server's name, as in mail.city.example"))
	} else if m.Security == letter.Unprotected && !letter.IsLocal(m.Host) {
		all = append(all, fault.SaidOf("security", "error.settings.unprotected", "without protection letters go to a server on this machine only; choose STARTTLS or TLS"))
	}
	if m.Port < 1 || m.Port > 65535 {
		all = append(all, fault.SaidOf("port", "error.settings.port", "write a number from 1 to 65535; usual are 587 and 465"))
	}
	if !fits(m.User) {
		all = append(all, fault.SaidOf("user", "error.settings.long", "at most {Most} characters, in one line", "Most", longestLine))
	}
	return m, errors.Join(all...)
}

// Clean is as Node's.
func (d Digests) Clean() (Digests, error) {
	var all []error
	if d.Hour < 0 || d.Hour > 23 {
		all = append(all, fault.SaidOf("hour", "error.settings.hour", "write a full hour from 0 to 23"))
	}
	if d.Day < time.Sunday || d.Day > time.Saturday {
		all = append(all, fault.SaidOf("day", "error.settings.day", "choose a day of the week"))
	}
	if !slices.Contains(Rhythms, d.Rhythm) {
		all = append(all, fault.SaidOf("rhythm", "error.settings.rhythm", "choose how often"))
	}
	return d, errors.Join(all...)
}

func line(s string) string { return strings.Join(strings.Fields(norm.NFC.String(s)), " ") }

func fits(s string) bool {
	return utf8.ValidString(s) && utf8.RuneCountInString(s) <= longestLine && !strings.ContainsFunc(s, unicode.IsControl)
}

// isPage tells whether a text is the address of a page.
func isPage(text string) bool {
	address, err := url.Parse(text)
	return err == nil && (address.Scheme == "https" || address.Scheme == "http") && address.Host != "" && address.User == nil && !strings.ContainsFunc(text, unicode.IsSpace)
}

// isPlace tells whether a text is an address without a path.
func isPlace(text string) bool {
	address, err := url.Parse(text)
	return err == nil && isPage(text) && address.Path == "" && address.RawQuery == "" && address.Fragment == ""
}

// IsReport tells whether a text is one line that names a mailbox or a page (RFC 9116, 2.5.3, wants URIs, and pages by HTTPS).
func IsReport(text string) bool {
	address, err := url.Parse(text)
	if err != nil || strings.ContainsFunc(text, unicode.IsSpace) {
		return false
	}
	return address.Scheme == "https" && address.Host != "" || address.Scheme == "mailto" && strings.Contains(address.Opaque, "@")
}

// isHost tells whether a text is the name or the number of a machine.
func isHost(text string) bool {
	if text == "" || len(text) > 253 {
		return false
	}
	_, err := mail.ParseAddress("a@" + text)
	return err == nil && !strings.ContainsAny(text, "/@ ") || letter.IsLocal(text)
}
