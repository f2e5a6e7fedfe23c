package statistics

import (
	"regexp"
	"slices"
	"strings"

	"github.com/cityrights/cityrights/internal/platform/sheet"
)

// component is a dimension, a measure or an attribute of a data set, and where it stands in the file.
type component struct {
	id    string
	at    int  // column of its codes or values; -1: the file does not have it
	names int  // column of the names of its codes (labels=name); -1: none
	both  bool // each cell is "CODE: name" (labels=both)
}

var absent = component{at: -1, names: -1}

// components are the columns of an SDMX-CSV message, version 1.0 (SDMX 2.1: DATAFLOW) or 2.0 (SDMX 3.0: STRUCTURE, STRUCTURE_ID, ACTION).
//
// Source: SDMX Technical Working Group, SDMX-CSV data message, field guide, versions 1.0 and 2.0 (github.com/sdmx-twg/sdmx-csv).
type components struct {
	flow                            component
	structure, action               int // columns of version 2.0; -1: none
	place, indicator, period, value component
	status, confidentiality         component
	dimensions                      []component // the others that stand before the value or the period
	attributes                      []component // the others that stand behind both
}

// readComponents understands the header.
func readComponents(header []string, line int, f *findings) components {
	c := components{structure: -1, action: -1, place: absent, indicator: absent, period: absent, value: absent, status: absent, confidentiality: absent}
	first := upperID(header[0])
	names := false
	next := 1
	switch {
	case first == "DATAFLOW":
		c.flow = component{id: "DATAFLOW", names: -1}
	case (first == "STRUCTURE" || strings.HasPrefix(first, "STRUCTURE[")) && len(header) > 1 && upperID(header[1]) == "STRUCTURE_ID":
		c.structure, c.flow, next = 0, component{id: "STRUCTURE_ID", at: 1, names: -1}, 2
		if len(header) > 2 && upperID(header[2]) == "STRUCTURE_NAME" {
			names, next = true, 3
		}
	default:
		f.add(Error, "sdmx.header", line, "", "columns", choices(header))
		return c
	}
	list := listComponents(header, next, names, &c)
	c.assign(list, line, f)
	return c
}

// listComponents gives the columns behind those that identify the data set; with names, each has the column of its names behind it.
func listComponents(header []string, next int, names bool, c *components) (list []component) {
	for next < len(header) {
		at := next
		id, _, both := strings.Cut(header[at], ": ")
		next++
		switch upperID(id) {
		case "ACTION":
			c.action = at
			continue
		case "SERIES_KEY", "OBS_KEY", "LAST UPDATE", "UPDATED", "":
			continue
		}
		one := component{id: strings.TrimSuffix(id, "[]"), at: at, names: -1, both: both}
		if names && next < len(header) {
			one.names = next
			next++
		}
		list = append(list, one)
	}
	return list
}

func upperID(cell string) string {
	id, _, _ := strings.Cut(cell, ": ")
	return strings.ToUpper(strings.TrimSpace(id))
}

// assign finds what each component is for. A file does not say which of its columns are dimensions; services write them before the time
// and the value, and the attributes behind.
func (c *components) assign(list []component, line int, f *findings) {
	seen := map[string]bool{}
	behind := 0
	for _, one := range list {
		id := strings.ToUpper(one.id)
		if seen[id] {
			f.add(Error, "column.twice", line, one.id)
		}
		seen[id] = true
		switch id {
		case "TIME_PERIOD":
			c.period, behind = one, max(behind, one.at)
		case "OBS_VALUE":
			c.value, behind = one, max(behind, one.at)
		case "OBS_STATUS", "OBS_FLAG":
			c.status = one
		case "CONF_STATUS":
			c.confidentiality = one
		}
	}
	for id, one := range map[string]component{"TIME_PERIOD": c.period, "OBS_VALUE": c.value} {
		if one.at < 0 {
			f.add(Error, "sdmx.lacks", line, id, "columns", choices(ids(list)))
		}
	}
	for _, one := range list {
		switch one.at {
		case c.period.at, c.value.at, c.status.at, c.confidentiality.at:
			continue
		}
		if one.at > behind {
			c.attributes = append(c.attributes, one)
		} else {
			c.dimensions = append(c.dimensions, one)
		}
	}
	c.place, c.indicator = c.take(placeIDs, placeForm), c.take(indicatorIDs, indicatorForm)
}

func ids(list []component) []string {
	out := make([]string, len(list))
	for i, one := range list {
		out[i] = one.id
	}
	return out
}

// Dimensions that say of which place and what a figure is: SDMX's cross-domain concepts first (Content-oriented guidelines, annex 1), then
// what statistical offices call them. The first of a list that a file has is taken.
var (
	placeIDs      = []string{"REF_AREA", "GEO", "CITIES", "METROREG", "CITY", "LOCATION", "AREA", "REGION", "TERRITORY", "REG_ID", "FUA"}
	placeForm     = regexp.MustCompile(`^(?:REF_AREA|GEO|CITIES|CITY|ITTER)[A-Z0-9_]*$`)
	indicatorIDs  = []string{"INDICATOR", "INDIC", "SERIES", "MEASURE"}
	indicatorForm = regexp.MustCompile(`^INDIC(?:ATOR)?_[A-Z0-9_]+$`)
)

// take takes the dimension with the first of the ids out of the dimensions, else the first whose id has the form.
func (c *components) take(ids []string, form *regexp.Regexp) component {
	at := -1
	for _, id := range ids {
		if at = slices.IndexFunc(c.dimensions, func(one component) bool { return strings.EqualFold(one.id, id) }); at >= 0 {
			break
		}
	}
	if at < 0 {
		at = slices.IndexFunc(c.dimensions, func(one component) bool { return form.MatchString(strings.ToUpper(one.id)) })
	}
	if at < 0 {
		return absent
	}
	one := c.dimensions[at]
	c.dimensions = slices.Delete(slices.Clone(c.dimensions), at, at+1)
	return one
}

// labelled is a cell of labels=both; codes of SDMX are letters, digits and _ @ $ - (SDMX 2.1, section 3, IDType).
var labelled = regexp.MustCompile(`^[A-Za-z0-9_@$-]+: \S`)

// findLabels finds the columns whose cells hold codes with their names although the header names the component alone.
func (c *components) findLabels(rows []sheet.Row) {
	check := func(one *component) {
		if one.at < 0 || one.names >= 0 {
			return
		}
		named := 0
		for _, row := range rows {
			switch cell := row.Cells[one.at]; {
			case cell == "":
			case labelled.MatchString(cell):
				named++
			default:
				one.both = false
				return
			}
		}
		one.both = named > 0
	}
	for _, one := range []*component{&c.place, &c.indicator, &c.status, &c.confidentiality} {
		check(one)
	}
	for i := range c.dimensions {
		check(&c.dimensions[i])
	}
	for i := range c.attributes {
		check(&c.attributes[i])
	}
}

// cell gives a row's code and its name, which is empty where the file has none.
func (one *component) cell(row sheet.Row) (code, name string) {
	switch {
	case one.at < 0:
		return "", ""
	case one.names >= 0:
		return tidyText(row.Cells[one.at]), tidyText(row.Cells[one.names])
	case one.both:
		code, name, _ = strings.Cut(tidyText(row.Cells[one.at]), ": ")
		return code, name
	}
	return tidyText(row.Cells[one.at]), ""
}

// emptyRow tells whether a row holds no observation: neither time nor value.
func (c *components) emptyRow(row sheet.Row) bool {
	return tidyText(row.Cells[c.period.at]) == "" && tidyText(row.Cells[c.value.at]) == ""
}
