package opinion

import (
	"maps"
	"slices"
	"strconv"

	"github.com/cityrights/cityrights/wording"
)

// Codes of warnings. Pages translate them; the English text of each stands in english, with its arguments in braces.
const (
	NoVariance     = "no_variance"
	OneAxis        = "one_axis"
	AxesAlike      = "axes_alike"
	SecondUnclear  = "second_axis_unclear"
	AxisImprecise  = "axis_imprecise"
	NoGroups       = "no_groups"
	WeakGroups     = "weak_groups"
	SmallGroup     = "small_group"
	FewVotes       = "few_votes"
	CentreDistance = "centre_distances"
)

var english = map[string]string{
	NoVariance:     "On every statement of the map all votes are the same: nothing tells participants apart, and all stand at one place.",
	OneAxis:        "Participants differ along one axis only; the second is 0 for everybody.",
	AxesAlike:      "Both axes tell participants apart about equally, so the map may as well be turned.",
	SecondUnclear:  "A third axis tells participants apart about as well as the second: up and down on the map mean little.",
	AxisImprecise:  "Axis {axis} could not be found with full precision.",
	NoGroups:       "The votes do not carry groups: everybody who is grouped is in one.",
	WeakGroups:     "The groups hardly stand apart: their mean silhouette is {silhouette}, below 0.25.",
	SmallGroup:     "Group {group} is small: its size is {size}, below the {least} from which a group is told apart by itself.",
	FewVotes:       "Participants who are grouped though they gave fewer than {least} votes: {count}.",
	CentreDistance: "More than {count} participants are grouped, so the silhouette compares distances to the groups' centres.",
}

// WarningCodes lists all codes, sorted.
func WarningCodes() []string { return slices.Sorted(maps.Keys(english)) }

// Warning says what the data does not carry.
type Warning struct {
	Code string            `json:"code"`
	Args map[string]string `json:"args,omitempty"`
}

// English gives the warning as a sentence.
func (w Warning) English() string {
	return wording.Fill(english[w.Code], w.Args)
}

// weakSilhouette is below what Kaufman and Rousseeuw (1990) call a substantial structure.
const weakSilhouette = 0.25

// alike is how near two variances are to each other, relative to the greater, when the axes cannot be told apart with confidence.
const alike = 0.01

func (out *Map) warn(a *axes, o *Options) {
	out.Warnings = []Warning{}
	say := func(code string, pairs ...string) {
		out.Warnings = append(out.Warnings, Warning{Code: code, Args: wording.Args(pairs...)})
	}
	first, second := a.axis[0].variance, a.axis[1].variance
	switch {
	case first == 0:
		say(NoVariance)
	case second == 0:
		say(OneAxis)
	case first-second < alike*first:
		say(AxesAlike)
	case second-a.third < alike*second:
		say(SecondUnclear)
	}
	for i := range a.axis {
		if !a.axis[i].sure {
			say(AxisImprecise, "axis", strconv.Itoa(i+1))
		}
	}
	out.warnOfGroups(say, o)
}

func (out *Map) warnOfGroups(say func(string, ...string), o *Options) {
	if len(out.Groups) == 1 && o.K == 0 && o.Groups == nil {
		say(NoGroups)
	}
	if out.Silhouette != nil && *out.Silhouette < weakSilhouette {
		say(WeakGroups, "silhouette", strconv.FormatFloat(*out.Silhouette, 'f', 2, 64))
	}
	if out.Silhouette != nil && !out.Exact {
		say(CentreDistance, "count", strconv.Itoa(mostExact))
	}
	least := smallestGroup(out.Grouped())
	for _, g := range out.Groups {
		if g.Size < least && len(out.Groups) > 1 {
			say(SmallGroup, "group", g.Name, "size", strconv.Itoa(g.Size), "least", strconv.Itoa(least))
		}
	}
	few := 0
	for _, p := range out.Participants {
		if p.Group >= 0 && p.Votes < min(enoughVotes, out.Columns) {
			few++
		}
	}
	if few > 0 && o.Groups == nil {
		say(FewVotes, "count", strconv.Itoa(few), "least", strconv.Itoa(min(enoughVotes, out.Columns)))
	}
}
