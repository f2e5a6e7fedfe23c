package web

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/cityrights/cityrights/internal/statistics"
)

// measure imports figures of LIV.5.O1 into the example city.
func (s *site) measure(t *testing.T, rows string) {
	t.Helper()
	data := "indicator,title,period,value,lower_95,upper_95,unit,Sex,source,url,licence\n"
	for row := range strings.Lines(rows) {
		data += "LIV.5.O1,Unemployment," + strings.TrimSpace(row) + ",Statistics Office,https://statistics.example/u,CC0-1.0\n"
	}
	_, err := s.rooms.Statistics.Import(context.Background(), statistics.Request{
		City: "example", Format: statistics.TidyCSV, Name: "figures", Actor: "test", Reason: "new weights", Files: fstest.MapFS{"figures.csv": {Data: []byte(data)}},
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestIntervalsStandInTheChartsTheTableAndTheFile(t *testing.T) {
	s := newSite(t)
	const page = "/en/cities/example/data/LIV.5.O1"
	_, plain := s.get(t, visitor(), page)
	if !strings.Contains(plain, "No interval is known for these figures") || strings.Contains(plain, `class="interval"`) || strings.Contains(plain, "Interval from") {
		t.Error("a page without intervals shows some")
	}

	s.measure(t, "2023,8.5,8,9.25,%,\n2024,8.1,7.5,8.8,%,\n2024,9.3,8.1,10.5,%,Women\n2024,6.9,,,%,Men\n")
	_, body := s.get(t, visitor(), page)
	for _, want := range []string{
		`<path class="interval" d="`, `<line class="interval" x1="`, `<th scope="col" class="number">Interval from</th><th scope="col" class="number">to</th>`,
		`<td dir="auto">Women</td><td class="number">9.3</td><td class="number">8.1</td><td class="number">10.5</td></tr>`,
		`<td dir="auto">Men</td><td class="number">6.9</td><td class="number"></td><td class="number"></td></tr>`,
		"The source gives an interval for 3 of 4 figures.", "8.1 became 8.1 (7.5 to 8.8). new weights",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if strings.Contains(body, "No interval is known") {
		t.Error("the page says that no interval is known")
	}
	_, file := s.get(t, visitor(), page+".csv")
	for _, want := range []string{",licence,lower,upper,local,city_name,country,fictional,title,method,transform,cases,base,base_period,base_source\n", "example,LIV.5.O1,2023,,,,,8.5,%,,,exact,Statistics Office,https://statistics.example/u,CC0-1.0,8,9.25,false,Example,XA,true,", ",CC0-1.0,,,false,Example,XA,true,"} {
		if !strings.Contains(file, want) {
			t.Errorf("the file lacks %q:\n%s", want, file)
		}
	}

	if _, question := s.get(t, visitor(), "/en/cities/example/2024/LIV.5"); !strings.Contains(question, `<line class="interval" x1="`) {
		t.Error("the page of the requirement draws no interval")
	}

	s.measure(t, "2023,8.5,8,9.25,%,\n2024,8.1,7.5,8.8,%,\n2024,9.3,8.1,10.5,%,Women\n2024,6.9,6,,%,Men\n")
	if _, body = s.get(t, visitor(), page); !strings.Contains(body, "The source gives an interval for each figure.") || !strings.Contains(body, "6.9 became 6.9 (6 to …)") {
		t.Error("an interval for each figure is not said")
	}
}
