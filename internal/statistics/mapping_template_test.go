package statistics

import (
	"strings"
	"testing"

	"github.com/cityrights/cityrights/standard"
)

func TestATemplateDecidesNothingUntilItIsFilledIn(t *testing.T) {
	std := &standard.Standard{Version: "1", Dimensions: []standard.Dimension{{ID: "LIV", Requirements: []standard.Requirement{{ID: "LIV.1", Indicators: []standard.Indicator{
		{ID: "LIV.1.O1", Title: "Without a home", Unit: "%"}, {ID: "LIV.1.O2", Title: "Evicted", Unit: "%"},
	}}}}}}
	var b strings.Builder
	if err := WriteMappingTemplate(&b, std.Dimensions); err != nil {
		t.Fatal(err)
	}
	mapping, found := ParseMapping(strings.NewReader(b.String()), "template.csv", nil)
	if len(mapping) != 0 || hasError(found) {
		t.Errorf("it decides %+v (%v)", mapping, found)
	}
	half := strings.Replace(b.String(), "LIV.1.O2,,", "LIV.1.O2,1-2-1,", 1)
	if _, found := ParseMapping(strings.NewReader(half), "template.csv", nil); !hasError(found) {
		t.Error("a row with a source and no fit passes for undecided")
	}
	noted := "standard_indicator,source_indicator,fit,note\n" + "LIV.1.O2,1-2-1,exact,Evicted\n" + "LIV.1.O1,1-2-2,exact,counted in May\n"
	if mapping, _ := ParseMapping(strings.NewReader(noted), "m.csv", std); len(mapping) != 2 || mapping[0].Note != "" || mapping[1].Note != "counted in May" {
		t.Errorf("the notes are %+v", mapping)
	}
}
