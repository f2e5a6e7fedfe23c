package api

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/cityrights/cityrights/measure/scorecard"
)

// examples are what the operations answer of the invented city of the demo, named by operation; lists in them are cut to their first item,
// tables to their first rows. A test of the whole program asks the same of a node and compares.
//
//go:embed examples
var examples embed.FS

// signing is the name of the only way to say who one is, spelling the form of what is said.
const (
	signing  = "token"
	spelling = "crt_[A-Z2-7]{33}"
)

const aboutSigning = "A token that a person has made for themselves at /{lang}/desk/tokens. It may do what it is made for, and never more than the person."

const about = "All that is public on this node, as data: cities, assessments, answers, statistics with their sources, and the standard. " +
	"Reading it needs no key and sets no cookie; what is not public, and sending statistics, needs a token. Fields are added over time; skip what you do not know. " +
	"Statistics stand under the licence of their source, which each series names; the texts of the standard under the licence that it names."

// describe registers operations and gives the OpenAPI document that describes them. Nothing in it depends on the node, so the error is the
// program's: an example that is no JSON.
func (s *Server) describe(routes *routes, all []operation) (*huma.OpenAPI, error) {
	registry := huma.NewMapRegistry("#/components/schemas/", schemaName)
	registry.RegisterTypeAlias(reflect.TypeFor[scorecard.Number](), reflect.TypeFor[number]())
	config := huma.Config{
		OpenAPI: &huma.OpenAPI{
			OpenAPI: "3.1.0", Info: &huma.Info{Title: "cityrights", Version: "1", Description: about},
			Components: &huma.Components{Schemas: registry, SecuritySchemes: map[string]*huma.SecurityScheme{signing: {
				Type: "http", Scheme: "bearer", BearerFormat: spelling, Description: aboutSigning,
			}}},
			Servers:  []*huma.Server{{URL: "/", Description: "This node"}},
			Security: []map[string][]string{{}}, // none is asked for
		},
		Formats:       map[string]huma.Format{"application/json": {Marshal: writeJSON}, "json": {Marshal: writeJSON}}, // the second is that of problem+json
		DefaultFormat: "application/json",
	}
	config.AllowAdditionalPropertiesByDefault = true
	to := humago.New(routes, config)
	s.huma = to
	for _, o := range all {
		if !o.may.served() {
			continue // nobody knows who may
		}
		o.register(s, to, o)
		item := to.OpenAPI().Paths[o.path]
		described := item.Get
		if o.verb() == http.MethodPost {
			described = item.Post
		}
		if err := explain(described); err != nil {
			return nil, err
		}
	}
	for _, schema := range registry.Map() {
		neverNull(schema)
	}
	return to.OpenAPI(), nil
}

// explain adds to an operation what is the same for all: an example, and where it is read the entity tag.
func explain(o *huma.Operation) error {
	if o.Method == http.MethodGet {
		tagged(o)
	} else if err := explainBody(o); err != nil {
		return err
	}
	for kind, media := range o.Responses["200"].Content {
		if err := exemplify(media, o.OperationID+extension(kind), kind); err != nil {
			return err
		}
	}
	return nil
}

// tagged says of the entity tag.
func tagged(o *huma.Operation) {
	o.Parameters = append(o.Parameters, &huma.Param{Name: "If-None-Match", In: "header", Schema: &huma.Schema{Type: huma.TypeString},
		Description: "The ETag of an answer that the reader has already."})
	ok := o.Responses["200"]
	ok.Headers = map[string]*huma.Param{"ETag": {Schema: &huma.Schema{Type: huma.TypeString}, Description: "Stays as long as the answer does."}}
	o.Responses["304"] = &huma.Response{Description: "Not Modified: the answer is the one that the reader has"}
}

// explainBody shows what is sent.
func explainBody(o *huma.Operation) error {
	for kind, media := range o.RequestBody.Content {
		if err := exemplify(media, o.OperationID+"-body"+extension(kind), kind); err != nil {
			return err
		}
	}
	return nil
}

// exemplify puts an example beside the description of a body, where there is one; a test asks for it.
func exemplify(media *huma.MediaType, name, kind string) error {
	text, err := examples.ReadFile("examples/" + name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return err
	case kind == "text/csv":
		media.Example = string(text)
	case !json.Valid(text):
		return fmt.Errorf("the example %s is no JSON", name)
	default:
		media.Example = json.RawMessage(text)
	}
	return nil
}

func extension(kind string) string {
	if kind == "text/csv" {
		return ".csv"
	}
	return ".json"
}

// writeJSON writes a body on one line; a scorecard as the command score --format json prints it.
func writeJSON(w io.Writer, body any) error {
	if card, ok := body.(scorecard.Scorecard); ok {
		return scorecard.WriteJSON(w, card)
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(body)
}

// schemaName names a type in the document; those of the scorecard have a name in front, since some are called as ours are.
func schemaName(t reflect.Type, hint string) string {
	name := huma.DefaultSchemaNamer(t, hint)
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case name == "ErrorModel":
		return "Problem"
	case t.PkgPath() == reflect.TypeFor[scorecard.Scorecard]().PkgPath() && !strings.HasPrefix(name, "Scorecard"):
		return "Scorecard" + name
	}
	return name
}

// number stands for scorecard.Number, whose JSON its Go type does not show.
type number struct{}

// Schema is a number, yes or no, or null.
func (number) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Description: "A number, or whether it is so; null where nothing is known.",
		AnyOf: []*huma.Schema{{Type: huma.TypeNumber}, {Type: huma.TypeBoolean}, {Type: "null"}}}
}

// neverNull says of lists that they are empty rather than null, which the Go types do not show.
func neverNull(schema *huma.Schema) {
	if schema == nil {
		return
	}
	if schema.Type == huma.TypeArray {
		schema.Nullable = false
	}
	neverNull(schema.Items)
	for _, property := range schema.Properties {
		neverNull(property)
	}
	if values, ok := schema.AdditionalProperties.(*huma.Schema); ok {
		neverNull(values)
	}
}
