package cli

import "testing"

func TestWhatLooksLikeAnEarlierResult(t *testing.T) {
	table, blanked := lines("scores.csv"), blankedTable{lines("shelter.csv")}
	for _, c := range []struct {
		name      string
		result    resultFile
		end       string
		old, next string
		want      bool
	}{
		{"the same header", renamed{table, "mine.csv"}, ".csv", "a,b\n1,2\n", "\ufeffa,b\r\n3,4\r\n", true},
		{"another header under a name of one's own", renamed{table, "mine.csv"}, ".csv", "a,c\n1,2\n", "a,b\n3,4\n", false},
		{"the usual name and the same first column", table, ".csv", "a,c\n1,2\n", "a,b\n3,4\n", true},
		{"the usual name and another first column", table, ".csv", "c,a\n1,2\n", "a,b\n3,4\n", false},
		{"the same first name in JSON", resultJSON{}, ".json", `{ "k": 3, "x": 1}`, "{\n  \"k\": 4\n}", true},
		{"another first name in JSON", resultJSON{}, ".json", `{ "x": 1, "k": 3}`, "{\n  \"k\": 4\n}", false},
		{"text that is no JSON", resultJSON{}, ".json", "mine", "{\n  \"k\": 4\n}", false},
		{"text that is no JSON, and a list of nothing", resultJSON{}, ".json", "mine", "[]\n", false},
		{"a table with blanks", blanked, ".csv", "a,b\n1,\n", "a,b\n,2\n", true},
		{"a table in which nothing is hidden, which may be the only one", blanked, ".csv", "a,b\n1,2\n", "a,b\n,2\n", false},
		{"the same table", blanked, ".csv", "a,b\n1,2\n", "a,b\n1,2\n", true},
	} {
		if got := earlier(c.result, c.end, []byte(c.old), []byte(c.next)); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}
