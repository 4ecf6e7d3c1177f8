package recorded

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestOpen(t *testing.T) {
	require.Equal(t, []string{"animals", "storm"}, Names())
	for _, name := range Names() {
		s, facts, err := Open(name)
		require.NoError(t, err)
		require.NotEmpty(t, facts)
		require.Len(t, s.Modes, 3)
	}
	_, _, err := Open("nothing")
	require.EqualError(t, err, `scenario "nothing": there is animals, storm`)
}

func BenchmarkOpen(b *testing.B) {
	for b.Loop() {
		if _, _, err := Open("storm"); err != nil {
			b.Fatal(err)
		}
	}
}
