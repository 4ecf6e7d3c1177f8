package scenario

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/engine/enginetest"
	"etincelle/engine/event"
)

var realClock = flag.Bool("real", false, "run the scenarios by the computer's clock, too: a minute or so")

// what each scenario is there to show.
var shows = map[string]struct{ lost, duplicated bool }{
	"receiver-killed-1":    {lost: true},
	"receiver-killed-2":    {lost: true},
	"driver-killed":        {lost: true},
	"driver-killed-log":    {duplicated: true},
	"ack-before":           {lost: true},
	"ack-after":            {duplicated: true},
	"ack-after-idempotent": {},
	"slow-executor":        {},
	"backlog":              {},
	"backpressure":         {},
}

func check(t *testing.T, r Result) {
	t.Helper()
	want, known := shows[r.Scenario.Name]
	require.True(t, known, "a scenario that shows nothing")
	b := r.Balance
	assert.Equal(t, want.lost, b.Lost > 0, "lost: %+v", b)
	assert.Equal(t, want.duplicated, b.Duplicated > 0, "duplicated: %+v", b)
	assert.Equal(t, b.Offered, b.Processed+b.Lost+b.Waiting, "every row is somewhere: %+v", b)
	assert.LessOrEqual(t, b.Stored, b.Received, "%+v", b)
}

func TestTranscripts(t *testing.T) {
	for _, s := range All() {
		t.Run(s.Name, func(t *testing.T) {
			r, err := s.Run(Options{})
			require.NoError(t, err)
			check(t, r)
			enginetest.Golden(t, s.Name+".fr.txt", strings.Join(r.Narrate(false), "\n")+"\n")
			enginetest.Golden(t, s.Name+".en.txt", strings.Join(r.Narrate(true), "\n")+"\n")
		})
	}
}

// A hundred runs, one recording, to the last fact.
func TestEveryRunIsTheSame(t *testing.T) {
	for _, s := range All() {
		t.Run(s.Name, func(t *testing.T) {
			t.Parallel()
			var first string
			for i := range 100 {
				r, err := s.Run(Options{})
				require.NoError(t, err)
				told := enginetest.Transcript(r.Events) + strings.Join(r.Balance.Table(true), "\n")
				if i == 0 {
					first = told
				}
				if told != first {
					t.Fatalf("run %d differs from run 0 at %s", i, firstDifference(first, told))
				}
			}
		})
	}
}

func firstDifference(a, b string) string {
	as, bs := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(as), len(bs)) {
		if as[i] != bs[i] {
			return as[i] + " / " + bs[i]
		}
	}
	return "the end"
}

func TestARecordingIsReadBack(t *testing.T) {
	s, err := Find("driver-killed-log")
	require.NoError(t, err)
	r, err := s.Run(Options{})
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "run.jsonl")
	require.NoError(t, r.Record(path))
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	events, err := event.Read(bytes.NewReader(data))
	require.NoError(t, err)
	assert.Equal(t, enginetest.Transcript(r.Events), enginetest.Transcript(events))
}

func TestNoSuchScenario(t *testing.T) {
	_, err := Find("coffee")
	assert.EqualError(t, err, `no scenario "coffee"`)
}

// By the computer's clock the numbers differ from run to run, and the account shows the
// same.
func TestRealClock(t *testing.T) {
	if !*realClock {
		t.Skip("run by hand, with -real: it takes a minute")
	}
	for _, s := range All() {
		t.Run(s.Name, func(t *testing.T) {
			t.Parallel()
			r, err := s.Run(Options{Real: true})
			require.NoError(t, err)
			check(t, r)
			t.Logf("%+v", r.Balance)
		})
	}
}
