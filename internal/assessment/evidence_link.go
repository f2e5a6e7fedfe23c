package assessment

import (
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/cityrights/cityrights/internal/platform/fault"
)

// longestLink is how many bytes a link may have: what every browser takes.
const longestLink = 2000

// privateNames are the ends of names that lead nowhere but into somebody's own network (RFC 6761, 6762, 8375; ICANN 2024-07-29 on internal).
var privateNames = []string{"localhost", "local", "internal", "intranet", "lan", "home", "corp", "private", "home.arpa", "localdomain", "test", "invalid", "onion"}

// CheckLink gives a link in the form in which it is kept. The node never follows it: what is shown of the page are the title and the date that
// a person typed. So only the words are looked at, and whether everybody could follow them.
//
// Returns Invalid of the field url where the link is empty or longer than 2,000 bytes, leads by another way than http or https, carries a
// name or a password, or leads to a place in a private network, as machines and browsers read it (WHATWG URL, 3.5: also 2130706433 and 127.1).
func CheckLink(text string) (string, error) {
	text = strings.TrimSpace(text)
	switch {
	case text == "":
		return "", fault.SaidOf("url", "error.link.needed", "give the address of the page, as in https://city.example/plan")
	case len(text) > longestLink:
		return "", fault.SaidOf("url", "error.link.long", "this address is longer than {Most} characters; look for a shorter one", "Most", longestLink)
	case strings.ContainsFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)
	}):
		return "", fault.SaidOf("url", "error.link.spaces", "this address holds spaces or signs that cannot be seen; copy it once more")
	}
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Opaque != "" || u.Hostname() == "" {
		return "", fault.SaidOf("url", "error.link.form", `"{Link}" is no address of a web page; it begins with https:// or http://`, "Link", shortened(text))
	}
	if u.User != nil {
		return "", fault.SaidOf("url", "error.link.password", "this address carries a name or a password before the @; give one that everybody may follow")
	}
	if port := u.Port(); port != "" || strings.HasSuffix(u.Host, ":") {
		if n, err := strconv.Atoi(port); err != nil || n < 1 || n > 65535 {
			return "", fault.SaidOf("url", "error.link.form", `"{Link}" is no address of a web page; it begins with https:// or http://`, "Link", shortened(text))
		}
	}
	if !reachable(u.Hostname()) {
		return "", fault.SaidOf("url", "error.link.private",
			`"{Host}" is a place in a private network, which others cannot reach; give a public address, or send the document as a file`, "Host", shortened(u.Hostname()))
	}
	return text, nil
}

// shortened is a text in the length of a message.
func shortened(text string) string {
	if runes := []rune(text); len(runes) > 80 {
		return string(runes[:80]) + "…"
	}
	return text
}

// reachable tells whether a host may be reached from everywhere, as far as its name tells.
func reachable(host string) bool {
	host = strings.ToLower(norm.NFKC.String(strings.ReplaceAll(host, "。", ".")))
	if strings.Contains(host, ":") {
		address, err := netip.ParseAddr(host)
		return err == nil && address.Zone() == "" && public(address)
	}
	labels := strings.Split(strings.TrimSuffix(host, "."), ".")
	if slices.Contains(labels, "") {
		return false
	}
	if number(labels[len(labels)-1]) {
		address, err := netip.ParseAddr(strings.Join(labels, "."))
		return err == nil && public(address) // other forms of numbers are written to hide what they are
	}
	return len(labels) > 1 && !slices.ContainsFunc(privateNames, func(end string) bool { return strings.HasSuffix("."+strings.Join(labels, "."), "."+end) })
}

// number tells whether a browser takes a name that ends in this label for an address in numbers (WHATWG URL, ends in a number checker).
func number(label string) bool {
	if strings.Trim(label, "0123456789") == "" {
		return true
	}
	_, err := strconv.ParseUint(label, 0, 64)
	return err == nil && strings.HasPrefix(label, "0x") || label == "0x"
}

// blocks are networks that are not public beside those that netip knows (IANA special-purpose address registries).
var blocks = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("192.0.0.0/24"), netip.MustParsePrefix("192.0.2.0/24"),
	netip.MustParsePrefix("198.18.0.0/15"), netip.MustParsePrefix("198.51.100.0/24"), netip.MustParsePrefix("203.0.113.0/24"), netip.MustParsePrefix("240.0.0.0/4"),
	netip.MustParsePrefix("64:ff9b::/96"), netip.MustParsePrefix("64:ff9b:1::/48"), netip.MustParsePrefix("2002::/16"), netip.MustParsePrefix("2001::/23"),
	netip.MustParsePrefix("2001:db8::/32"), netip.MustParsePrefix("fec0::/10"), netip.MustParsePrefix("100::/64"),
}

// public tells whether an address is one of the open internet. Addresses of version 4 within version 6 are looked at as what they are.
func public(address netip.Addr) bool {
	address = address.Unmap()
	return address.IsGlobalUnicast() && !address.IsPrivate() && !slices.ContainsFunc(blocks, func(p netip.Prefix) bool { return p.Contains(address) })
}
