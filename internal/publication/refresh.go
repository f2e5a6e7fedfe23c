package publication

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"

	"github.com/cityrights/cityrights/internal/assessment"
	"github.com/cityrights/cityrights/internal/city"
	"github.com/cityrights/cityrights/internal/platform/database"
	"github.com/cityrights/cityrights/internal/platform/fault"
	"github.com/cityrights/cityrights/internal/statistics"
	"github.com/cityrights/cityrights/measure/scorecard"
)

// Refresh makes the public documents of a city anew, after anything about it has changed. Where they come out as they were, nothing is
// written; else the count of public changes grows. A city that is no longer there leaves no document behind.
func (r *Room) Refresh(ctx context.Context, tx database.Tx, cityID string) (err error) {
	defer fault.Wrap(&err, "refresh the public documents of %s", cityID)
	c, err := r.cities.Get(ctx, tx, cityID)
	if fault.KindOf(err) == fault.NotFound {
		return r.replace(ctx, tx, cityID, &documents{})
	}
	if err != nil {
		return err
	}
	series, err := r.figures.Series(ctx, tx, cityID)
	if err != nil {
		return err
	}
	own, err := r.cities.Additions(ctx, tx, cityID)
	if err != nil {
		return err
	}
	cycles, err := r.assessments.Cycles(ctx, tx, cityID)
	if err != nil {
		return err
	}
	b := builder{room: r, city: c, own: own, gate: gate{r.assessments.Indicators(own), r.Threshold}, last: r.Clock.Now().Year()*10000 + 1231}
	b.documents.city = cityOf(c)
	b.pass(series)
	for _, cycle := range cycles {
		answers, err := r.assessments.Answers(ctx, tx, cityID, cycle.Period)
		if err != nil {
			return err
		}
		if !cycle.State.Public() {
			b.hold(Held{Reason: CycleNotPublished, Detail: cycle.Period, Figures: len(answers)})
			continue
		}
		evidence, err := r.assessments.CycleEvidence(ctx, tx, cityID, cycle.Period)
		if err != nil {
			return err
		}
		if answers, err = r.assessments.Support(ctx, tx, cityID, answers, evidence, shown); err != nil {
			return err
		}
		public, held := b.gate.answers(cycle, answers)
		b.hold(held...)
		if err := b.assessment(cycle, public, withdrawn(evidence)); err != nil {
			return err
		}
	}
	if newest := b.newestYear(); len(b.documents.city.Periods) == 0 && newest > 0 {
		if err := b.assessment(r.assessments.WithoutCycle(cityID, strconv.Itoa(newest)), nil, nil); err != nil {
			return err
		}
	}
	if err := b.series(ctx, tx); err != nil {
		return err
	}
	return r.replace(ctx, tx, cityID, &b.documents)
}

// documents are all public documents of a city, and what was held back.
type documents struct {
	city City
	rows []row
	held []Held
}

// builder makes the documents of one city.
type builder struct {
	room      *Room
	city      city.City
	own       city.Additions
	gate      gate
	last      int // the last day, as yyyymmdd, whose figures are no projection
	public    []passed
	documents documents
}

func (b *builder) hold(held ...Held) { b.documents.held = append(b.documents.held, held...) }

// pass hands series to the gate without their projections, which are no statistics of the city: they are neither shown nor held back.
func (b *builder) pass(series []statistics.Series) {
	for _, s := range series {
		p, held, ok := b.gate.series(filtered(s, func(_ int, p statistics.Point) bool { return p.End <= b.last }))
		b.hold(held...)
		if ok {
			b.public = append(b.public, p)
		}
	}
}

// newestYear gives the last year in which a public figure of the city ends; 0 where there is none.
func (b *builder) newestYear() int {
	day := 0
	for _, s := range b.public {
		_ = filtered(s.Series, func(_ int, p statistics.Point) bool {
			day = max(day, p.End)
			return false
		})
	}
	return day / 10000
}

// assessment makes the documents of one period from what passed; withdrawn is evidence that was taken back, by requirement.
func (b *builder) assessment(cycle assessment.Cycle, answers []scorecard.Given, withdrawn map[string][]string) error {
	series := make([]statistics.Series, len(b.public))
	for i := range b.public {
		series[i] = b.public[i].Series
	}
	card, err := b.room.assessments.Compute(cycle, b.city, b.own, answers, series)
	if err != nil {
		return err
	}
	b.documents.city.Periods = append(b.documents.city.Periods, periodOf(card))
	slices.SortFunc(b.documents.city.Periods, byPeriod)
	switch len(b.documents.city.Periods) { // cycles come newest first
	case 1:
		b.documents.city.Newest = summaryOf(card)
	case 2:
		b.documents.city.Newest.since(card)
	}
	if err := b.add(row{kind: kindAssessment, period: card.Period}, Assessment{Head: headOf(b.city), Scorecard: card}); err != nil {
		return err
	}
	if err := b.add(row{kind: kindOutline, period: card.Period}, outlineOf(headOf(b.city), card)); err != nil {
		return err
	}
	for _, d := range card.Dimensions {
		for _, q := range d.Requirements {
			if err := b.add(row{kind: kindRequirement, period: card.Period, name: q.ID, telling: telling(q)}, requirementOf(b.city, card, q, withdrawn[q.ID])); err != nil {
				return err
			}
		}
	}
	return nil
}

// series makes the document of each indicator that has public figures.
func (b *builder) series(ctx context.Context, tx database.Tx) error {
	mapping, err := b.room.figures.MappingOf(ctx, tx, b.city.ID)
	if err != nil {
		return err
	}
	by := map[string][]passed{}
	var order []string
	for _, p := range b.public {
		if by[p.Indicator] == nil {
			order = append(order, p.Indicator)
		}
		by[p.Indicator] = append(by[p.Indicator], p)
	}
	for _, id := range order {
		indicator, _ := b.gate.indicator(id) // the gate has looked
		measured := make([]scorecard.Series, len(by[id]))
		for i, p := range by[id] {
			measured[i] = assessment.Measured(p.Series)
		}
		shown := by[id][max(0, scorecard.Leading(measured, b.last))]
		revisions, err := b.room.figures.Revisions(ctx, tx, b.city.ID, id)
		if err != nil {
			return err
		}
		revisions = slices.DeleteFunc(revisions, func(revision statistics.Revision) bool { return revision.Period.End > b.last })
		figures := scorecard.Figures(indicator, measured, b.last)
		b.documents.city.Newest.beside(indicator.Requirement, figures)
		series := seriesOf(b.city, b.own, indicator, shown, figures)
		series.Revisions = revisionsOf(shown.Series, mapping, revisions)
		document, err := packSeries(series)
		if err != nil {
			return err
		}
		b.documents.rows = append(b.documents.rows, row{kind: kindSeries, name: id, document: string(document)})
	}
	return nil
}

func (b *builder) add(r row, document any) error {
	text, err := json.Marshal(document)
	r.document = string(text)
	b.documents.rows = append(b.documents.rows, r)
	return err
}
