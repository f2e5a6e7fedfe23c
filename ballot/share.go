package ballot

import (
	"encoding/json"
	"math/big"
)

// Share is an exact fraction. The zero value is no share: nothing to divide by.
type Share struct{ exact *big.Rat }

// shareOf gives part/whole; no share where whole is 0.
func shareOf(part, whole int64) Share {
	if whole == 0 {
		return Share{}
	}
	return Share{big.NewRat(part, whole)}
}

// Known tells whether there is a share.
func (s Share) Known() bool { return s.exact != nil }

// Float gives the nearest float64, 0 where there is no share; for display, never for a decision.
func (s Share) Float() float64 {
	if s.exact == nil {
		return 0
	}
	f, _ := s.exact.Float64()
	return f
}

// String gives the fraction in lowest terms, as "5/8", or "none".
func (s Share) String() string {
	if s.exact == nil {
		return "none"
	}
	return s.exact.RatString()
}

// MarshalJSON gives {"exact": "5/8", "value": 0.625}, or null where there is no share.
func (s Share) MarshalJSON() ([]byte, error) {
	if s.exact == nil {
		return []byte("null"), nil
	}
	return json.Marshal(struct {
		Exact string  `json:"exact"`
		Value float64 `json:"value"`
	}{s.String(), s.Float()})
}

// percent gives the share as a percentage with two decimals, rounded towards zero: a share that misses a threshold never reads as if it reached it.
func (s Share) percent() string {
	hundredths := new(big.Int).Quo(new(big.Int).Mul(s.exact.Num(), big.NewInt(10_000)), s.exact.Denom())
	return new(big.Rat).SetFrac(hundredths, big.NewInt(100)).FloatString(2)
}

func (s Share) above(limit *big.Rat) bool   { return s.exact.Cmp(limit) > 0 }
func (s Share) atLeast(limit *big.Rat) bool { return s.exact.Cmp(limit) >= 0 }

// mean of the shares; no share where one of them is none.
func mean(shares []Share) Share {
	sum := new(big.Rat)
	for _, s := range shares {
		if s.exact == nil {
			return Share{}
		}
		sum.Add(sum, s.exact)
	}
	return Share{sum.Quo(sum, big.NewRat(int64(len(shares)), 1))}
}
