package keys

import (
	"testing"

	"github.com/gdamore/tcell/v2"
	"github.com/stretchr/testify/assert"

	"etincelle/grader/message"
	"etincelle/tui/canvas"
)

type pressed struct{ last string }

func table() []Action[*pressed] {
	does := func(what string) func(*pressed) { return func(p *pressed) { p.last = what } }
	return []Action[*pressed]{
		{Keys: Letter('n', tcell.KeyRight), First: true, Shown: Same("n"), Brief: message.Both("suite", "next"), Full: message.Both("pas suivant", "next step"), Group: message.Both("Aller", "Go"), Do: does("next")},
		{Keys: Special(tcell.KeyLeft), Do: does("back")},
		{Keys: Letter('q'), Row: 1, Shown: Same("q"), Brief: message.Both("quitter", "quit"), Full: message.Both("fin", "end"), Do: does("quit")},
	}
}

func TestFind(t *testing.T) {
	for _, c := range []struct {
		key  tcell.Key
		r    rune
		want string
	}{{tcell.KeyRune, 'n', "next"}, {tcell.KeyRight, 0, "next"}, {tcell.KeyLeft, 0, "back"}, {tcell.KeyRune, 'q', "quit"}, {tcell.KeyRune, 'x', ""}, {tcell.KeyUp, 'n', ""}} {
		a, known := Find(table(), tcell.NewEventKey(c.key, c.r, tcell.ModNone))
		assert.Equal(t, c.want != "", known)
		if known {
			var p pressed
			a.Do(&p)
			assert.Equal(t, c.want, p.last)
		}
	}
}

func TestFiltered(t *testing.T) {
	all := Filtered(table(), "", message.French)
	assert.Len(t, all, 2, "what is told with the action before is not listed")
	assert.Equal(t, "Aller", all[1].Group.French, "each knows its heading")
	assert.Len(t, Filtered(table(), " FIN ", message.French), 1)
	assert.Empty(t, Filtered(table(), "fin", message.English))
}

func TestFooter(t *testing.T) {
	draw := func(width int, small bool, says Says) string {
		c := canvas.New(width, 2)
		DrawFooter(c, canvas.At(0, 0, width, 2), table(), message.English, small, says)
		return c.String()
	}
	assert.Equal(t, " n next\n q quit\n", draw(40, false, Says{}))
	assert.Equal(t, "\n n next\n", draw(40, true, Says{}), "a small window leaves the first line for a notice")
	assert.Equal(t, "\n\n", draw(6, false, Says{}), "no key is cut")
	assert.Equal(t, " said\n q quit\n", draw(40, false, Says{Notice: "said"}))
	assert.Equal(t, " Name:\n Enter confirm  Esc cancel\n", draw(40, false, Says{Prompt: "Name:", Notice: "said"}))
	assert.Equal(t, " Filter:\n ↓ ↑ choose  Enter do it  Esc close\n", draw(40, false, Says{Prompt: "Filter:", Help: true}))
	assert.Equal(t, canvas.At(9, 3, 31, 1), Field(canvas.At(0, 3, 40, 2), "Filter: "))
}
