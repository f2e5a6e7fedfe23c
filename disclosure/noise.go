package disclosure

import (
	"errors"
	"fmt"
	"io"
	"math/big"
)

// PopulationForNoise is the population above which counts may be published with noise instead of being hidden: below, noise that protects
// drowns what is counted.
const PopulationForNoise = 10_000

// Errors of noise.
var (
	ErrBudget     = errors.New("the privacy budget is used up")
	ErrPopulation = fmt.Errorf("noise needs a population above %d", PopulationForNoise)
)

// Budget accounts for what publications with noise give away of the same people: what all of them spend together never passes Epsilon
// (sequential composition: Dwork and Roth 2014, section 3.5). It is not safe for concurrent use, and must be kept between publications.
type Budget struct {
	Epsilon big.Rat
	Spent   []Spending
}

// Spending is one publication's part of the budget.
type Spending struct {
	What    string
	Epsilon big.Rat
}

// Left is what can still be spent.
func (b *Budget) Left() *big.Rat {
	left := new(big.Rat).Set(&b.Epsilon)
	for i := range b.Spent {
		left.Sub(left, &b.Spent[i].Epsilon)
	}
	return left
}

// Noise publishes counts with noise: to each is added a whole number drawn from the discrete Laplace distribution, of which n has a probability
// in proportion to exp(−|n|·epsilon/sensitivity). Sensitivity is by how much one person can change all counts of the call together: 1 where
// each person is counted once. Random must be cryptographic, as crypto/rand.Reader; the draws are exact, without floating point (Canonne,
// Kamath and Steinke 2020, algorithms 1 and 2). Sums and negative counts are left as they come: mending them afterwards costs no privacy.
//
// Nothing is spent, and no count returned, where it fails: ErrPopulation for too few people, ErrBudget for more than is left, an epsilon or a
// sensitivity that is not above zero, a count below zero by its place from 1, a random source that ends.
func (b *Budget) Noise(random io.Reader, what string, counts []int64, population, sensitivity int64, epsilon *big.Rat) ([]int64, error) {
	switch {
	case population <= PopulationForNoise:
		return nil, ErrPopulation
	case epsilon.Sign() <= 0:
		return nil, fmt.Errorf("an epsilon of %s is not above zero", epsilon.RatString())
	case sensitivity < 1:
		return nil, fmt.Errorf("a sensitivity of %d is below one", sensitivity)
	case b.Left().Cmp(epsilon) < 0:
		return nil, fmt.Errorf("%w: %s is left, %s is asked for", ErrBudget, b.Left().RatString(), epsilon.RatString())
	}
	// The scale sensitivity/epsilon as t/s.
	t := new(big.Int).Mul(big.NewInt(sensitivity), epsilon.Denom())
	noisy := make([]int64, len(counts))
	for i, n := range counts {
		if n < 0 {
			return nil, fmt.Errorf("count %d is %d; counts are not negative", i+1, n)
		}
		noise, err := discreteLaplace(random, t, epsilon.Num())
		if err != nil {
			return nil, fmt.Errorf("noise for count %d: %w", i+1, err)
		}
		noisy[i] = n + noise
	}
	b.Spent = append(b.Spent, Spending{What: what, Epsilon: *new(big.Rat).Set(epsilon)})
	return noisy, nil
}

// discreteLaplace draws from the distribution of scale t/s.
func discreteLaplace(random io.Reader, t, s *big.Int) (int64, error) {
	for {
		u, err := below(random, t)
		if err != nil {
			return 0, err
		}
		if kept, err := bernoulliExp(random, u, t); err != nil {
			return 0, err
		} else if !kept {
			continue
		}
		v := new(big.Int)
		for {
			one := big.NewInt(1)
			again, err := bernoulliExp(random, one, one)
			if err != nil {
				return 0, err
			}
			if !again {
				break
			}
			v.Add(v, one)
		}
		x := v.Mul(v, t)
		x.Add(x, u)
		x.Div(x, s)
		sign, err := below(random, big.NewInt(2))
		if err != nil {
			return 0, err
		}
		negative := sign.Sign() > 0
		if negative && x.Sign() == 0 {
			continue // or zero would be drawn twice as often
		}
		if !x.IsInt64() {
			return 0, errors.New("the noise is beyond what a count can hold; epsilon is too small")
		}
		if negative {
			return -x.Int64(), nil
		}
		return x.Int64(), nil
	}
}

// bernoulliExp is true with the probability exp(−a/b), for 0 ≤ a ≤ b.
func bernoulliExp(random io.Reader, a, b *big.Int) (bool, error) {
	for k := int64(1); ; k++ {
		limit := new(big.Int).Mul(b, big.NewInt(k))
		u, err := below(random, limit)
		if err != nil {
			return false, err
		}
		if u.Cmp(a) >= 0 {
			return k%2 == 1, nil
		}
	}
}

// below draws evenly from the whole numbers from 0 to one less than the limit, which is above 0: as many bits as it has, again until they fit.
func below(random io.Reader, limit *big.Int) (*big.Int, error) {
	most := new(big.Int).Sub(limit, big.NewInt(1))
	bits := most.BitLen()
	drawn := make([]byte, (bits+7)/8)
	spare := uint(8*len(drawn) - bits)
	for n := new(big.Int); ; {
		if _, err := io.ReadFull(random, drawn); err != nil {
			return nil, err
		}
		if len(drawn) > 0 {
			drawn[0] &= 0xff >> spare
		}
		if n.SetBytes(drawn); n.Cmp(most) <= 0 {
			return n, nil
		}
	}
}
