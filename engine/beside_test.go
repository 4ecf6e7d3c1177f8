package engine

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

type stopped struct{ times int }

func (s *stopped) Stop() { s.times++ }

func TestWhatLiesBesideIsMadeOnceAndStopped(t *testing.T) {
	type key struct{}
	s := Start()
	made := 0
	fresh := func() any { made++; return &stopped{} }
	a := Inside(s).Beside(key{}, fresh)
	assert.Same(t, a, Inside(s).Beside(key{}, fresh))
	assert.Equal(t, 1, made)
	s.Stop()
	s.Stop()
	assert.Equal(t, 1, a.(*stopped).times)
}
