package publication

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cityrights/cityrights/internal/platform/jsonread"
	"github.com/cityrights/cityrights/measure/scorecard"
)

// fill gives every field below v a value that is not its zero, each another one.
func fill(v reflect.Value, n *int) {
	*n++
	switch v.Kind() {
	case reflect.Pointer:
		if v.Type() == reflect.TypeFor[*scorecard.Number]() {
			v.Set(reflect.ValueOf(scorecard.Numeric(float64(*n))))
			return
		}
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), n)
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), n)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(v.Index(0), n)
		fill(v.Index(1), n)
	case reflect.Map:
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		fill(key, n)
		fill(value, n)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(key, value)
	case reflect.String:
		v.SetString("ä\n\"" + string(rune('a'+*n%26)))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Float64:
		v.SetFloat(float64(*n) + 0.5)
	default:
		v.SetInt(int64(*n))
	}
}

// readAlike holds that a document, full and empty, is read as encoding/json reads it.
func readAlike[T any](t *testing.T, read func(*jsonread.Reader, *T)) {
	t.Helper()
	var full, empty T
	n := 0
	fill(reflect.ValueOf(&full).Elem(), &n)
	for _, document := range []T{full, empty} {
		text, err := json.Marshal(document)
		if err != nil {
			t.Fatal(err)
		}
		var want T
		if err := json.Unmarshal(text, &want); err != nil {
			t.Fatal(err)
		}
		got, err := decoded(string(text), read)
		if err != nil {
			t.Errorf("%T: %v", full, err)
		}
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(packedSeries{}, packedPeriod{}, packedPoints{}, packedGroup{})); diff != "" {
			t.Errorf("%T is read otherwise than by encoding/json:\n%s", full, diff)
		}
		if _, err := decoded(string(text[:len(text)-1]), read); err == nil {
			t.Errorf("%T that is cut off is read", full)
		}
	}
}

func TestDocumentsAreReadAsEncodingJSONReadsThem(t *testing.T) {
	readAlike(t, readCity)
	readAlike(t, readEntry)
	readAlike(t, readRequirement)
	readAlike(t, readOutline)
	readAlike(t, readPackedSeries)
}

func TestAFigureOfYesOrNoIsRead(t *testing.T) {
	for text, want := range map[string]*scorecard.Number{`{"value":true}`: scorecard.YesNo(true), `{"value":false}`: scorecard.YesNo(false), `{"value":null}`: nil} {
		got, err := decoded(text, readFigure)
		if err != nil || !cmp.Equal(got.Value, want) {
			t.Errorf("%s is read as %v, %v", text, got.Value, err)
		}
	}
}
