package statistics

// Series is what a city knows about one indicator of the standard: the source series that the mapping joins to it.
type Series struct {
	City      string
	Indicator string // of the standard, or "L." for the city's own
	Unit      string // of the values after the transform, as the mapping names it
	Fit       string // exact or close; "no" never becomes a series
	Note      string
	Transform string
	Sources   []Source // one per source indicator that feeds it, in order of the mapping
	Bases     []Source // those of the denominators of rates; one without a code is the city's own record of its population
	Headline  []Point  // the city as a whole, by period; empty where the source has groups only
	Groups    []Group
}

// Source says where figures come from.
type Source struct {
	Code           string // the source's own indicator code, "16-1-4"
	Title          string // what the source says that it measures
	Publisher      string
	URL            string // address at which the figures are published; empty: unknown
	URLText        string
	Licence        string
	Periodicity    string
	Released       string
	Classification string // what the source says of its own status: official, national or non-official statistic
	Method         string
	Coverage       string
	Official       bool  // published by a named public source at a known address
	Retrieved      int64 // when it was imported, unix milliseconds
}

// Point is one value at one period.
type Point struct {
	Period string   // as the source writes it, trimmed: "2018-19"
	Start  int      // first day as yyyymmdd
	End    int      // last day as yyyymmdd
	Value  float64  // after the transform
	Count  *int64   // unweighted number of persons or cases behind the value; nil: unknown
	Status string   // observation status as given by the source, empty: normal
	Lower  *float64 // bounds of the value's interval after the transform: Lower ≤ Value ≤ Upper; nil: not known
	Upper  *float64
	Base   *Base // of a rate; else nil
}

// Group is a series of points for a part of the population.
type Group struct {
	Ground    string // key of the standard's grounds: sex, age, area, poverty …; empty: none fits
	Dimension string // the source's own name: "Deprivation decile"
	Name      string // the group: "Most Deprived 10%"
	Code      string // official code of an area, if the source has it
	Points    []Point
}
