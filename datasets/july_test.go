package datasets_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/datasets"
)

func TestJuly(t *testing.T) {
	all, err := datasets.July()
	require.NoError(t, err)
	require.Len(t, all, 28485)
	for i, d := range all {
		assert.Equal(t, time.Duration(d.Delay)*time.Minute, d.Left.Sub(d.Scheduled))
		if i > 0 {
			require.False(t, d.Left.Before(all[i-1].Left), "row %d: in the order in which they left", i)
		}
	}
}
