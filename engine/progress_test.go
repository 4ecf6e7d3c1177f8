package engine

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
	"pgregory.net/rapid"

	"etincelle/engine/clock"
	"etincelle/engine/event"
)

// threeStages is a job of a skipped stage, one of four tasks and one of two.
func threeStages(at time.Time) event.JobStart {
	return event.JobStart{Time: at, Stages: []event.Stage{{ID: 0, Tasks: 9}, {ID: 1, Tasks: 4}, {ID: 2, Tasks: 2}}}
}

func succeeded(stage, partition int) event.TaskEnd {
	return event.TaskEnd{Stage: stage, Partition: partition, Status: event.Succeeded}
}

func TestProgressFollowsTheJob(t *testing.T) {
	began := time.Date(2013, 1, 1, 5, 15, 0, 0, time.UTC)
	now := clock.NewManual(began)
	var p progress
	assert.Empty(t, p.line(now.Now(), false), "no job")
	steps := []struct {
		french string
		heard  []event.Event
	}{
		{"étapes 0/2 · tâches 0/6", []event.Event{threeStages(began), event.StageSkipped{Stage: 0}}},
		{"étapes 0/2 · tâches 1/6", []event.Event{event.StageStart{Stage: 1, Partitions: []int{0, 1, 2, 3}}, succeeded(1, 2)}},
		{"étapes 0/2 · tâches 1/6", []event.Event{event.TaskEnd{Stage: 1, Partition: 0, Status: event.Failed}}},
		{"étapes 0/2 · tâches 1/6", []event.Event{succeeded(1, 2)}}, // a copy of a slow task ends too
		{"étapes 0/2 · tâches 1/6 · 9999 o déversés", []event.Event{event.Spilled{Bytes: 9999}}},
		{"étapes 0/2 · tâches 1/6 · 41 Mio déversés", []event.Event{event.Spilled{Bytes: 41 << 20}}},
		{"étapes 1/2 · tâches 4/6 · 41 Mio déversés", []event.Event{succeeded(1, 0), succeeded(1, 1), succeeded(1, 3), event.StageEnd{Stage: 1}}},
		{"étapes 1/2 · tâches 5/6 · 41 Mio déversés", []event.Event{event.StageStart{Stage: 2, Partitions: []int{5, 7}}, succeeded(2, 7)}},
		{"étapes 0/2 · tâches 3/6 · 41 Mio déversés", []event.Event{ // two outputs of stage 1 were lost
			event.StageEnd{Stage: 2, Error: "fetch failed"}, event.StageStart{Stage: 1, Attempt: 1, Partitions: []int{0, 1}}}},
		{"", []event.Event{event.JobEnd{}}},
	}
	for i, step := range steps {
		for _, e := range step.heard {
			p.hear(e)
		}
		if i == 0 {
			now.Advance(time.Second - 1)
			assert.Empty(t, p.line(now.Now(), false), "not yet worth saying")
			now.Advance(1)
		}
		assert.Equal(t, step.french, p.line(now.Now(), false))
		words := strings.NewReplacer("étapes", "stages", "tâches", "tasks", "Mio", "MiB", " o ", " B ", "déversés", "spilled")
		assert.Equal(t, words.Replace(step.french), p.line(now.Now(), true))
	}
	p.hear(threeStages(now.Now()))
	now.Advance(time.Hour)
	assert.Equal(t, "étapes 0/3 · tâches 0/15", p.line(now.Now(), false), "what another job spilled is not this one's")
}

// No job is shown to have done more than it has, or less than nothing, whatever
// order its facts come in.
func TestProgressStaysInItsBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := progress{}
		p.hear(threeStages(time.Time{}))
		for range rapid.IntRange(0, 40).Draw(t, "facts") {
			stage, part := rapid.IntRange(0, 3).Draw(t, "stage"), rapid.IntRange(0, 1).Draw(t, "partition")
			p.hear(rapid.SampledFrom([]event.Event{
				event.StageStart{Stage: stage, Partitions: []int{part}}, succeeded(stage, part),
				event.StageEnd{Stage: stage}, event.StageEnd{Stage: stage, Error: "lost"},
			}).Draw(t, "fact"))
			for _, s := range p.stages {
				require.GreaterOrEqual(t, s.done(), 0)
				require.LessOrEqual(t, s.done(), s.tasks)
			}
		}
	})
}

func TestSizesAreShort(t *testing.T) {
	for bytes, want := range map[int64]string{0: "0 B", 10239: "10239 B", 10240: "10 KiB", 500 << 20: "500 MiB", 10 << 30: "10 GiB", 1 << 62: "4194304 TiB"} {
		assert.Equal(t, want, size(bytes, "B"))
	}
}

func TestLanguageOfProgress(t *testing.T) {
	for _, c := range []struct {
		environment map[string]string
		english     bool
	}{
		{nil, false},
		{map[string]string{"LANG": "C"}, false},
		{map[string]string{"LANG": "en_GB.UTF-8"}, true},
		{map[string]string{"LANG": "en_GB.UTF-8", "ETINCELLE_LANG": "fr"}, false},
		{map[string]string{"LANG": "fr_FR", "ETINCELLE_LANG": "en"}, true},
	} {
		assert.Equal(t, c.english, inEnglish(func(name string) string { return c.environment[name] }), "%v", c.environment)
	}
}

// screen is a console whose seconds pass when told.
type screen struct {
	console
	strings.Builder
	second func() // nil while nothing ticks
}

func newScreen(now *clock.Manual) *screen {
	s := &screen{}
	s.console = console{out: &s.Builder, now: now.Now, ticks: func(tick func()) func() {
		s.second = tick
		return func() { s.second = nil }
	}}
	return s
}

func TestConsoleWritesOneLineAndErasesIt(t *testing.T) {
	now := clock.NewManual(time.Time{})
	s := newScreen(now)
	s.hear(event.SessionStart{})
	assert.Nil(t, s.second, "nothing ticks between jobs")
	s.hear(threeStages(now.Now()))
	tick := s.second
	tick()
	assert.Empty(t, s.String(), "the job is young")
	now.Advance(2 * time.Second)
	tick()
	tick()
	line := eraseLine + "étapes 0/3 · tâches 0/15"
	assert.Equal(t, line+line, s.String())
	s.hear(event.JobEnd{})
	assert.Nil(t, s.second)
	tick() // one that was under way
	assert.Equal(t, line+line+eraseLine, s.String())

	s.hear(threeStages(now.Now()))
	s.hear(event.SessionEnd{})
	assert.Nil(t, s.second)
	assert.Equal(t, line+line+eraseLine, s.String(), "of a short job nothing is shown, and nothing is erased")
}

// A job of a session leaves neither goroutine nor timer, though nobody stops it.
func TestConsoleIsIdleBetweenJobs(t *testing.T) {
	c := newConsole(defaults())
	c.hear(threeStages(time.Now()))
	c.hear(event.JobEnd{})
	goleak.VerifyNone(t)
}

func TestWhatIsNoTerminal(t *testing.T) {
	file, err := os.Create(t.TempDir() + "/file")
	require.NoError(t, err)
	defer file.Close()
	none, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	require.NoError(t, err)
	defer none.Close()
	read, write, err := os.Pipe()
	require.NoError(t, err)
	defer read.Close()
	defer write.Close()
	for _, f := range []*os.File{file, none, write} {
		assert.False(t, isTerminal(f), f.Name())
	}
}
