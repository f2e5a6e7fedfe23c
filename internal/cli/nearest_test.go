package cli

import "testing"

func TestTheNearestCityIsTheOneThatWasMeant(t *testing.T) {
	known := []string{"bath", "bristol", "aldea", "new-york"}
	for written, want := range map[string]string{
		"bristl": "bristol", "brsitol": "bristol", "Bristol": "bristol", "newyork": "new-york", "bat": "bath", "nowhere": "", "": "", "x": "", "paris": "",
	} {
		if got := nearest(written, known); got != want {
			t.Errorf("%q suggests %q, want %q", written, got, want)
		}
	}
}

func TestWhatIsCountedIsOneOrSeveral(t *testing.T) {
	for n, want := range map[int]string{0: "0 files", 1: "1 file", 2: "2 files"} {
		if got := counting(n, "file"); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
