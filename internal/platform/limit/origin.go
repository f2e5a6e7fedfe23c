package limit

import (
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// Proxies are the networks of the proxies in front of the node, whose word on where a request comes from is taken. Nil: those of this machine.
type Proxies []netip.Prefix

// ThisMachine is where a proxy usually runs.
var ThisMachine = Proxies{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}

// longestChain is how many entries of X-Forwarded-For are looked at.
const longestChain = 32

// ParseProxies reads networks, as 10.0.0.0/8, and single addresses, parted by commas. An empty text is ThisMachine.
func ParseProxies(text string) (Proxies, error) {
	if strings.TrimSpace(text) == "" {
		return ThisMachine, nil
	}
	var all Proxies
	for one := range strings.SplitSeq(text, ",") {
		one = strings.TrimSpace(one)
		network, err := netip.ParsePrefix(one)
		if err != nil {
			address, wrong := netip.ParseAddr(one)
			if wrong != nil {
				return nil, err
			}
			network = netip.PrefixFrom(address, address.BitLen())
		}
		all = append(all, network.Masked())
	}
	return all, nil
}

func (p Proxies) has(address netip.Addr) bool {
	if p == nil {
		p = ThisMachine
	}
	return slices.ContainsFunc(p, func(network netip.Prefix) bool { return network.Contains(address.Unmap()) })
}

// Origin gives the address from which a request comes. Where a proxy of ours brought it, that is the last entry of X-Forwarded-For that no
// proxy of ours has: what stands before it anybody may have written. The address is invalid where nothing that can be trusted tells it.
func (p Proxies) Origin(r *http.Request) netip.Addr {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	from := peer.Addr().Unmap()
	chain := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	chain = chain[max(0, len(chain)-longestChain):]
	for i := len(chain) - 1; i >= 0 && p.has(from); i-- {
		entry := strings.TrimSpace(chain[i])
		if entry == "" {
			break
		}
		next, err := parseEntry(entry)
		if err != nil {
			return netip.Addr{} // our proxy does not write that: whoever did shall not choose whose bucket is emptied
		}
		from = next
	}
	return from
}

// parseEntry reads an address with or without a port, which some proxies write.
func parseEntry(entry string) (netip.Addr, error) {
	address, err := netip.ParseAddr(strings.Trim(entry, "[]"))
	if err == nil {
		return address.Unmap(), nil
	}
	with, err := netip.ParseAddrPort(entry)
	return with.Addr().Unmap(), err
}
