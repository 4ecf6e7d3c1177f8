package hidden

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
)

// Maker draws what cases are made of. A TP's maker embeds it, and draws in an order of
// its own: the same seed gives the same cases.
type Maker struct {
	Random *rand.Rand
	Failed error // the first thing that went wrong
}

// NewMaker draws from a seed; each TP draws other numbers from it.
func NewMaker(seed, tp uint64) Maker { return Maker{Random: rand.New(rand.NewPCG(seed, tp))} }

// Fail keeps an error, if it is the first.
func (m *Maker) Fail(err error) {
	if m.Failed == nil {
		m.Failed = err
	}
}

// Raw is a row of a source.
func (m *Maker) Raw(row any) json.RawMessage {
	text, err := json.Marshal(row)
	if err != nil {
		m.Fail(fmt.Errorf("make a row: %w", err))
	}
	return text
}

// Sizes are n partitions of up to most rows; one at least has that many.
func (m *Maker) Sizes(n, most int) []int {
	sizes := make([]int, n)
	for i := range sizes {
		sizes[i] = m.Random.IntN(most + 1)
	}
	sizes[m.Random.IntN(n)] = most
	return sizes
}

// Skewed is about rows rows in n partitions, three quarters of them in one.
func (m *Maker) Skewed(n, rows int) []int {
	sizes := make([]int, n)
	for i := range sizes {
		sizes[i] = rows/(4*n) + m.Random.IntN(3)
	}
	sizes[m.Random.IntN(n)] += rows * 3 / 4
	return sizes
}
