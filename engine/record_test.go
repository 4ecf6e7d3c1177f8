package engine_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/engine"
	"etincelle/engine/clock"
	"etincelle/engine/event"
	"etincelle/engine/rdd"
)

// A recording is all that the session told, and nothing before it has stopped.
func TestRecord(t *testing.T) {
	asked, byVariable := filepath.Join(t.TempDir(), "new", "run.jsonl"), filepath.Join(t.TempDir(), "all.jsonl")
	for name, path := range map[string]string{"the option": asked, "the variable": byVariable} {
		t.Run(name, func(t *testing.T) {
			options := []engine.Option{engine.Clock(clock.NewManual(time.Date(2013, 1, 1, 5, 15, 0, 0, time.UTC)))}
			t.Setenv(engine.RecordVariable, byVariable)
			if path == asked {
				options = append(options, engine.Record(asked)) // the option goes before the variable
			}
			s, r := start(t, options...)
			require.NoError(t, rdd.Of(s, 2, 1, 2, 3).Cache().ForEach(func(int) {}))
			_, err := os.Stat(path)
			require.ErrorIs(t, err, os.ErrNotExist)
			part, err := os.ReadFile(path + event.Growing)
			require.NoError(t, err)
			grown, err := new(event.Reader).Feed(part)
			require.NoError(t, err)
			assert.Empty(t, cmp.Diff(r.Events(), grown, cmpopts.EquateEmpty()), "while it runs it can be followed")
			s.Stop()
			require.NoFileExists(t, path+event.Growing)
			f, err := os.Open(path)
			require.NoError(t, err)
			defer f.Close()
			events, err := event.Read(f)
			require.NoError(t, err)
			assert.Empty(t, cmp.Diff(r.Events(), events, cmpopts.EquateEmpty()))
			require.NoError(t, os.Remove(path))
		})
	}
}

// Two sessions under one name: the later one is followed, each is written whole.
func TestRecordTwice(t *testing.T) {
	path := filepath.Join(t.TempDir(), "run.jsonl")
	first, _ := start(t, engine.Record(path))
	second, told := start(t, engine.Record(path))
	first.Stop()
	require.FileExists(t, path+event.Growing, "the other one's stays")
	second.Stop()
	require.NoFileExists(t, path+event.Growing)
	f, err := os.Open(path)
	require.NoError(t, err)
	defer f.Close()
	events, err := event.Read(f)
	require.NoError(t, err)
	assert.Empty(t, cmp.Diff(told.Events(), events, cmpopts.EquateEmpty()))
}
