package assessment_test

import (
	"strings"
	"testing"

	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/platform/fault"
)

func TestALinkThatEverybodyMayFollowIsKept(t *testing.T) {
	for _, link := range []string{
		"https://city.example/plan", "http://city.example", "https://city.example:8443/a?b=c#d", "https://städte.example/wörter", "https://xn--stdte-gra.example/",
		"https://93.184.216.34/plan.pdf", "https://[2606:2800:220:1:248:1893:25c8:1946]/", "HTTPS://City.Example/Plan", "https://local.example/", "https://internal-affairs.example/",
		"https://en.wikipedia.org/wiki/Localhost", "https://city.example/.local", "https://0x.example/", "https://4chan.example",
	} {
		if got, err := assessment.CheckLink("  " + link + "\n"); err != nil || got != link {
			t.Errorf("%s: %q, %v", link, got, err)
		}
	}
}

func TestALinkIsRefusedWithWhatIsWrong(t *testing.T) {
	for link, want := range map[string]string{
		"":                              "give the address",
		"   ":                           "give the address",
		"city.example/plan":             "begins with https://",
		"ftp://city.example/plan":       "begins with https://",
		"javascript:alert(1)":           "begins with https://",
		"data:text/html,x":              "begins with https://",
		"file:///etc/passwd":            "begins with https://",
		"https:///plan":                 "begins with https://",
		"https://":                      "begins with https://",
		"https:city.example":            "begins with https://",
		"https://city.example:0/":       "begins with https://",
		"https://city.example:70000/":   "begins with https://",
		"https://city.example:/":        "begins with https://",
		"https://city example/":         "spaces",
		"https://city.example/a b":      "spaces",
		"https://city.example/\u202ea":  "spaces",
		"https://city.example/\x00":     "spaces",
		"https://ana:secret@x.example/": "password",
		"https://ana@city.example/":     "password",
		"https://city.example/" + strings.Repeat("a", 2000): "longer than",

		"http://localhost/":                   "private network",
		"http://LOCALHOST:8080/":              "private network",
		"http://wiki.localhost/":              "private network",
		"http://localhost./":                  "private network",
		"http://intranet/":                    "private network",
		"http://printer.local/":               "private network",
		"http://files.internal/":              "private network",
		"http://metadata.google.internal/":    "private network",
		"http://nas.lan/":                     "private network",
		"http://router.home.arpa/":            "private network",
		"http://city..example/":               "private network",
		"http://127.0.0.1/":                   "private network",
		"http://127.1/":                       "private network",
		"http://2130706433/":                  "private network",
		"http://0x7f000001/":                  "private network",
		"http://0x7f.1/":                      "private network",
		"http://0177.0.0.1/":                  "private network",
		"http://1.0x/":                        "private network",
		"http://１２７.０.０.１/":                   "private network",
		"http://127。0。0。1/":                   "private network",
		"http://ⓛocalhost/":                   "private network",
		"http://0.0.0.0/":                     "private network",
		"http://10.1.2.3/":                    "private network",
		"http://172.16.0.1/":                  "private network",
		"http://192.168.0.1:3000/":            "private network",
		"http://169.254.169.254/latest/":      "private network",
		"http://100.64.0.1/":                  "private network",
		"http://192.0.2.7/":                   "private network",
		"http://224.0.0.1/":                   "private network",
		"http://255.255.255.255/":             "private network",
		"http://256.1.1.1/":                   "private network",
		"http://[::1]/":                       "private network",
		"http://[::]/":                        "private network",
		"http://[fe80::1]/":                   "private network",
		"http://[fe80::1%25eth0]/":            "private network",
		"http://[fd00:ec2::254]/":             "private network",
		"http://[fec0::1]/":                   "private network",
		"http://[ff02::1]/":                   "private network",
		"http://[::ffff:127.0.0.1]/":          "private network",
		"http://[::ffff:10.0.0.1]/":           "private network",
		"http://[64:ff9b::7f00:1]/":           "private network",
		"http://[2002:7f00:1::]/":             "private network",
		"http://[2001:db8::1]/":               "private network",
		"http://hidden.onion/":                "private network",
		"http://city.test/":                   "private network",
		"http://169.254.169.254.:80/metadata": "private network",
	} {
		_, err := assessment.CheckLink(link)
		if fault.KindOf(err) != fault.Invalid || !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), "url: ") {
			t.Errorf("%q: %v, want %q", link, err, want)
		}
	}
}

func FuzzCheckLink(f *testing.F) {
	for _, link := range []string{"https://city.example/plan", "http://127.1", "http://[::1]:80/", "https://a@b", "http://１.1"} {
		f.Add(link)
	}
	f.Fuzz(func(t *testing.T, link string) {
		kept, err := assessment.CheckLink(link)
		if err != nil {
			if fault.KindOf(err) != fault.Invalid {
				t.Fatalf("%q: %v", link, err)
			}
			return
		}
		if again, err := assessment.CheckLink(kept); err != nil || again != kept || len(kept) > 2000 || strings.ContainsAny(kept, " \n\t\x00") {
			t.Fatalf("%q is kept as %q, and then: %v", link, kept, err)
		}
	})
}
