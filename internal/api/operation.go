package api

import (
	"cmp"
	"context"
	"io"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/cityrights/cityrights/internal/account"
)

// operation is one address of the API with its method and the permission it needs. An operation without one does not exist: operations_test.go walks
// them all.
type operation struct {
	id, path string
	may      permission
	summary  string
	register func(*Server, huma.API, operation)
	method   string // empty: GET
	about    string // further words on what it does
}

// permission is what a reader needs.
type permission struct {
	kind string       // public, either or token
	verb account.Verb // of token: in the city that the address names
}

var (
	public = permission{kind: "public"} // for everybody, and the same for all
	// either is for everybody too, and gives those who come by a token what they may see beyond.
	either = permission{kind: "either"}
)

// byToken is for whoever may do verb in the city that the address names, by a token that is made for it.
func byToken(verb account.Verb) permission { return permission{kind: "token", verb: verb} }

// served tells whether the door knows how to keep to a permission. What asks for another is not served.
func (p permission) served() bool {
	return p == public || p == either || p.kind == "token" && p.verb != ""
}

// output is what huma sends; its body makes the schema.
type output[Body any] struct{ Body Body }

// gives makes an operation that answers with JSON of the type Body.
func gives[Input, Body any](id, path string, may permission, summary string, ask func(*Server, context.Context, *Input) (Body, error)) operation {
	return operation{id: id, path: path, may: may, summary: summary, register: func(s *Server, to huma.API, o operation) {
		huma.Register(to, s.described(o), func(ctx context.Context, in *Input) (*output[Body], error) {
			body, err := ask(s, ctx, in)
			if err != nil {
				return nil, s.problem(o.id, err)
			}
			return &output[Body]{body}, nil
		})
	}}
}

// tableOutput is a table as it is sent.
type tableOutput struct {
	Kind string `header:"Content-Type"`
	Body []byte
}

// tabled makes an operation that answers with a table. ask gives what writes it.
func tabled[Input any](id, path string, may permission, summary string, ask func(*Server, context.Context, *Input) (func(io.Writer) error, error)) operation {
	return operation{id: id, path: path + table, may: may, summary: summary, register: func(s *Server, to huma.API, o operation) {
		d := s.described(o)
		d.Description = "With ?format=xlsx behind the address, the same table as an Excel workbook."
		d.Responses = map[string]*huma.Response{"200": {Description: "A table (RFC 4180, UTF-8) with a header", Content: map[string]*huma.MediaType{
			"text/csv": {Schema: &huma.Schema{Type: huma.TypeString}},
		}}}
		huma.Register(to, d, func(ctx context.Context, in *Input) (*tableOutput, error) {
			write, err := ask(s, ctx, in)
			var made answer
			if err == nil {
				err = write(&made)
			}
			if err != nil {
				return nil, s.problem(o.id, err)
			}
			return &tableOutput{"text/csv; charset=utf-8", made.body.Bytes()}, nil
		})
	}}
}

// takes makes of an operation one that is sent something.
func (o operation) takes(about string) operation {
	o.method, o.about = http.MethodPost, about
	return o
}

// verb is the method of an operation.
func (o operation) verb() string { return cmp.Or(o.method, http.MethodGet) }

// described is an operation as OpenAPI describes it.
func (s *Server) described(o operation) huma.Operation {
	d := huma.Operation{
		OperationID: o.id, Method: o.verb(), Path: o.path, Summary: o.summary, Description: o.about, Middlewares: o.may.asks(s, o.id),
		Errors: []int{http.StatusNotFound, http.StatusTooManyRequests, http.StatusServiceUnavailable},
	}
	if o.may != public {
		d.Errors = append(d.Errors, http.StatusUnauthorized)
		d.Security = []map[string][]string{{signing: {}}}
	}
	switch o.may.kind {
	case "either":
		d.Security = append([]map[string][]string{{}}, d.Security...)
	case "token":
		d.Errors = append(d.Errors, http.StatusForbidden)
	}
	if o.method == http.MethodPost {
		d.MaxBodyBytes, d.BodyReadTimeout = longestTable, -1 // the server's own time counts
		d.Errors = append(d.Errors, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType)
	}
	return d
}
