package api

import (
	"context"
	"io"
	"slices"
	"strings"

	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/standard"
)

// StandardHead is a standard in lists.
type StandardHead struct {
	ID           string   `json:"id"`
	Version      string   `json:"version"`
	Title        string   `json:"title"`
	Date         string   `json:"date" format:"date"`
	Status       string   `json:"status" enum:"draft,released"`
	Language     string   `json:"language" doc:"BCP 47, of the original texts."`
	Languages    []string `json:"languages" doc:"In which it can be read, the original first."`
	Licence      string   `json:"licence"`
	Requirements int      `json:"requirement_count"`
	Indicators   int      `json:"indicator_count"`
}

// StandardPath names a standard in an address.
type StandardPath struct {
	Standard string `path:"standard" example:"hrc-ms" doc:"The standard's id."`
	Version  string `path:"version" example:"0.2" doc:"Its version."`
}

func headOf(std *standard.Standard) StandardHead {
	head := StandardHead{ID: std.ID, Version: std.Version, Title: std.Title, Date: std.Date, Status: std.Status, Language: std.Language,
		Languages: std.Languages(), Licence: std.Licence}
	for _, d := range std.Dimensions {
		head.Requirements += len(d.Requirements)
		for i := range d.Requirements {
			head.Indicators += len(d.Requirements[i].Indicators)
		}
	}
	return head
}

func (s *Server) standards(_ context.Context, in *Paging) (List[StandardHead], error) {
	heads := make([]StandardHead, len(s.rooms.Standards))
	for i, std := range s.rooms.Standards {
		heads[i] = headOf(std)
	}
	key := func(h StandardHead) string { return h.ID + "@" + h.Version }
	slices.SortFunc(heads, func(a, b StandardHead) int { return strings.Compare(key(a), key(b)) })
	return page(*in, heads, key, rising)
}

func (s *Server) standard(_ context.Context, in *StandardPath) (Standard, error) {
	std, err := s.carried(in)
	if err != nil {
		return Standard{}, err
	}
	return standardOf(std), nil
}

// StandardTable asks for a standard as a table.
type StandardTable struct {
	StandardPath
	Language string `query:"language" example:"en" doc:"BCP 47: the texts in this language where they are translated; without it in the original."`
}

func (s *Server) standardTable(_ context.Context, in *StandardTable) (func(io.Writer) error, error) {
	std, err := s.carried(&in.StandardPath)
	return func(w io.Writer) error { return standard.WriteCSV(w, std, in.Language) }, err
}

// carried finds a standard that this node carries.
func (s *Server) carried(in *StandardPath) (*standard.Standard, error) {
	for _, std := range s.rooms.Standards {
		if std.ID == in.Standard && std.Version == in.Version {
			return std, nil
		}
	}
	return nil, fault.New(fault.NotFound, "this node does not carry %s@%s", in.Standard, in.Version)
}
