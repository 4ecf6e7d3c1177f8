package watch

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gdamore/tcell/v2"
	"github.com/rivo/tview"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/grader/build"
	"etincelle/grader/class"
	"etincelle/grader/lab"
	"etincelle/grader/message"
	"etincelle/tui/terminal"
	"etincelle/tui/terminaltest"
)

// work is Work by the book: an exercise is right when the source says "N right".
type work struct {
	mu      sync.Mutex
	warm    []build.Progress
	asked   [][]int
	prepare func(ctx context.Context) error
	check   func(ctx context.Context) error
	hints   int
	resets  int
}

func (w *work) Prepare(ctx context.Context, tell func(build.Progress)) error {
	for _, p := range w.warm {
		tell(p)
	}
	if w.prepare != nil {
		return w.prepare(ctx)
	}
	return nil
}

func (w *work) Check(ctx context.Context, source []byte, exercises []lab.Exercise, first func(class.Checked)) (class.Checked, error) {
	w.mu.Lock()
	w.asked = append(w.asked, numbers(exercises))
	w.mu.Unlock()
	if w.check != nil {
		if err := w.check(ctx); err != nil {
			return class.Checked{}, err
		}
	}
	kinds := map[int]rune{}
	for _, e := range exercises {
		kinds[e.Number] = 'w'
		if strings.Contains(string(source), string(rune('0'+e.Number))+" right") {
			kinds[e.Number] = 'r'
		}
	}
	c := judged(kinds)
	first(c)
	return c, nil
}

func (w *work) Hint(lab.Exercise, message.Language) ([]string, error) {
	w.hints++
	return []string{"Un premier indice.", "Un autre."}[:min(w.hints, 2)], nil
}

func (w *work) Reset(lab.Exercise) (string, error) {
	w.resets++
	return ".etincelle/copies/one.go.txt", nil
}

// open shows a watch on a terminal in memory.
func open(t *testing.T, w *work, file File, o Options, width, height int) (*terminaltest.Terminal, *result) {
	r := &result{}
	now := start
	screen := New(course, lab.Progress{}, w, file, func() time.Time {
		now = now.Add(420 * time.Millisecond) // a save and its verdict are two looks at it
		return now
	}, o)
	return terminaltest.Open(t, width, height, func(ctx context.Context, app *tview.Application) error {
		command, err := screen.open(ctx, app, func() {})
		r.command = command
		return err
	}), r
}

type result struct{ command *terminal.Command }

// until lets the screen's clock tick until the page says something.
func until(t *testing.T, term *terminaltest.Terminal, text string) string {
	t.Helper()
	for range 20_000 {
		if shown := term.Text(); strings.Contains(shown, text) {
			return shown
		}
		term.Press(terminal.Tick)
	}
	require.FailNow(t, "never shown: "+text, term.Text())
	return ""
}

func TestOneExerciseAtATime(t *testing.T) {
	w, file := &work{}, &paper{}
	file.write("1 right")
	heading := func(section string, l message.Language) string {
		return map[string]string{"combineur": "Un combineur"}[section]
	}
	term, _ := open(t, w, file, Options{Heading: heading}, 80, 24)
	shown := until(t, term, "2 Combiner avant de brasser")
	assert.Contains(t, shown, "✓✗✗ 1/3")
	assert.Contains(t, shown, "« Un combineur » : o")
	assert.Contains(t, shown, "Le résultat a 3 partitions au lieu de 2")
	assert.Contains(t, shown, "labs/tp02-partitionnement/exercises.go")
	terminaltest.Golden(t, "wrong.fr.txt", shown)

	file.write("1 right 2 right")
	shown = until(t, term, "n : l'exercice suivant")
	assert.Contains(t, shown, "✓✓✗ 2/3")
	term.Press("n")
	until(t, term, "3 Garder le partitionneur")
	file.write("1 right 2 right 3 right")
	shown = until(t, term, "Tous les contrôles publics du TP passent")
	assert.Contains(t, shown, "sont lancés à la correction.", "nothing says that they passed")
	terminaltest.Golden(t, "right.fr.txt", shown)
	term.Sim.InjectKey(tcell.KeyRune, 'q', tcell.ModNone)
	require.NoError(t, term.Ended())
	assert.True(t, term.Gone())
	w.mu.Lock()
	defer w.mu.Unlock()
	assert.Equal(t, []int{1, 2, 3}, w.asked[0])
	assert.Equal(t, []int{2}, w.asked[1])
}

func TestKeys(t *testing.T) {
	w, file := &work{}, &paper{}
	file.write("nothing")
	term, r := open(t, w, file, Options{Language: message.English, Environment: message.English}, 80, 24)
	until(t, term, "1 Merge or deal out")
	term.Press("l")
	shown := until(t, term, "Exercises")
	terminaltest.Golden(t, "list.en.txt", shown)
	term.Press(tcell.KeyDown, tcell.KeyDown, tcell.KeyEnter)
	until(t, term, "3 Keep the partitioner")
	term.Press("hh")
	until(t, term, "Hint 2 of 3")
	term.Press("h")
	until(t, term, "That is the last hint")
	term.Press("x")
	until(t, term, "Put DistancesWithNames back as at the start?")
	term.Press("n", tcell.KeyEnter)
	until(t, term, "Nothing was changed")
	assert.Zero(t, w.resets, "no without a yes")
	term.Press("xy", tcell.KeyEnter)
	until(t, term, "Copy kept: .etincelle/copies/one.go.txt")
	assert.Equal(t, 1, w.resets)
	term.Press("?")
	terminaltest.Golden(t, "help.en.txt", until(t, term, "Help"))
	term.Press(tcell.KeyEscape)
	term.Press("F")
	until(t, term, "3 Garder le partitionneur")
	term.Press("p")
	until(t, term, "2 Combiner avant de brasser")
	term.Press("e")
	until(t, term, "La variable EDITOR")
	until(t, term, "✗✗✗")
	term.Sim.InjectKey(tcell.KeyRune, 's', tcell.ModNone)
	require.NoError(t, term.Ended())
	assert.Equal(t, &terminal.Command{Words: []string{"step", "tp02", "2", "--lang", "fr"}, Screen: true}, r.command)
}

func TestTheFirstBuildTellsHowFarItIs(t *testing.T) {
	release := make(chan struct{})
	w := &work{warm: []build.Progress{{Done: 37, Total: 137, Package: "encoding/json"}}, prepare: func(ctx context.Context) error {
		select {
		case <-release:
		case <-ctx.Done():
		}
		return ctx.Err()
	}}
	file := &paper{}
	file.write("x")
	term, _ := open(t, w, file, Options{}, 80, 24)
	shown := until(t, term, "première construction : 37 sur 137")
	assert.Contains(t, shown, "encoding/json")
	terminaltest.Golden(t, "warming.fr.txt", shown)
	close(release)
	until(t, term, "vérifié en")
}

func TestEverySizeIsDrawn(t *testing.T) {
	w, file := &work{}, &paper{}
	file.write("x")
	term, _ := open(t, w, file, Options{}, 80, 24)
	until(t, term, "au lieu de 2")
	for _, size := range [][2]int{{200, 60}, {40, 12}, {10, 3}, {1, 1}, {80, 24}} {
		term.Sim.SetSize(size[0], size[1])
		term.Press(terminal.Tick)
	}
	until(t, term, "au lieu de 2")
}

// Whatever ends it, the terminal is given back, and nothing is left running.
func TestEnds(t *testing.T) {
	file := &paper{}
	file.write("x")
	t.Run("a signal", func(t *testing.T) {
		term, _ := open(t, &work{check: func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }}, file, Options{}, 80, 24)
		until(t, term, "vérification")
		term.Stop()
		require.NoError(t, term.Ended())
		assert.True(t, term.Gone())
	})
	for name, w := range map[string]*work{
		"a defect of ours": {check: func(context.Context) error { panic("a defect of ours") }},
		"no compiler":      {prepare: func(context.Context) error { return errors.New("no compiler") }},
	} {
		t.Run(name, func(t *testing.T) {
			term, _ := open(t, w, file, Options{}, 80, 24)
			// The tick that brings the news is the last: nothing is drawn after it.
			ended := make(chan error)
			go func() { ended <- term.Ended() }()
			for {
				select {
				case err := <-ended:
					assert.ErrorContains(t, err, name)
					assert.True(t, term.Gone())
					return
				default:
					term.Sim.InjectKey(terminal.Tick, 0, tcell.ModNone)
				}
			}
		})
	}
}

// A save while something is judged ends that, and its verdict is not shown.
func TestASaveOverASave(t *testing.T) {
	begun := make(chan struct{}, 10)
	var first sync.Once
	w := &work{check: func(ctx context.Context) (err error) {
		first.Do(func() {
			begun <- struct{}{}
			<-ctx.Done()
			err = ctx.Err()
		})
		return err
	}}
	file := &paper{}
	file.write("1 right")
	term, _ := open(t, w, file, Options{}, 80, 24)
	until(t, term, "vérification")
	<-begun
	file.write("1 right 2 right")
	until(t, term, "✓✓✗ 2/3")
}

func TestTheTableOfKeys(t *testing.T) { terminaltest.Keys(t, actions()) }
