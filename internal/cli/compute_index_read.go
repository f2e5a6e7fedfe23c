package cli

import (
	"errors"
	"fmt"
	"math"

	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/measure/index"
)

// metaTable is iMeta: the tree, and the columns of the data that are no indicators.
type metaTable struct {
	structure *index.Structure
	table     *computeTable
	lines     []int // row of the table of each node
}

// placed gives errors about nodes their places in the file.
func (m *metaTable) placed(err error) error { return atRows(err, m.table, m.lines) }

// readMeta reads iMeta. Rows whose Type is neither Indicator nor Aggregate describe other columns and are no part of the tree. Weights, by code,
// go before those of the file.
func readMeta(path string, weights map[string]float64) (*metaTable, error) {
	t, err := readComputeTable(path, "Level", "iCode", "Direction", "Parent")
	if err != nil {
		return nil, err
	}
	return metaOf(t, weights)
}

func metaOf(t *computeTable, weights map[string]float64) (*metaTable, error) {
	meta := &metaTable{table: t}
	var nodes []index.Node
	var wrong computeProblems
	for row := range t.rows {
		kind := t.word(row, t.column("Type"))
		if kind != "" && kind != "Indicator" && kind != "Aggregate" {
			continue
		}
		n, err := nodeOf(t, row, weights)
		switch {
		case err != nil:
			wrong.add(err)
		case kind == "Indicator" && n.Level != 1 || kind == "Aggregate" && n.Level == 1:
			wrong.add(t.wrong(row, "Type", "level 1 is for indicators and what is above for aggregates: %s on level %d is %s", n.Code, n.Level, kind))
		}
		nodes, meta.lines = append(nodes, n), append(meta.lines, row)
	}
	if err := wrong.joined(); err != nil {
		return nil, err
	}
	if len(nodes) == 0 {
		return nil, placed(t.name, "there is no row of Type Indicator or Aggregate")
	}
	structure, err := index.NewStructure(nodes)
	if err != nil {
		return nil, meta.placed(err)
	}
	if len(structure.Aggregates()) == 0 {
		return nil, placed(t.name, "there is nothing above level 1: an index needs at least one aggregate")
	}
	meta.structure = structure
	return meta, nil
}

func nodeOf(t *computeTable, row int, weights map[string]float64) (index.Node, error) {
	n := index.Node{Code: t.cell(row, t.column("iCode")), Name: t.word(row, t.column("iName")), Parent: t.word(row, t.column("Parent")),
		Denominator: t.word(row, t.column("Denominator")), Direction: 1, Weight: 1}
	level, ok, err := t.number(row, t.column("Level"))
	if err != nil {
		return n, err
	}
	if !ok || level != math.Trunc(level) || math.Abs(level) > 1e6 {
		return n, t.wrong(row, "Level", "write a whole number: 1 for an indicator, more for what is made of others")
	}
	n.Level = int(level)
	direction, ok, err := t.number(row, t.column("Direction"))
	switch {
	case err != nil:
		return n, err
	case ok && direction != 1 && direction != -1, !ok && n.Level == 1:
		return n, t.wrong(row, "Direction", "write 1 where more is better, -1 where less is better")
	case ok:
		n.Direction = int(direction)
	}
	if target, ok, err := t.number(row, t.column("Target")); err != nil {
		return n, err
	} else if ok {
		n.Target = &target
	}
	weight, ok, err := t.number(row, t.column("Weight"))
	if err != nil {
		return n, err
	}
	if given, has := weights[n.Code]; has {
		weight, ok = given, true
	}
	switch {
	case ok:
		n.Weight = weight
	case t.has("Weight") && n.Parent != "":
		return n, t.wrong(row, "Weight", "the weight is missing")
	}
	return n, nil
}

// weightTable is a table of weights by code.
type weightTable struct {
	weights map[string]float64
	table   *computeTable
}

// known wants the tree to have every code.
func (w *weightTable) known(s *index.Structure, meta string) error {
	var wrong computeProblems
	for row := range w.table.rows {
		code := w.table.cell(row, w.table.column("iCode"))
		if _, ok := s.Node(code); !ok {
			wrong.add(w.table.wrong(row, "iCode", "%s does not have %s", meta, code))
		}
	}
	return wrong.joined()
}

// atRows gives the places in a table to errors about its items.
func atRows(err error, t *computeTable, lines []int) error {
	return eachOf(err, func(err error) error { return atRow(err, t, lines) })
}

func atRow(err error, t *computeTable, lines []int) error {
	var invalid *index.InvalidError
	if !errors.As(err, &invalid) || invalid.Item < 0 || invalid.Item >= len(lines) {
		return err
	}
	text := invalid.Text
	if invalid.Code != "" {
		text = invalid.Code + ": " + text
	}
	return &fault.Error{Kind: fault.Invalid, Place: fault.Place{File: t.name, Row: t.rows[lines[invalid.Item]].Line, Column: invalid.Field}, Text: text}
}

// readWeights reads a table of iCode and Weight.
func readWeights(path string) (*weightTable, error) {
	t, err := readComputeTable(path, "iCode", "Weight")
	if err != nil {
		return nil, err
	}
	weights := map[string]float64{}
	var wrong computeProblems
	for row := range t.rows {
		code := t.cell(row, t.column("iCode"))
		w, ok, err := t.number(row, t.column("Weight"))
		_, twice := weights[code]
		switch {
		case err != nil:
			wrong.add(err)
		case code == "":
			wrong.add(t.wrong(row, "iCode", "the code is missing"))
		case twice:
			wrong.add(t.wrong(row, "iCode", "%s stands twice", code))
		case !ok || w <= 0:
			wrong.add(t.wrong(row, "Weight", "the weight of %s must be above 0", code))
		}
		weights[code] = w
	}
	return &weightTable{weights, t}, wrong.joined()
}

// readGoalposts reads a table of iCode, goalpost_lower, goalpost_upper and, where there is one, goalpost_scale (else 100).
func readGoalposts(path string, s *index.Structure) (map[string]index.Goalpost, error) {
	t, err := readComputeTable(path, "iCode", "goalpost_lower", "goalpost_upper")
	if err != nil {
		return nil, err
	}
	posts := map[string]index.Goalpost{}
	var wrong computeProblems
	for row := range t.rows {
		code := t.cell(row, t.column("iCode"))
		post := index.Goalpost{Factor: 100}
		for _, part := range []struct {
			column string
			into   *float64
		}{{"goalpost_lower", &post.Lower}, {"goalpost_upper", &post.Upper}, {"goalpost_scale", &post.Factor}} {
			v, ok, err := t.number(row, t.column(part.column))
			switch {
			case err != nil:
				wrong.add(err)
			case ok:
				*part.into = v
			case t.has(part.column):
				wrong.add(t.wrong(row, part.column, "the goalpost of %s is missing", code))
			}
		}
		direction, given, err := t.number(row, t.column("Direction"))
		node, known := s.Node(code)
		_, twice := posts[code]
		switch {
		case err != nil:
			wrong.add(err)
		case twice:
			wrong.add(t.wrong(row, "iCode", "%s stands twice", code))
		case !(post.Lower < post.Upper):
			wrong.add(t.wrong(row, "goalpost_upper", "the lower goalpost of %s, %v, must be below the upper one, %v", code, post.Lower, post.Upper))
		case post.Factor <= 0:
			wrong.add(t.wrong(row, "goalpost_scale", "the scale of %s must be above 0", code))
		case given && known && direction != float64(node.Direction):
			wrong.add(t.wrong(row, "Direction", "the direction of %s is %v here and %d in iMeta", code, direction, node.Direction))
		}
		posts[code] = post
	}
	if err := wrong.joined(); err != nil {
		return nil, err
	}
	if err := index.CheckGoalposts(posts, s); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return posts, nil
}
