package cli

import (
	"strings"
	"testing"
)

func TestALinkIsAtTheAddressOfTheNode(t *testing.T) {
	for _, test := range []struct {
		at    reachable
		link  string
		known bool
	}{
		{reachable{Address: "https://rights.example/"}, "https://rights.example/x", true},
		{reachable{Address: "https://rights.example", Listen: ":9000"}, "https://rights.example/x", true},
		{reachable{Listen: "127.0.0.1:8081"}, "http://127.0.0.1:8081/x", true},
		{reachable{Listen: ":8081"}, "http://127.0.0.1:8081/x", true},
		{reachable{Listen: "[::]:8081"}, "http://127.0.0.1:8081/x", true},
		{reachable{Listen: "localhost:8081"}, "http://localhost:8081/x", true},
		{reachable{}, "http://127.0.0.1:8080/x", false},
	} {
		link, known := test.at.link("/x")
		if link != test.link || known != test.known {
			t.Errorf("%+v gives %s, %v", test.at, link, known)
		}
		if said := test.at.invitation("To sign in", "a day", "/x"); strings.Contains(said, "at the address of your node") == known || !strings.HasSuffix(said, "\n"+link+"\n") {
			t.Errorf("%+v says %q", test.at, said)
		}
	}
}
