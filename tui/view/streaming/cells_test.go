package streaming

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"etincelle/grader/message"
	"etincelle/tui/canvas"
	model "etincelle/tui/model/streaming"
	"etincelle/tui/stepper"
)

// A column is five minutes, from 12:00 on: what would be in one place shows all the same.
func TestSignsInOnePlace(t *testing.T) {
	at := func(clock string) time.Time {
		d, err := time.Parse("15:04", clock)
		require.NoError(t, err)
		return d
	}
	p := &page{look: look{Look: stepper.Look{Language: message.French}}, story: &model.Story{}}
	for _, c := range []struct {
		what, watermark string
		rows            []model.Row
		drawn           string
	}{
		{"alone", "12:21", nil, "    ┃       "},
		{"a row after the watermark, in its column", "12:21", []model.Row{{At: at("12:22")}}, "   ┃c       "},
		{"a row before it", "12:23", []model.Row{{At: at("12:22")}}, "    c┃      "},
		{"the side is taken", "12:21", []model.Row{{At: at("12:22")}, {At: at("12:15")}}, "   cc┃      "},
		{"both are: the rows stay", "12:21", []model.Row{{At: at("12:22")}, {At: at("12:15")}, {At: at("12:25")}}, "   ccc      "},
		{"at the edge", "12:01", []model.Row{{At: at("12:02")}}, "c┃          "},
		{"several", "12:30", []model.Row{{At: at("12:02")}, {At: at("12:03")}}, "2     ┃     "},
		{"a dropped one is not hidden", "12:30", []model.Row{{At: at("12:02"), Late: true}, {At: at("12:03")}}, "✗     ┃     "},
		{"left of the axis", "12:50", []model.Row{{At: at("03:10")}}, "◀c 03:10  ┃ "},
		{"two of them", "12:50", []model.Row{{At: at("03:10")}, {At: at("02:10")}}, "◀2 02:10  ┃ "},
		{"dropped", "12:50", []model.Row{{At: at("03:10"), Late: true}}, "◀✗ 03:10  ┃ "},
		{"its time would hide a row", "12:50", []model.Row{{At: at("03:10")}, {At: at("12:20")}}, "◀   c     ┃ "},
		{"there is room at the other edge", "12:10", []model.Row{{At: at("03:10")}, {At: at("12:05")}}, "◀c┃◀c 03:10 "},
		{"right of the axis", "", []model.Row{{At: at("14:00")}}, "           c"},
	} {
		g := newGrid(axis{at("12:00"), 5 * time.Minute, 12})
		for _, r := range c.rows {
			g.putRow(r, 'c', false, false)
		}
		b := &model.Batch{}
		if c.watermark != "" {
			b.Watermark = at(c.watermark)
		}
		g.putWatermark(b)
		g.putOutside(p)
		require.Equal(t, c.drawn, string(g.cells), c.what)
	}
	require.Equal(t, canvas.Line{{Text: "ab", Role: canvas.Bad}, {Text: "c"}}, spans([]rune("abc"), []canvas.Role{canvas.Bad, canvas.Bad, ""}))
}
