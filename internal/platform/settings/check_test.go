package settings

import "testing"

func TestAContactIsAMailboxOrAPageByHTTPS(t *testing.T) {
	for contact, want := range map[string]bool{
		"mailto:security@city.example": true, "https://city.example/security": true, "https://city.example": true,
		"security@city.example": false, "http://city.example/security": false, "mailto:nobody": false, "https:": false, "javascript:alert(1)": false,
		"mailto:a@b.example\nContact: mailto:c@d.example": false, "https://city.example/a b": false, "": false,
	} {
		if got := IsReport(contact); got != want {
			t.Errorf("%q: %v", contact, got)
		}
	}
}
