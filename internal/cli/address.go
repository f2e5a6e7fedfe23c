package cli

import (
	"fmt"
	"net"
	"net/netip"
	"strings"
)

// defaultListen is where a node listens that is told nothing else.
const defaultListen = "127.0.0.1:8080"

// reachable says at which address people reach the node, for a link that is printed.
type reachable struct {
	Address string `help:"Address at which people reach the node, for the link." aliases:"at" env:"CITYRIGHTS_ADDRESS" placeholder:"URL"`
	Listen  string `help:"HOST:PORT at which the node listens, for the link where no address is given." env:"CITYRIGHTS_LISTEN" placeholder:"HOST:PORT"`
}

// link gives the address of a page. Where nothing says the node's address, known is false and the one of a node that was told nothing is taken.
func (r reachable) link(page string) (link string, known bool) {
	if r.Address != "" {
		return strings.TrimRight(r.Address, "/") + page, true
	}
	if r.Listen != "" {
		return "http://" + nearby(r.Listen) + page, true
	}
	return "http://" + defaultListen + page, false
}

// invitation says where to open a one-time link, and how long it counts.
func (r reachable) invitation(purpose, within, page string) string {
	link, known := r.link(page)
	if known {
		return fmt.Sprintf("%s, open this link within %s, while the node runs:\n%s\n", purpose, within, link)
	}
	return fmt.Sprintf("%s, open this link at the address of your node within %s, while it runs. If that is not http://%s, put it in its place, or give --address:\n%s\n",
		purpose, within, defaultListen, link)
}

// nearby turns an address to listen on into one to open on the same machine: a node that listens everywhere is at 127.0.0.1.
func nearby(listen string) string {
	host, port, err := net.SplitHostPort(listen)
	if err != nil {
		return listen
	}
	if ip, err := netip.ParseAddr(host); host == "" || err == nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return net.JoinHostPort(host, port)
}
