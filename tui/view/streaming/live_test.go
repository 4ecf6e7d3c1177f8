package streaming

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gdamore/tcell/v2"
	"github.com/stretchr/testify/require"

	"etincelle/engine/event"
	"etincelle/grader/message"
	"etincelle/tui/follow"
)

// growing is a recording that a test lets grow.
type growing struct {
	t    *testing.T
	path string
	rest []event.Event
}

// add writes the next facts up to one that stops is true of, and some bytes of the
// line after it.
func (g *growing) add(bytes int, stops func(event.Event) bool) {
	f, err := os.OpenFile(g.path+event.Growing, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	require.NoError(g.t, err)
	defer f.Close()
	for len(g.rest) > 0 {
		e := g.rest[0]
		g.rest = g.rest[1:]
		require.NoError(g.t, event.Write(f, []event.Event{e}))
		if stops(e) {
			break
		}
	}
	if bytes > 0 {
		half, err := event.Encode(g.rest[0])
		require.NoError(g.t, err)
		_, err = f.Write(half[:bytes])
		require.NoError(g.t, err)
	}
}

// batchEnds is true of the end of a batch of the third query: the modes take turns.
func batchEnds(number int64) func(event.Event) bool {
	return func(e event.Event) bool {
		end, is := e.(event.BatchEnd)
		return is && end.Query == 2 && end.Batch == number
	}
}

func never(event.Event) bool { return false }

func TestALiveRecording(t *testing.T) {
	g := &growing{t: t, path: filepath.Join(t.TempDir(), "run.rec"), rest: append(tape(t, "animals"), event.SessionEnd{})}
	g.add(0, batchEnds(1))
	file := follow.Open(g.path)
	grew, err := file.Look()
	require.NoError(t, err)
	require.True(t, grew)
	term := open(t, file.Events, Options{Language: message.French, Title: message.Same("direct"), Live: file}, 80, 24)
	header := func() string { return strings.Split(term.Text(), "\n")[0] }
	require.Contains(t, header(), "● en direct", "it opens at the last batch")
	require.Contains(t, header(), "lot 3/3")
	g.add(0, batchEnds(2))
	term.Press(follow.Grown)
	require.Contains(t, header(), "lot 5/5 ● en direct")
	term.Press(follow.Grown)
	require.Contains(t, header(), "lot 5/5 ● en direct", "nothing new")

	term.Press("p")
	require.Contains(t, header(), "■ pause · Fin : direct", "one has moved back")
	state := func() string { return strings.Join(strings.Split(term.Text(), "\n")[10:], "\n") }
	before := state()
	g.add(7, batchEnds(3))
	term.Press(follow.Grown)
	require.Contains(t, header(), "/6 ■ pause · Fin : direct")
	require.Equal(t, before, state(), "and stays where one is")
	term.Press(tcell.KeyEnd)
	require.Contains(t, header(), "lot 6/6 ● en direct")

	// Half a line is waited for; an answer that is being typed is not disturbed.
	f, err := os.ReadFile(g.path + event.Growing)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(g.path+event.Growing, f[:len(f)-7], 0o644))
	term.Press(follow.Grown, "/")
	g.add(0, never)
	term.Press(follow.Grown)
	require.Contains(t, header(), "/6")
	term.Press(tcell.KeyEscape, follow.Grown)
	require.Contains(t, header(), "lot 10/10 ■ programme terminé")

	// The program is started again.
	g.rest = tape(t, "animals")
	require.NoError(t, os.Remove(g.path+event.Growing))
	g.add(0, batchEnds(0))
	term.Press(follow.Grown, "F")
	require.Contains(t, header(), "batch 1/1 ● live")
	require.NoError(t, os.WriteFile(g.path+event.Growing, []byte("{}\n"), 0o644))
	term.Press(follow.Grown)
	require.Contains(t, term.Text(), "The recording can no longer be read: line 1")
}

// Whatever the pieces are in which a recording comes, its lines are those of the whole
// in the end.
func TestPlainOn(t *testing.T) {
	whole := append(tape(t, "animals"), event.SessionEnd{})
	var all strings.Builder
	o := options(t, message.French)
	require.NoError(t, Plain(&all, whole, o))
	_, want, _ := strings.Cut(all.String(), "\n")
	var got strings.Builder
	told, last := 0, 0
	for to := range len(whole) + 1 {
		if to > 0 && !isBatchEnd(whole[to-1]) {
			continue
		}
		if to == 0 {
			_, err := PlainOn(&got, whole[:0], o, 0, false)
			require.Error(t, err)
			continue
		}
		var err error
		told, err = PlainOn(&got, whole[:to], o, told, false)
		require.NoError(t, err)
		require.GreaterOrEqual(t, told, last)
		last = told
	}
	_, err := PlainOn(&got, whole, o, told, true)
	require.NoError(t, err)
	_, lines, _ := strings.Cut(got.String(), "\n")
	require.Equal(t, strings.ReplaceAll(want, " sur 10\n", "\n"), lines)
}

func isBatchEnd(e event.Event) bool { _, is := e.(event.BatchEnd); return is }
