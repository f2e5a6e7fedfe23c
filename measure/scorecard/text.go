package scorecard

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// textWidth is the longest line that WriteText writes, but for a single long word.
const textWidth = 100

// marks show the states as shapes, beside the word.
var marks = map[State]string{Met: "●", Partly: "◐", NotMet: "○", Disputed: "◍", Unknown: "◌", Outside: "–"}

// WriteText writes the scorecard for a terminal: each dimension with its distribution, weakest requirement and unknowns, each requirement
// with its state and reason, and those of its indicators that have figures, rounded. There is no total.
func WriteText(w io.Writer, card Scorecard) error {
	var p printer
	p.line(0, fmt.Sprintf("%s, %s, by %s, profile %s", card.City, card.Period, card.Standard, card.Profile))
	if card.State == NoCycle {
		p.line(0, "From statistics alone: nobody has answered for this period, so every requirement is unknown.")
	} else {
		p.line(0, "State of the assessment: "+card.State)
	}
	if !card.HasFigures() {
		p.line(0, "There is no figure that ends in this period or before.")
	}
	for i := range card.Dimensions {
		p.dimension(&card.Dimensions[i])
	}
	_, err := io.WriteString(w, p.out.String())
	return err
}

// printer collects wrapped lines.
type printer struct{ out strings.Builder }

func (p *printer) dimension(d *Dimension) {
	p.line(0, "")
	p.line(0, d.ID+" "+d.Title)
	weakest := "nothing graded yet"
	if d.Weakest != nil {
		weakest = "weakest: " + *d.Weakest
	}
	p.line(0, fmt.Sprintf("%d met, %d partly, %d not met, %d disputed, %d unknown, %d outside; %s",
		d.Counts.Met, d.Counts.Partly, d.Counts.NotMet, d.Counts.Disputed, d.Counts.Unknown, d.Counts.Outside, weakest))
	for i := range d.Requirements {
		p.requirement(&d.Requirements[i])
	}
}

func (p *printer) requirement(q *Requirement) {
	p.line(0, "")
	p.line(2, fmt.Sprintf("%s %s %s: %s", marks[q.State], q.ID, strings.ReplaceAll(string(q.State), "_", " "), q.Title))
	p.line(6, q.Reason)
	for i := range q.Answers {
		p.line(6, answerLine(&q.Answers[i]))
	}
	silent := 0
	for i := range q.Indicators {
		switch in := &q.Indicators[i]; {
		case in.Value != nil || len(in.Groups) > 0:
			p.line(6, indicatorLine(in))
		case in.Local:
			p.line(6, nameOf(in)+": no figure yet")
		default:
			silent++
		}
	}
	switch silent {
	case 0:
	case 1:
		p.line(6, "1 indicator without a figure")
	default:
		p.line(6, strconv.Itoa(silent)+" indicators without a figure")
	}
}

func answerLine(a *Answer) string {
	who := strings.TrimSpace(strings.ReplaceAll(a.Party, "_", " ") + " " + a.Organisation)
	switch {
	case a.Grade != nil:
		return fmt.Sprintf("%s: grade %d", who, *a.Grade)
	case a.Share != nil:
		return fmt.Sprintf("%s: %s%% say yes (%s to %s, n %d)", who, round(a.Share.Yes), round(a.Share.Lower), round(a.Share.Upper), a.Share.N)
	}
	return who + ": " + strings.ReplaceAll(a.Value, "_", " ")
}

func nameOf(i *Indicator) string {
	if i.Local {
		return i.ID + " (the city's own) " + i.Title
	}
	return i.ID + " " + i.Title
}

func indicatorLine(i *Indicator) string {
	text := nameOf(i) + ": "
	if i.Value == nil {
		text += "groups only"
	} else if yes, ok := i.Value.Bool(); ok && yes {
		text += "yes"
	} else if ok {
		text += "no"
	} else {
		v, _ := i.Value.Float()
		text += withUnit(v, i.Unit)
	}
	if i.Period != "" {
		text += " (" + i.Period + ")"
	}
	if i.Fit == Close {
		text += ", measures something close"
	}
	for _, g := range i.Gaps {
		text += fmt.Sprintf("; gap of %s by %s: %s %s, %s %s (%s)", round(g.Size), g.Dimension,
			g.Lowest.Group, round(g.Lowest.Value), g.Highest.Group, round(g.Highest.Value), g.Period)
	}
	switch i.Trend {
	case "", "too_little_data":
	default:
		text += "; " + strings.ReplaceAll(i.Trend, "_", " ")
		if i.Slope != nil {
			text += fmt.Sprintf(" (%s a year, %s to %s)", round(i.Slope.PerYear), round(i.Slope.Lower), round(i.Slope.Upper))
		}
	}
	if m := i.Minimum; m != nil {
		text += "; minimum " + round(m.Value)
		switch {
		case m.Reached == nil:
		case *m.Reached:
			text += ", reached"
		default:
			text += ", not reached"
		}
	}
	return text
}

func withUnit(v float64, unit string) string {
	switch unit {
	case "":
		return round(v)
	case "%":
		return round(v) + unit
	}
	return round(v) + " " + unit
}

// round gives three significant digits, or one place behind the point of larger numbers; JSON and CSV hold all digits.
func round(v float64) string {
	text := strconv.FormatFloat(v, 'g', 3, 64)
	if v >= 100 || v <= -100 {
		text = strconv.FormatFloat(v, 'f', 1, 64)
	}
	v, _ = strconv.ParseFloat(text, 64) // it reads what it has just written
	return number(v)
}

// line writes a text, wrapped at words and indented; its control characters, which could steer a terminal, become spaces.
func (p *printer) line(indent int, text string) {
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, text)
	margin, column := strings.Repeat(" ", indent), 0
	for _, word := range strings.Fields(text) {
		width := utf8.RuneCountInString(word)
		switch {
		case column == 0:
			p.out.WriteString(margin)
			column = indent
		case column+1+width > textWidth:
			p.out.WriteString("\n" + margin + "  ")
			column = indent + 2
		default:
			p.out.WriteByte(' ')
			column++
		}
		p.out.WriteString(word)
		column += width
	}
	p.out.WriteByte('\n')
}
