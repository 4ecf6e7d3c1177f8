package home

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"unicode"

	"github.com/gdamore/tcell/v2"
	"github.com/rivo/tview"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
	"pgregory.net/rapid"

	"etincelle/grader/message"
	"etincelle/tui/keys"
	"etincelle/tui/terminal"
	"etincelle/tui/terminaltest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// tp is a TP with exercises in those states.
func tp(number string, states ...State) TP {
	t := TP{Short: "tp" + number, Folder: "labs/tp" + number + "-x", Title: message.Both("Le titre du TP "+number, "The title of TP "+number), Questions: 2}
	for i, s := range states {
		t.Exercises = append(t.Exercises, Exercise{
			Number: i + 1, Title: message.Both("Premier pas", "First step"), Functions: []string{"F" + string(rune('a'+i))},
			Line: 10 * (i + 1), Section: "s" + string(rune('a'+i)), State: s, AllHints: 3,
		})
		t.Begun = t.Begun || s != ToDo
	}
	return t
}

func TestNext(t *testing.T) {
	predicted := tp("01", Done, Done)
	predicted.Predicted = 2
	read := tp("01", ToDo)
	read.Begun = true
	for name, c := range map[string]struct {
		course Course
		at     place
		says   string
	}{
		"nothing begun":         {Course{[]TP{tp("01", ToDo, ToDo)}}, place{0, -1}, "Lire le cahier du TP01"},
		"the notebook was read": {Course{[]TP{read}}, place{0, 0}, "Écrire Fa dans labs/tp01-x/exercises.go:10"},
		"one is done":           {Course{[]TP{tp("01", Done, ToDo)}}, place{0, 1}, "Écrire Fb dans"},
		"mending comes first":   {Course{[]TP{tp("01", ToDo, Done, ToMend)}}, place{0, 2}, "Reprendre Fc dans labs/tp01-x/exercises.go:30"},
		"the next TP":           {Course{[]TP{tp("01", Done), tp("02", ToDo)}}, place{1, -1}, "Lire le cahier du TP02"},
		"predictions come last": {Course{[]TP{tp("01", Done), tp("02", Done)}}, place{0, -1}, "Il reste 2 prédictions à faire dans le cahier du TP01"},
		"all is done":           {Course{[]TP{predicted}}, place{0, -1}, "Tout est fait."},
		"a course without a TP": {Course{}, place{0, -1}, "Aucun TP"},
	} {
		next := c.course.next(message.French)
		assert.Equal(t, c.at, next.at, name)
		assert.Contains(t, strings.ReplaceAll(next.what[0], "\u00a0", " "), c.says, name)
	}
}

func TestCommands(t *testing.T) {
	course := Course{[]TP{tp("01", Done, ToMend), tp("02", Done)}}
	lines := func(at place) []string {
		var shown []string
		for _, c := range course.commands(at) {
			shown = append(shown, string(c.key)+" "+c.shown(""))
		}
		return shown
	}
	assert.Equal(t, []string{
		"n go run . notebook tp01 sa", "e labs/tp01-x/exercises.go:10", "c go run . check tp01", "w go run . check tp01 --watch",
		"h go run . hint tp01 1", "r go run . run tp01 1", "s go run . step tp01 1", "x go run . reset tp01 1",
	}, lines(place{0, 0}))
	assert.Equal(t, []string{
		"n go run . notebook tp01", "e labs/tp01-x/exercises.go:20", "c go run . check tp01", "w go run . check tp01 --watch",
		"h go run . hint tp01 2", "r go run . run tp01", "s go run . step tp01", "x go run . reset tp01",
	}, lines(place{0, -1}), "a hint is for the exercise to do next")
	assert.NotContains(t, strings.Join(lines(place{1, -1}), "\n"), "hint")
	assert.Equal(t, "go run . check tp01 --lang en", course.commands(place{0, 0})[2].shown(" --lang en"))
	assert.Empty(t, Course{}.commands(place{}))
}

type stoppedClock struct{}

func (stoppedClock) Start(int) {}
func (stoppedClock) Stop()     {}

type visit struct {
	*terminaltest.Terminal
	screen  *Screen
	command *terminal.Command
}

func open(t testing.TB, course func() (Course, error), l message.Language, editor bool, width, height int) *visit {
	s, err := New(l, message.French, terminal.Options{}, editor, course)
	require.NoError(t, err)
	s.newClock = func(*tview.Application) clock { return stoppedClock{} }
	v := &visit{screen: s}
	v.Terminal = terminaltest.Open(t, width, height, func(ctx context.Context, app *tview.Application) error {
		command, err := s.Show(ctx, app)
		v.command = command
		return err
	})
	return v
}

func still(c Course) func() (Course, error) { return func() (Course, error) { return c, nil } }

func eleven() Course {
	first := tp("00", Done, Done)
	first.Predicted = 2
	second := tp("01", Done, ToMend, ToDo)
	second.Predicted, second.Exercises[1].Hints = 1, 2
	c := Course{[]TP{first, second}}
	for _, n := range []string{"02", "03", "04", "05", "06", "07", "08", "09", "10"} {
		c.TPs = append(c.TPs, tp(n, ToDo, ToDo, ToDo))
	}
	return c
}

func TestGoldenScreens(t *testing.T) {
	for _, c := range []struct {
		name   string
		course Course
		l      message.Language
		keys   []any
	}{
		{"new", Course{[]TP{tp("02", ToDo, ToDo, ToDo)}}, message.French, nil},
		{"midway", eleven(), message.French, nil},
		{"english", eleven(), message.English, []any{tcell.KeyTab}},
		{"end", eleven(), message.French, []any{tcell.KeyPgDn, tcell.KeyPgDn, tcell.KeyPgDn, tcell.KeyPgDn, tcell.KeyPgDn, tcell.KeyPgDn, tcell.KeyPgDn, tcell.KeyPgDn, tcell.KeyPgDn, tcell.KeyPgDn, "j"}},
		{"help", eleven(), message.French, []any{"?"}},
		{"empty", Course{}, message.French, []any{"jkc", tcell.KeyTab, "F"}},
	} {
		for _, size := range []struct {
			name          string
			width, height int
		}{{"80x24", 80, 24}, {"120x36", 120, 36}, {"160x40", 160, 40}} {
			t.Run(c.name+"-"+size.name, func(t *testing.T) {
				v := open(t, still(c.course), c.l, true, size.width, size.height)
				v.Press(c.keys...)
				terminaltest.Golden(t, c.name+"-"+size.name+".txt", v.Text())
			})
		}
	}
}

func TestKeysAndTheirTable(t *testing.T) { terminaltest.Keys(t, actions()) }

func TestPlain(t *testing.T) {
	for name, l := range map[string]message.Language{"plain.fr.txt": message.French, "plain.en.txt": message.English} {
		var b bytes.Buffer
		require.NoError(t, Plain(&b, eleven(), l, "", func(s string) string { return s }))
		require.NotContains(t, b.String(), "\x1b")
		terminaltest.Golden(t, name, b.String())
	}
	require.ErrorIs(t, Plain(failing{}, Course{}, message.French, "", strings.ToUpper), errFull)
}

var errFull = errors.New("disk full")

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, errFull }

func TestStartingCommands(t *testing.T) {
	course := Course{[]TP{tp("02", Done, ToMend)}}
	for keys, want := range map[string]string{
		"n": "notebook tp02 sb", "c": "check tp02", "w": "check tp02 --watch", "h": "hint tp02 2", "r": "run tp02 2", "s": "step tp02 2",
		"x": "reset tp02 2", "kc": "check tp02", "kks": "step tp02", "Fh": "hint tp02 2 --lang en",
	} {
		v := open(t, still(course), message.French, true, 80, 24)
		last := keys[len(keys)-1]
		v.Press(keys[:len(keys)-1])
		v.Sim.InjectKey(tcell.KeyRune, rune(last), tcell.ModNone)
		require.NoError(t, v.Ended())
		require.True(t, v.Gone())
		require.Equal(t, want, strings.Join(v.command.Words, " "), keys)
	}
	v := open(t, still(course), message.French, true, 80, 24)
	v.Press(":kit --out /tmp/x")
	v.Sim.InjectKey(tcell.KeyEnter, 0, tcell.ModNone)
	require.NoError(t, v.Ended())
	require.Equal(t, []string{"kit", "--out", "/tmp/x"}, v.command.Words)

	v = open(t, still(course), message.French, false, 80, 24)
	v.Press("e")
	require.Contains(t, v.Text(), "Ouvrez labs/tp02-x/exercises.go:20")
	v = open(t, still(Course{[]TP{tp("02", Done)}}), message.French, true, 80, 24)
	v.Press("h")
	require.Contains(t, v.Text(), "tout est fait dans ce TP")
	v.Sim.InjectKey(tcell.KeyRune, 'e', tcell.ModNone)
	require.NoError(t, v.Ended())
	require.Equal(t, "labs/tp02-x/exercises.go", v.command.File)
}

func TestQuitting(t *testing.T) {
	for _, key := range []tcell.Key{tcell.KeyCtrlC, tcell.KeyEscape} {
		v := open(t, still(eleven()), message.French, true, 80, 24)
		v.Sim.InjectKey(key, 0, tcell.ModNone)
		require.NoError(t, v.Ended())
		require.Nil(t, v.command)
		require.True(t, v.Gone())
	}
	v := open(t, still(eleven()), message.French, true, 80, 24)
	v.Stop()
	require.NoError(t, v.Ended())
}

// Another window may check meanwhile.
func TestRefreshing(t *testing.T) {
	course, fault := Course{[]TP{tp("02", ToDo, ToDo)}}, error(nil)
	v := open(t, func() (Course, error) { return course, fault }, message.French, true, 80, 24)
	v.Press("jj")
	course = Course{[]TP{tp("02", Done, ToDo)}}
	v.Press(terminal.Tick)
	require.Contains(t, v.Text(), "■□ 1/2")
	require.Contains(t, v.Text(), "▶   ○ 2", "the place stays")
	course = Course{[]TP{tp("02", ToMend)}}
	v.Press(terminal.Tick)
	require.Contains(t, v.Text(), "▶   ✗ 1", "a place that is gone is another")
	fault = errFull
	v.Press(terminal.Tick)
	require.Contains(t, v.Text(), "disk full")
	require.Contains(t, v.Text(), "✗ 1")
	_, err := New(message.French, message.French, terminal.Options{}, true, func() (Course, error) { return Course{}, errFull })
	require.ErrorIs(t, err, errFull)
}

func TestAnySize(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := page{course: eleven(), language: message.French, notice: rapid.SampledFrom([]string{"", "un mot"}).Draw(t, "notice")}
		places := p.course.places(everyTP)
		p.at = places[rapid.IntRange(0, len(places)-1).Draw(t, "place")]
		if rapid.Bool().Draw(t, "help") {
			p.help, p.prompt = &keys.Help{}, "Filtrer :"
		}
		width, height := rapid.IntRange(0, 160).Draw(t, "columns"), rapid.IntRange(0, 50).Draw(t, "rows")
		c := p.draw(width, height)
		require.Len(t, c.Cells, width*height)
		for _, cell := range c.Cells {
			require.False(t, unicode.IsControl(cell.Main) && cell.Main != 0)
		}
		require.Equal(t, c.String(), p.draw(width, height).String())
		if width >= 80 && height >= 5 && p.help == nil {
			require.Contains(t, c.String(), "▶ ", "the chosen row shows")
		}
	})
}
