package datasets_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/datasets"
)

func TestDeparturesComeInTheOrderInWhichTheyLeft(t *testing.T) {
	for name, one := range map[string]struct {
		read func() ([]datasets.Departure, error)
		rows int
	}{"storm": {datasets.StormWeek, 6181}, "calm": {datasets.CalmWeek, 6480}, "july": {datasets.July, 28485}} {
		all, err := one.read()
		require.NoError(t, err)
		assert.Len(t, all, one.rows, name)
		for i, d := range all {
			require.False(t, i > 0 && d.Left.Before(all[i-1].Left), "%s, row %d", name, i)
			require.Equal(t, time.Duration(d.Delay)*time.Minute, d.Left.Sub(d.Scheduled), "%s, row %d", name, i)
		}
	}
	storm, err := datasets.StormWeek()
	require.NoError(t, err)
	assert.Equal(t, datasets.Departure{
		Scheduled: time.Date(2013, 6, 24, 9, 0, 0, 0, time.UTC), Left: time.Date(2013, 6, 24, 8, 55, 0, 0, time.UTC),
		Carrier: "US", Origin: "EWR", Dest: "CLT", Delay: -5,
	}, storm[0])
}

func TestParseDepartureSaysWhatIsWrong(t *testing.T) {
	for line, part := range map[string]string{
		"2013-06-24T09:00:00Z": "found 1 columns, expected 9",
		"9:00,2013-06-24T08:55:00Z,US,1431,N559UW,EWR,CLT,529,-5":                  "the scheduled time",
		"2013-06-24T09:00:00Z,8:55,US,1431,N559UW,EWR,CLT,529,-5":                  "the time it left",
		"2013-06-24T09:00:00Z,2013-06-24T08:55:00Z,US,1431,N559UW,EWR,CLT,529,few": "the delay",
	} {
		_, err := datasets.ParseDeparture(line)
		assert.ErrorContains(t, err, part)
	}
}
