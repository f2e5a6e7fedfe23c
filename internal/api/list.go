package api

import (
	"encoding/base64"
	"slices"
	"strings"

	"github.com/cityrights/cityrights/internal/platform/fault"
)

// Paging is how a reader asks for a part of a list.
type Paging struct {
	Limit  int    `query:"limit" minimum:"1" maximum:"1000" default:"100" doc:"How many items at most."`
	Cursor string `query:"cursor" doc:"What next said in the answer before: the list goes on behind it, also where items have come or gone meanwhile."`
}

// List is a part of a list.
type List[Item any] struct {
	Items []Item `json:"items"`
	Next  string `json:"next" doc:"The cursor of what follows; empty at the end."`
}

// page gives the part of a list that is asked for. items stand in the order of their keys, as before tells it: whether key a stands before b.
func page[Item any](asked Paging, items []Item, key func(Item) string, before func(a, b string) bool) (List[Item], error) {
	if asked.Cursor != "" {
		last, err := base64.RawURLEncoding.DecodeString(asked.Cursor)
		if err != nil || len(last) == 0 {
			return List[Item]{}, fault.Field("cursor", "this is no cursor; hand on what next said, or none to begin")
		}
		items = slices.DeleteFunc(slices.Clone(items), func(item Item) bool { return !before(string(last), key(item)) })
	}
	part := List[Item]{Items: items}
	if len(items) > asked.Limit {
		part.Items = items[:asked.Limit]
		part.Next = base64.RawURLEncoding.EncodeToString([]byte(key(part.Items[asked.Limit-1])))
	}
	if part.Items == nil {
		part.Items = []Item{}
	}
	return part, nil
}

// rising is the order of codes.
func rising(a, b string) bool { return strings.Compare(a, b) < 0 }
