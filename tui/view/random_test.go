package view

import (
	"strings"
	"testing"
	"unicode"

	"github.com/gdamore/tcell/v2"
	"github.com/rivo/tview"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"etincelle/tui/follow"
	"etincelle/tui/model"
	"etincelle/tui/terminal"
)

type stopped struct{}

func (stopped) Start(int) {}
func (stopped) Stop()     {}

// TestRandomKeys: whatever is pressed or pointed at, at whatever size, nothing panics, a
// position stays within the recording, and a state is what it is from any side.
func TestRandomKeys(t *testing.T) {
	lines := map[string]*model.Timeline{}
	names := []string{"join", "cache", "retry", "fetch", "copies", "hostile"}
	for _, name := range names {
		line, err := model.New(tape(t, name))
		require.NoError(t, err)
		lines[name] = line
	}
	special := []tcell.Key{tcell.KeyEnter, tcell.KeyEscape, tcell.KeyTab, tcell.KeyBacktab, tcell.KeyUp, tcell.KeyDown, tcell.KeyPgUp, tcell.KeyPgDn,
		tcell.KeyHome, tcell.KeyEnd, tcell.KeyLeft, tcell.KeyRight, terminal.Tick, follow.Grown}
	runes := append(strings.Split("n p N P . , g / < > z e y F ? : 1 2 3 4 5 0 a é k x E c m u R U s d", " "), " ")
	rapid.Check(t, func(t *rapid.T) {
		line := lines[rapid.SampledFrom(names).Draw(t, "tape")]
		s := newScreen(line, Options{Mouse: true}, stopped{}, nil)
		press := s.Window.InputHandler()
		for range rapid.IntRange(1, 40).Draw(t, "keys") {
			width, height := rapid.IntRange(0, 150).Draw(t, "width"), rapid.IntRange(0, 50).Draw(t, "height")
			x, y := rapid.IntRange(-1, 150).Draw(t, "x"), rapid.IntRange(-1, 50).Draw(t, "y")
			switch rapid.IntRange(0, 7).Draw(t, "hand") {
			case 0:
				s.Point(x, y, width, height)
			case 1:
				s.Wheel(x, y, width, height, y-20)
			case 2, 3:
				press(tcell.NewEventKey(rapid.SampledFrom(special).Draw(t, "key"), 0, tcell.ModNone), func(tview.Primitive) {})
			default:
				press(tcell.NewEventKey(tcell.KeyRune, []rune(rapid.SampledFrom(runes).Draw(t, "rune"))[0], tcell.ModNone), func(tview.Primitive) {})
			}
			c := s.Draw(width, height)
			require.Len(t, c.Cells, width*height)
			for _, cell := range c.Cells {
				require.False(t, unicode.IsControl(cell.Main) && cell.Main != 0)
			}
			require.Equal(t, c.String(), s.Draw(width, height).String(), "drawing twice changes nothing")
			require.GreaterOrEqual(t, s.state.Position, 0)
			require.LessOrEqual(t, s.state.Position, line.Len())
		}
		require.Equal(t, line.At(s.state.Position), s.state)
	})
}
