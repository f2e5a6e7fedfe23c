package api

import (
	"context"
	"io"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
)

// operation is one address of the API with the permission it needs. An operation without one does not exist: operations_test.go walks
// them all.
type operation struct {
	id, path string
	may      permission
	summary  string
	register func(*Server, huma.API, operation)
}

// permission is what a reader needs.
type permission struct{ kind string }

// public is for everybody, and the same for all. It is the only permission so far: whatever asks for another is not served.
var public = permission{kind: "public"}

// output is what huma sends; its body makes the schema.
type output[Body any] struct{ Body Body }

// gives makes an operation that answers with JSON of the type Body.
func gives[Input, Body any](id, path string, may permission, summary string, ask func(*Server, context.Context, *Input) (Body, error)) operation {
	return operation{id, path, may, summary, func(s *Server, to huma.API, o operation) {
		huma.Register(to, described(o), func(ctx context.Context, in *Input) (*output[Body], error) {
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
	return operation{id, path + table, may, summary, func(s *Server, to huma.API, o operation) {
		d := described(o)
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

// described is an operation as OpenAPI describes it.
func described(o operation) huma.Operation {
	return huma.Operation{
		OperationID: o.id, Method: http.MethodGet, Path: o.path, Summary: o.summary,
		Errors: []int{http.StatusNotFound, http.StatusTooManyRequests, http.StatusServiceUnavailable},
	}
}
