package view

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"etincelle/tui/model"
	"etincelle/tui/terminaltest"
)

// What JSON tells of each job is what the counters of its recording are.
func TestJSON(t *testing.T) {
	for _, name := range []string{"join", "cache", "retry", "fetch", "hostile"} {
		var b bytes.Buffer
		require.NoError(t, JSON(&b, tape(t, name), Options{Language: model.French}))
		var jobs []dataJob
		require.NoError(t, json.Unmarshal(b.Bytes(), &jobs), name)
		require.NotEmpty(t, jobs)
		for _, j := range jobs {
			ended, skipped, written := 0, 0, int64(0)
			for _, s := range j.Stages {
				if s.Status == "skipped" {
					skipped++
				}
				for _, task := range s.Tasks {
					if task.Status != "" {
						ended++
					}
					written += task.Metrics.ShuffleWrite
				}
			}
			require.Equal(t, j.Counters.SkippedStages, skipped, name)
			require.Equal(t, j.Counters.Tasks, ended, name)
			require.Equal(t, j.Counters.ShuffleWrite, written, name)
		}
		if name == "join" {
			terminaltest.Golden(t, "join.json.txt", b.String())
		}
	}
	require.ErrorIs(t, JSON(failing{}, tape(t, "join"), Options{}), errFull)
	var b bytes.Buffer
	require.NoError(t, JSON(&b, nil, Options{}))
	require.Equal(t, "[]\n", b.String())
}
