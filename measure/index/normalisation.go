package index

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/cityrights/cityrights/measure/internal/mistakes"
)

// Scale is a way to bring indicators to one scale.
type Scale string

const (
	AsTheyStand       Scale = "none"               // directions are not heard either
	MinMax            Scale = "minmax"             // from Lower to Upper
	ZScore            Scale = "zscore"             // mean Lower, standard deviation Upper
	Scaled            Scale = "scaled"             // per cent of the way from Lower to Upper, both in the indicator's unit
	RankUp            Scale = "rank"               // ascending, equal values the smallest of their ranks
	Borda             Scale = "borda"              // rank less 1
	Percentile        Scale = "percentile"         // (rank-1)/(n-1)
	FractionMax       Scale = "fraction-max"       // x/max
	DistanceMax       Scale = "distance-max"       // 1-(max-x)/(max-min)
	DistanceTarget    Scale = "distance-target"    // 1-(target-x)/(target-min)
	DistanceReference Scale = "distance-reference" // 1-(reference-x)/(reference-min), at most 1
	ByGoalposts       Scale = "goalposts"          // share of the way between two goalposts, truncated to them
)

// Normalisation says how to bring indicators to one scale. The zero value leaves them as they stand.
type Normalisation struct {
	Scale        Scale
	Lower, Upper float64             // of MinMax and Scaled the ends; of ZScore mean and standard deviation
	Reference    string              // of DistanceReference: code of the unit
	Goalposts    map[string]Goalpost // of ByGoalposts, by code of the indicator
}

// Goalpost is an indicator's, in its own unit: Lower is below Upper, whatever its direction.
type Goalpost struct {
	Lower, Upper float64
	Factor       float64 // what the share is multiplied with, often 100
}

// ParseNormalisation reads none, minmax:L:U, zscore:MEAN:SD, scaled:L:U, rank, borda, percentile, fraction-max, distance-max,
// distance-target or distance-reference:UNIT. Goalposts are a table and cannot be read from a word.
func ParseNormalisation(text string) (Normalisation, error) {
	name, rest, _ := strings.Cut(text, ":")
	switch s := Scale(name); s {
	case AsTheyStand, RankUp, Borda, Percentile, FractionMax, DistanceMax, DistanceTarget:
		if name == text {
			return Normalisation{Scale: s}, nil
		}
	case DistanceReference:
		if rest != "" {
			return Normalisation{Scale: s, Reference: rest}, nil
		}
	case MinMax, ZScore, Scaled:
		n := Normalisation{Scale: s}
		lower, upper, _ := strings.Cut(rest, ":")
		var err error
		if n.Lower, err = number(lower); err == nil {
			n.Upper, err = number(upper)
		}
		if err != nil {
			return Normalisation{}, fmt.Errorf("%q: write two numbers, as %s:1:100", text, name)
		}
		return n, n.check()
	}
	return Normalisation{}, fmt.Errorf("%q is no normalisation: write none, minmax:L:U, zscore:M:S, scaled:L:U, rank, borda, percentile, fraction-max, distance-max, distance-target, distance-reference:UNIT or goalposts:FILE", text)
}

func (n Normalisation) check() error {
	switch {
	case (n.Scale == MinMax || n.Scale == Scaled) && !(n.Lower < n.Upper):
		return fmt.Errorf("%s: the lower end must be below the upper one", n)
	case n.Scale == ZScore && !(n.Upper > 0):
		return fmt.Errorf("%s: the standard deviation must be above 0", n)
	}
	return nil
}

func (n Normalisation) String() string {
	switch n.Scale {
	case "":
		return string(AsTheyStand)
	case MinMax, ZScore, Scaled:
		return fmt.Sprintf("%s:%v:%v", n.Scale, n.Lower, n.Upper)
	case DistanceReference:
		return string(n.Scale) + ":" + n.Reference
	}
	return string(n.Scale)
}

// number reads a finite decimal number.
func number(text string) (float64, error) {
	v, err := strconv.ParseFloat(text, 64)
	if err == nil && !finite(v) || strings.ContainsAny(text, "xX_pP") {
		err = strconv.ErrSyntax
	}
	return v, err
}

// CheckGoalposts says what is wrong with goalposts, in a joined InvalidError by code: every indicator needs one, with its lower end below the
// upper one.
func CheckGoalposts(posts map[string]Goalpost, s *Structure) error {
	var wrong mistakes.List
	for _, i := range s.leaves {
		code := s.nodes[i].Code
		p, ok := posts[code]
		switch {
		case !ok:
			wrong.Add(&InvalidError{Item: i, Code: code, Field: "goalposts", Text: "the indicator has no goalposts"})
		case !finite(p.Lower) || !finite(p.Upper) || !(p.Lower < p.Upper):
			wrong.Add(&InvalidError{Item: i, Code: code, Field: "goalposts", Text: fmt.Sprintf("the lower goalpost %v must be below the upper one, %v", p.Lower, p.Upper)})
		case !finite(p.Factor) || p.Factor <= 0:
			wrong.Add(&InvalidError{Item: i, Code: code, Field: "goalposts", Text: fmt.Sprintf("the scale %v must be above 0", p.Factor)})
		}
	}
	return wrong.Joined()
}
