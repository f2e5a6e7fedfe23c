package disclosure

import (
	"bytes"
	"crypto/rand"
	"errors"
	"math"
	"math/big"
	mathrand "math/rand/v2"
	"testing"
)

// source is a deterministic stream of bytes.
func source(seed byte) *mathrand.ChaCha8 { return mathrand.NewChaCha8([32]byte{seed}) }

func TestNoiseHasTheDistributionItPromises(t *testing.T) {
	for _, test := range []struct {
		sensitivity int64
		epsilon     *big.Rat
	}{{1, big.NewRat(1, 1)}, {1, big.NewRat(1, 2)}, {3, big.NewRat(7, 4)}} {
		const draws = 40_000
		b := Budget{Epsilon: *test.epsilon}
		noisy, err := b.Noise(source(1), "test", make([]int64, draws), 20_000, test.sensitivity, test.epsilon)
		if err != nil {
			t.Fatal(err)
		}
		seen := map[int64]float64{}
		for _, n := range noisy {
			seen[n]++
		}
		epsilon, _ := test.epsilon.Float64()
		q := math.Exp(-epsilon / float64(test.sensitivity))
		for n := int64(-4); n <= 4; n++ {
			expected := (1 - q) / (1 + q) * math.Pow(q, math.Abs(float64(n)))
			spread := math.Sqrt(expected * (1 - expected) / draws)
			if got := seen[n] / draws; math.Abs(got-expected) > 5*spread {
				t.Errorf("epsilon %s, sensitivity %d: %d has the frequency %.4f, expected %.4f ± %.4f", test.epsilon.RatString(), test.sensitivity, n, got, expected, spread)
			}
		}
	}
}

func TestABudgetIsNeverOverspent(t *testing.T) {
	b := Budget{Epsilon: *big.NewRat(1, 1)}
	for i := range 2 {
		if _, err := b.Noise(rand.Reader, "survey", []int64{5, 10}, 50_000, 1, big.NewRat(2, 5)); err != nil {
			t.Fatalf("spending %d: %v", i+1, err)
		}
	}
	if _, err := b.Noise(rand.Reader, "survey", []int64{5}, 50_000, 1, big.NewRat(2, 5)); !errors.Is(err, ErrBudget) {
		t.Errorf("the third spending: %v", err)
	}
	if left := b.Left(); left.Cmp(big.NewRat(1, 5)) != 0 || len(b.Spent) != 2 {
		t.Errorf("%s is left after %d spendings", left.RatString(), len(b.Spent))
	}
	if _, err := b.Noise(rand.Reader, "survey", []int64{5}, 50_000, 1, big.NewRat(1, 5)); err != nil {
		t.Errorf("what is left can be spent: %v", err)
	}
}

func TestNoiseThatCannotProtectIsRefusedAndCostsNothing(t *testing.T) {
	one := big.NewRat(1, 1)
	for _, test := range []struct {
		name        string
		random      []byte
		counts      []int64
		people      int64
		sensitivity int64
		epsilon     *big.Rat
	}{
		{"a small town", make([]byte, 1000), []int64{1}, 10_000, 1, one},
		{"no epsilon", make([]byte, 1000), []int64{1}, 20_000, 1, new(big.Rat)},
		{"no sensitivity", make([]byte, 1000), []int64{1}, 20_000, 0, one},
		{"a negative count", bytes.Repeat([]byte{7, 200, 31}, 1000), []int64{1, -1}, 20_000, 1, one},
		{"a random source that ends", nil, []int64{1}, 20_000, 1, one},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := Budget{Epsilon: *one}
			noisy, err := b.Noise(bytes.NewReader(test.random), "test", test.counts, test.people, test.sensitivity, test.epsilon)
			if err == nil || noisy != nil {
				t.Errorf("counts %v, error %v", noisy, err)
			}
			if len(b.Spent) != 0 {
				t.Error("the budget was spent")
			}
		})
	}
}
