package agreementtest

import (
	"math"
	"slices"

	"github.com/cityrights/cityrights/measure/agreement"
)

// Quality is how well positions of units were found.
type Quality struct {
	Correlation float64 // with the truth
	RMSE        float64 // of the positions
	Covered     float64 // share of the intervals that hold the truth
	// The raw mean of a unit's ratings, and the mean after each group's mean was taken off; their errors are after standardising.
	MeanCorrelation, MeanRMSE       float64
	CentredCorrelation, CentredRMSE float64
	// What whoever knew the thresholds and every rater's habits could find: nobody can do better with these ratings. Of drawn surveys only.
	BestCorrelation, BestRMSE float64
}

// Judge compares a fitted model with the truth of its survey.
func (s Survey) Judge(m *agreement.Model) Quality {
	var q Quality
	var found, truth []float64
	for _, u := range m.Units {
		if u.Position == nil || u.Vignette {
			continue
		}
		z := s.Positions[u.Unit]
		found, truth = append(found, u.Position.Value), append(truth, z)
		q.RMSE += (u.Position.Value - z) * (u.Position.Value - z)
		if u.Position.Lower <= z && z <= u.Position.Upper {
			q.Covered++
		}
	}
	n := float64(len(truth))
	q.Correlation, q.RMSE, q.Covered = correlation(found, truth), math.Sqrt(q.RMSE/n), q.Covered/n
	q.MeanCorrelation, q.MeanRMSE = s.rival(m, truth, false)
	q.CentredCorrelation, q.CentredRMSE = s.rival(m, truth, true)
	if s.habits == nil {
		return q // the survey was not drawn here
	}
	best := s.best()
	known := make([]float64, 0, len(truth))
	for _, u := range m.Units {
		if u.Position != nil && !u.Vignette {
			known = append(known, best[u.Unit])
			q.BestRMSE += (best[u.Unit] - s.Positions[u.Unit]) * (best[u.Unit] - s.Positions[u.Unit])
		}
	}
	q.BestCorrelation, q.BestRMSE = correlation(known, truth), math.Sqrt(q.BestRMSE/n)
	return q
}

// best gives each unit's posterior mean with all else known, by adding up its density point by point.
func (s Survey) best() map[string]float64 {
	const reach, step = 5.0, 0.1
	points := int(2*reach/step) + 1
	density := map[string][]float64{}
	for _, r := range s.Ratings {
		log := density[r.Unit]
		if log == nil {
			log = make([]float64, points)
			for i := range log {
				z := -reach + float64(i)*step
				log[i] = -z * z / 2
			}
			density[r.Unit] = log
		}
		h := s.habits[r.Rater]
		if r.Vignette {
			h.experience = 0
		}
		lower, upper := math.Inf(-1), math.Inf(1)
		if k := int(r.Value); k > 0 {
			lower = s.cuts[k-1]
		}
		if k := int(r.Value); k < len(s.cuts) {
			upper = s.cuts[k]
		}
		for i := range log {
			eta := h.discrimination*(-reach+float64(i)*step) + h.shift + h.experience
			log[i] += math.Log((math.Erfc((lower-eta)/math.Sqrt2)-math.Erfc((upper-eta)/math.Sqrt2))/2 + 1e-300)
		}
	}
	means := make(map[string]float64, len(density))
	for unit, log := range density {
		most, sum, weight := slices.Max(log), 0.0, 0.0
		for i, l := range log {
			w := math.Exp(l - most)
			sum, weight = sum+w*(-reach+float64(i)*step), weight+w
		}
		means[unit] = sum / weight
	}
	return means
}

// rival judges the mean of ratings, standardised to mean 0 and standard deviation 1 as positions are.
func (s Survey) rival(m *agreement.Model, truth []float64, centred bool) (r, rmse float64) {
	ofGroup, inGroup := map[string]float64{}, map[string]float64{}
	for _, x := range s.Ratings {
		ofGroup[x.Group] += x.Value
		inGroup[x.Group]++
	}
	sum, n := map[string]float64{}, map[string]float64{}
	for _, x := range s.Ratings {
		v := x.Value
		if centred {
			v -= ofGroup[x.Group] / inGroup[x.Group]
		}
		sum[x.Unit] += v
		n[x.Unit]++
	}
	var means []float64
	for _, u := range m.Units {
		if u.Position != nil && !u.Vignette {
			means = append(means, sum[u.Unit]/n[u.Unit])
		}
	}
	mean, sd := moments(means)
	for i, v := range means {
		rmse += math.Pow((v-mean)/sd-truth[i], 2)
	}
	return correlation(means, truth), math.Sqrt(rmse / float64(len(truth)))
}

func moments(x []float64) (mean, sd float64) {
	for _, v := range x {
		mean += v / float64(len(x))
	}
	for _, v := range x {
		sd += (v - mean) * (v - mean) / float64(len(x))
	}
	return mean, math.Sqrt(sd)
}

func correlation(x, y []float64) float64 {
	mx, sx := moments(x)
	my, sy := moments(y)
	sum := 0.0
	for i := range x {
		sum += (x[i] - mx) * (y[i] - my) / float64(len(x))
	}
	return sum / (sx * sy)
}
