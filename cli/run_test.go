package cli

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"etincelle/engine/event"
)

// A plan is shown when the student's file has a part in it, wherever the job began.
func TestOwnJobs(t *testing.T) {
	digest := func(events ...event.Event) (d event.Digest) {
		for _, e := range events {
			d.Hear(e)
		}
		return d
	}
	engine := event.JobStart{Job: 0, Action: "start", Site: "rows.go:87"}
	began := event.JobStart{Job: 1, Action: "count", Site: "exercises.go:20"}
	assert.False(t, ownJobs(digest()))
	assert.False(t, ownJobs(digest(engine)))
	assert.True(t, ownJobs(digest(engine, began)))
}
