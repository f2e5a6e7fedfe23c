package measure

// Direction is the side on which an indicator is good for rights.
type Direction string

const (
	Up     Direction = "up"     // more is better
	Down   Direction = "down"   // less is better
	Parity Direction = "parity" // a ratio that should be 1
	None   Direction = "none"   // no side is good as such: recorded cases, for one, since more reports can mean more trust
)

// Verdict is a trend in a word.
type Verdict string

const (
	Better        Verdict = "better"
	Worse         Verdict = "worse"
	NoClearChange Verdict = "no_clear_change"
	TooLittleData Verdict = "too_little_data"
	// Rising and Falling are said only where no side is good as such.
	Rising  Verdict = "rising"
	Falling Verdict = "falling"
)

// Verdicts lists all words that Trend may say.
var Verdicts = []Verdict{Better, Worse, NoClearChange, TooLittleData, Rising, Falling}

// Trend says whether a series gets better for rights, and gives the slope of its values. A change is clear where the whole interval of the
// slope lies on one side of zero. For Parity the word is about nearness to 1, the smaller of v and 1/v (0 where v is not positive), since
// 1/2 and 2 are equally far from parity; the slope remains that of the values. The slope is nil where there is too little data.
func Trend(points []Point, good Direction) (Verdict, *Slope) {
	slope, ok := TheilSen(points)
	if !ok {
		return TooLittleData, nil
	}
	judged := slope
	if good == Parity {
		near := make([]Point, len(points))
		for i, p := range points {
			near[i] = Point{p.Time, nearness(p.Value)}
		}
		judged, _ = TheilSen(near)
	}
	rising, falling := judged.Lower > 0, judged.Upper < 0
	switch {
	case !rising && !falling:
		return NoClearChange, &slope
	case good == None && rising:
		return Rising, &slope
	case good == None:
		return Falling, &slope
	case rising == (good != Down):
		return Better, &slope
	}
	return Worse, &slope
}

func nearness(ratio float64) float64 {
	if ratio <= 0 {
		return 0
	}
	return min(ratio, 1/ratio)
}
