package settings

import (
	"time"

	"github.com/cityrights/cityrights/internal/platform/mail"
)

// Node is what every page says about the installation.
type Node struct {
	Name            string `json:"name"`             // of the network or city that runs it
	Operator        string `json:"operator"`         // who is answerable for it
	Contact         string `json:"contact"`          // address or page at which they are reached
	Address         string `json:"address"`          // at which people reach the node, as https://rights.city.example, without a slash at the end
	Language        string `json:"language"`         // BCP 47, of readers whose browser asks for none that there is
	Zone            string `json:"zone"`             // IANA time zone, by which days begin
	SecurityContact string `json:"security_contact"` // to report a vulnerability to, as mailto:… or https://… (RFC 9116)
	Licence         string `json:"licence"`          // SPDX id, of what the node publishes; empty: nobody has said
}

// Way is how letters leave the node.
type Way string

// The ways. A new node sends none.
const (
	Off    Way = "off"
	ByFile Way = "folder" // written into a folder, for trying out
	BySMTP Way = "smtp"
)

// Ways lists them in the order in which they are offered.
var Ways = []Way{Off, BySMTP, ByFile}

// Mail is by what letters go.
type Mail struct {
	Way      Way           `json:"way"`
	Sender   string        `json:"sender"` // the address that letters come from
	Host     string        `json:"host"`
	Port     int           `json:"port"`
	Security mail.Security `json:"security"`
	User     string        `json:"user"` // empty: the server wants no password
	// Secret is the id of the password, which Password reads. A new id means a new password.
	Secret string `json:"secret"`
}

// On tells whether letters leave the node.
func (m Mail) On() bool { return m.Way == ByFile || m.Way == BySMTP }

// Rhythm is how often a person is told what waits for them.
type Rhythm string

const (
	Daily  Rhythm = "daily"
	Weekly Rhythm = "weekly"
	Never  Rhythm = "never"
)

// Rhythms lists them in the order in which they are offered.
var Rhythms = []Rhythm{Daily, Weekly, Never}

// Digests is when people are told what waits for them.
type Digests struct {
	Hour   int          `json:"hour"`   // 0 to 23, in the node's time zone
	Day    time.Weekday `json:"day"`    // of weekly ones
	Rhythm Rhythm       `json:"rhythm"` // of those who have not chosen
}

// Names of the sections.
const (
	SectionNode    = "node"
	SectionMail    = "mail"
	SectionDigests = "digests"
)

// Values are all settings at one moment. A section that nobody has set is at its default, with version 0.
type Values struct {
	Node     Node // with what was given at the start above it
	Kept     Node // as it was set, without what was given
	Mail     Mail
	Digests  Digests
	Versions map[string]int64 // by section
}

// Default is the name of a node that has none.
const Default = "cityrights"

func defaults() Values {
	return Values{
		Node:    Node{Name: Default, Language: "en", Zone: "UTC"},
		Mail:    Mail{Way: Off, Port: 587, Security: mail.StartTLS},
		Digests: Digests{Hour: 7, Day: time.Monday, Rhythm: Daily},
	}
}

// fields are those of n in a fixed order.
func (n *Node) fields() []*string {
	return []*string{&n.Name, &n.Operator, &n.Contact, &n.Address, &n.Language, &n.Zone, &n.SecurityContact, &n.Licence}
}

// over gives n with the fields of other that are wanted.
func (n Node) over(other Node, wanted func(i int) bool) Node {
	from := other.fields()
	for i, to := range n.fields() {
		if wanted(i) {
			*to = *from[i]
		}
	}
	return n
}

// under gives n with what was given above it.
func (n Node) under(given Node) Node {
	return n.over(given, func(i int) bool { return *given.fields()[i] != "" })
}

// besides gives n with what was given at the start as it was kept.
func (n Node) besides(given, kept Node) Node {
	return n.over(kept, func(i int) bool { return *given.fields()[i] != "" })
}
