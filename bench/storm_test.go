package bench

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What the storm week loses is what its dataset's description says, which was
// reckoned by another program.
func TestStormLosesWhatItsDescriptionSays(t *testing.T) {
	plan := StormPlan{File: "../datasets/flights/stream_storm_week.csv", Rows: 20, Delay: 10 * time.Minute}
	for _, c := range []struct {
		rows  int
		delay time.Duration
		lost  int64
	}{{20, 10 * time.Minute, 988}, {100, time.Hour, 61}} {
		plan.Rows, plan.Delay = c.rows, c.delay
		report, err := StormWeek(plan)
		require.NoError(t, err)
		require.Len(t, report.Modes, 3)
		assert.EqualValues(t, 6181, report.Flights)
		for _, m := range report.Modes {
			require.NoError(t, m.Refused)
			lost := c.lost
			if m.Mode == "complete" {
				lost = 0
			}
			assert.Equal(t, lost, m.Lost, "%s, %d rows, %s", m.Mode, c.rows, c.delay)
		}
	}
}

func TestStormWithoutItsFile(t *testing.T) {
	_, err := StormWeek(StormPlan{File: "nowhere.csv", Rows: 20})
	assert.ErrorContains(t, err, "nowhere.csv")
}
