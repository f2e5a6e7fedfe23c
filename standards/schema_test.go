package standards_test

import (
	"bytes"
	"io/fs"
	"math"
	"os"
	"path"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"

	"github.com/cityrights/cityrights/standards"
)

// schema compiles schema/NAME.json.
func schema(t testing.TB, name string) *jsonschema.Schema {
	t.Helper()
	data, err := standards.Files.ReadFile("schema/" + name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource(name+".json", document); err != nil {
		t.Fatal(err)
	}
	compiled, err := compiler.Compile(name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	return compiled
}

// schemaOf names the schema of a file by its place in a standard's folder.
func schemaOf(file string) string {
	switch {
	case path.Base(file) == "standard.yaml":
		return "standard"
	case path.Base(path.Dir(file)) == "dimensions":
		return "dimension"
	case path.Base(path.Dir(file)) == "translations":
		return "translation"
	case path.Base(path.Dir(path.Dir(file))) == "translations":
		return "detail"
	}
	return "local"
}

// asJSON gives a YAML text as the values that JSON would have; days stay texts, as in YAML 1.2.
func asJSON(t testing.TB, text []byte) any {
	t.Helper()
	var root yaml.Node
	if err := yaml.Unmarshal(text, &root); err != nil {
		t.Fatal(err)
	}
	return jsonValue(t, root.Content[0])
}

func jsonValue(t testing.TB, n *yaml.Node) any {
	switch n.Kind {
	case yaml.MappingNode:
		object := map[string]any{}
		for i := 0; i < len(n.Content); i += 2 {
			object[n.Content[i].Value] = jsonValue(t, n.Content[i+1])
		}
		return object
	case yaml.SequenceNode:
		list := []any{}
		for _, item := range n.Content {
			list = append(list, jsonValue(t, item))
		}
		return list
	}
	switch n.Tag {
	case "!!bool":
		return n.Value == "true"
	case "!!null":
		return nil
	case "!!int", "!!float":
		v, err := strconv.ParseFloat(n.Value, 64)
		if err != nil || math.IsInf(v, 0) {
			t.Fatalf("line %d: %q is no JSON number", n.Line, n.Value)
		}
		return v
	}
	return n.Value
}

func TestEveryShippedFileKeepsItsSchema(t *testing.T) {
	seen := 0
	err := fs.WalkDir(standards.Files, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || path.Ext(name) != ".yaml" {
			return err
		}
		seen++
		data, err := standards.Files.ReadFile(name)
		if err != nil {
			return err
		}
		if err := schema(t, schemaOf(name)).Validate(asJSON(t, data)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		return nil
	})
	if err != nil || seen < 11 {
		t.Errorf("%d files seen, %v", seen, err)
	}
}

// TestSchemasRefuseBrokenFiles breaks the small standard of package standard, which is valid as it stands.
func TestSchemasRefuseBrokenFiles(t *testing.T) {
	const (
		head  = "mini/1.0/standard.yaml"
		hom   = "mini/1.0/dimensions/HOM.yaml"
		fr    = "mini/1.0/translations/fr.yaml"
		long  = "mini/1.0/translations/fr/HOM.yaml"
		local = "local/bristol.yaml"
	)
	files := os.DirFS("../standard/testdata")
	for _, name := range []string{head, hom, "mini/1.0/dimensions/AIR.yaml", fr, "mini/1.0/translations/de.yaml", long, local} {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			t.Fatal(err)
		}
		if err := schema(t, schemaOf(name)).Validate(asJSON(t, data)); err != nil {
			t.Errorf("%s is valid and refused: %v", name, err)
		}
	}
	for _, c := range []struct{ name, file, old, new string }{
		{"an unknown key of the standard", head, "title:", "titel:"},
		{"a version that is a number", head, `"1.0"`, "1.0"},
		{"a version of one part", head, `"1.0"`, `"1"`},
		{"an unknown status", head, "status: released", "status: final"},
		{"a date in words", head, "2026-11-23", "November"},
		{"a dimension twice", head, "[HOM, AIR]", "[HOM, HOM]"},
		{"a dimension that leaves the folder", head, "[HOM, AIR]", "[HOM, ../AIR]"},
		{"a kind that is not of OHCHR", head, "{S: structure", "{X: structure"},
		{"four grades", head, ", 4: beyond the minimum", ""},
		{"a profile without a depth", head, ", indicators: decisive}\n  full", "}\n  full"},
		{"no full profile", head, "  full:", "  most:"},
		{"a core profile of a selection", head, "requirements: all, indicators: decisive", "requirements: [HOM.1], indicators: decisive"},
		{"a starter of one", head, "  homes:", "  starter:"},
		{"a requirement without a reason", hom, "    why: A life begins with a door of one's own.\n", ""},
		{"an unknown key of a requirement", hom, "    why:", "    wy:"},
		{"a requirement's id with a zero", hom, "id: HOM.2\n", "id: HOM.02\n"},
		{"a minimum without a full stop", hom, "everyone without one.", "everyone without one"},
		{"a question without a mark", hom, "find you a bed?", "find you a bed."},
		{"a link without a colon", hom, `"RESC:31"]`, `"RESC 31"]`},
		{"an unknown check", hom, "check: known", "check: sure"},
		{"services that are no list", hom, "services: [housing]", "services: housing"},
		{"a sixth grade", hom, "      4: No one", "      5: More.\n      4: No one"},
		{"no decisive indicator", hom, "        decisive: true\n", ""},
		{"an indicator's kind", hom, "id: HOM.1.P1", "id: HOM.1.X1"},
		{"a local indicator", hom, "id: HOM.1.P1", "id: L.HOM.1.P1"},
		{"yes or no with a unit", hom, "value: bool", "value: bool\n        unit: yes"},
		{"yes or no that should be high", hom, `good: "yes"`, "good: up"},
		{"yes or no with a minimum", hom, `good: "yes"`, "good: \"yes\"\n        minimum: {value: 1, source: x, check: known}"},
		{"a figure without a unit", hom, "        unit: per 100,000 inhabitants\n", ""},
		{"a figure that should be yes", hom, "good: down", `good: "yes"`},
		{"a share in persons", hom, `unit: "%"`, "unit: persons"},
		{"a share above 100", hom, "value: 95", "value: 950"},
		{"a minimum without a source", hom, `source: "this standard, HOM.1", `, ""},
		{"a minimum without a direction", hom, "good: up", "good: none"},
		{"parity of a rate", hom, "good: down", "good: parity"},
		{"parity above 1", hom, "value: 0.8", "value: 1.2"},
		{"an SDG target instead of an indicator", hom, `"11.1.1"`, `"11.1"`},
		{"a translation's status", fr, "status: draft", "status: good"},
		{"a translation's unknown key", fr, "{title: L'air", "{titre: L'air"},
		{"reviewed by nobody", fr, "status: draft", "status: reviewed"},
		{"a translation's empty text", fr, "AIR: Air", `AIR: ""`},
		{"longer texts of no dimension", long, "dimension: HOM\n", ""},
		{"longer texts with a status", long, "dimension: HOM\n", "dimension: HOM\nstatus: draft\n"},
		{"longer texts with a title", long, "    why:", "    title: Oui\n    why:"},
		{"a translated ladder of four", long, "      4: Personne n'a dormi dehors depuis un an.\n", ""},
		{"a translated question without a mark", long, "vigueur ?", "vigueur"},
		{"an indicator's translated title", long, "    question: Un", "    title: Oui\n    question: Un"},
		{"a local indicator without L", local, "id: L.HOM.1.O1", "id: HOM.1.O1"},
		{"a local indicator with a minimum", local, "good: down", "good: down\n    minimum: {value: 1, source: ours, check: known}"},
		{"a decisive local indicator", local, "good: down", "good: down\n    decisive: true"},
		{"additions to no version", local, "mini@1.0", "mini"},
	} {
		t.Run(c.name, func(t *testing.T) {
			data, err := fs.ReadFile(files, c.file)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(string(data), c.old) {
				t.Fatalf("%s has no %q", c.file, c.old)
			}
			broken := strings.Replace(string(data), c.old, c.new, 1)
			if err := schema(t, schemaOf(c.file)).Validate(asJSON(t, []byte(broken))); err == nil {
				t.Error("the broken file is accepted")
			}
		})
	}
}
