package rdd_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"
)

// law says what an operation gives, and what the model gives. Whatever the number
// of partitions, of executors and of cores, the two are the same.
type law struct {
	name string
	try  func(w world) (got, want any)
}

func TestLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		for _, laws := range [][]law{rowLaws, pairLaws, joinLaws, actionLaws} {
			for _, law := range laws {
				got, want := law.try(w)
				if !assert.ObjectsAreEqual(want, got) {
					t.Fatalf("%s\n got %v\nwant %v\nrows %v in %d partitions\nmore %v in %d partitions",
						law.name, got, want, w.rows, w.a.NumPartitions(), w.more, w.b.NumPartitions())
				}
			}
		}
	})
}
