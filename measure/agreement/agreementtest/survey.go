// Package agreementtest invents surveys of raters whose truth is known, for tests and for the study of how well the latent model finds it.
package agreementtest

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/cityrights/cityrights/measure/agreement"
)

// Group is a party of a design.
type Group struct {
	Name   string
	Raters int
	Rate   float64 // share of its units that a rater rates
	Shift  float64
	Share  float64 // of the units that the group can rate: 0 means all
	Best   bool    // these are the units with the highest positions, not units drawn at random
	// Experience is how much better units are for this group. Vignettes are the same for all.
	Experience float64
}

// Design says what a survey looks like. Positions are standard normal, discriminations log-normal about 1, own shifts normal.
type Design struct {
	Units          int
	Vignettes      int // so many of the units, the first ones
	Groups         []Group
	OwnShift       float64 // standard deviation of the raters' own shifts
	Discrimination float64 // of the logarithms of discriminations
	Cuts           []float64
}

// Survey is an invented survey with its truth.
type Survey struct {
	Ratings   []agreement.Rating
	Positions map[string]float64 // of the units that were rated

	habits map[string]habit // of each rater
	cuts   []float64
}

// habit is how a rater's expected rating follows from a position: discrimination · z + shift, and experience on top for units that are no vignettes.
type habit struct{ discrimination, shift, experience float64 }

// Balanced is the design of 60 raters in three groups who each rate two in five of 200 units from 0 to 4, about 4,800 ratings.
func Balanced() Design {
	return Design{Units: 200, OwnShift: 0.3, Discrimination: 0.25, Cuts: []float64{-2.2, -1.2, -0.2, 0.8}, Groups: []Group{
		{Name: "city", Raters: 20, Rate: 0.4}, {Name: "civil", Raters: 20, Rate: 0.4, Shift: -1.2}, {Name: "resident", Raters: 20, Rate: 0.4, Shift: -0.6},
	}}
}

// Unbalanced has groups of 6, 12 and 60 raters, of which the second can rate only half of the units, drawn at random or the best, and the third
// rates little.
func Unbalanced(best bool) Design {
	d := Balanced()
	d.Groups = []Group{
		{Name: "city", Raters: 6, Rate: 0.8}, {Name: "civil", Raters: 12, Rate: 0.7, Shift: -1.2, Share: 0.5, Best: best},
		{Name: "resident", Raters: 60, Rate: 0.1, Shift: -0.6},
	}
	return d
}

// ManyResidents has 5 raters who rate all of 60 units and 300 who rate about six each, too few to show a discrimination of their own.
func ManyResidents() Design {
	d := Balanced()
	d.Units = 60
	d.Groups = []Group{{Name: "city", Raters: 5, Rate: 1}, {Name: "resident", Raters: 300, Rate: 0.1, Shift: -0.6}}
	return d
}

// Anchored has three groups of 15 raters, 50 units and 5 vignettes which all rate; for residents units are worse by 0.8, and they rate everything
// lower by 0.5.
func Anchored() Design {
	d := Balanced()
	d.Units, d.Vignettes = 55, 5
	d.Groups = []Group{
		{Name: "city", Raters: 15, Rate: 1}, {Name: "civil", Raters: 15, Rate: 1, Shift: -0.3},
		{Name: "resident", Raters: 15, Rate: 1, Shift: -0.5, Experience: -0.8},
	}
	return d
}

// Draw invents a survey; the same seed gives the same one.
func (d Design) Draw(seed uint64) Survey {
	random := rand.New(rand.NewPCG(seed, 0x5eed))
	z, order := make([]float64, d.Units), make([]int, d.Units)
	for u := range z {
		z[u], order[u] = random.NormFloat64(), u
	}
	out := Survey{Positions: map[string]float64{}, habits: map[string]habit{}, cuts: d.Cuts}
	for _, group := range d.Groups {
		can := slices.Clone(order)
		random.Shuffle(len(can), func(i, j int) { can[i], can[j] = can[j], can[i] })
		if group.Best {
			slices.SortFunc(can, func(a, b int) int { return map[bool]int{true: -1, false: 1}[z[a] > z[b]] })
		}
		if group.Share > 0 {
			can = can[:int(group.Share*float64(d.Units))]
		}
		slices.Sort(can)
		for r := range group.Raters {
			beta, own := math.Exp(d.Discrimination*random.NormFloat64()), d.OwnShift*random.NormFloat64()
			name := fmt.Sprintf("%s%03d", group.Name, r)
			out.habits[name] = habit{beta, group.Shift + own, group.Experience}
			for _, u := range can {
				if random.Float64() >= group.Rate {
					continue
				}
				y, grade := beta*z[u]+group.Shift+own+random.NormFloat64(), 0
				if u >= d.Vignettes {
					y += group.Experience
				}
				for _, cut := range d.Cuts {
					if y > cut {
						grade++
					}
				}
				unit := fmt.Sprintf("u%04d", u)
				out.Positions[unit] = z[u]
				out.Ratings = append(out.Ratings, agreement.Rating{Rater: name, Group: group.Name, Unit: unit, Value: float64(grade), Vignette: u < d.Vignettes})
			}
		}
	}
	return out
}
