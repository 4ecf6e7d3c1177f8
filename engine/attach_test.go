package engine

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

type attachment struct{ stops int }

func (a *attachment) Stop() { a.stops++ }

func TestAttachedIsMadeOnceAndStopped(t *testing.T) {
	type key struct{}
	s := Start()
	made := 0
	attach := func() any { made++; return &attachment{} }
	a := Inside(s).Attached(key{}, attach)
	assert.Same(t, a, Inside(s).Attached(key{}, attach))
	assert.Equal(t, 1, made)
	s.Stop()
	s.Stop()
	assert.Equal(t, 1, a.(*attachment).stops)
}
