package stored

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/engine/event"
)

func TestRecordingsHaveNoTimes(t *testing.T) {
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	end := event.TaskEnd{Time: at, Task: 3, Metrics: event.Metrics{Input: 7, Duration: time.Second}}
	text, err := timeless([]event.Event{event.SessionStart{App: "a", Time: at}, end})
	require.NoError(t, err)
	events, err := event.Read(strings.NewReader(string(text)))
	require.NoError(t, err)
	end.Time, end.Metrics.Duration = time.Time{}, 0
	assert.Equal(t, []event.Event{event.SessionStart{App: "a"}, end}, events)
}
