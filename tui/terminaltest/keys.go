package terminaltest

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/grader/message"
	"etincelle/tui/canvas"
	"etincelle/tui/keys"
)

// helpColumns is what the page of keys has for a sentence, in 80 columns.
const helpColumns = 80 - 2 - 2 - 13

// Keys checks a screen's table of keys: no key means two things, each does
// something, and each is told on the page of keys, itself or with the one before;
// at 80 columns no sentence of that page is cut, and every key that has a place in the
// footer shows, but those left out, which the page itself tells of.
func Keys[S any](t *testing.T, actions []keys.Action[S], leftOut ...string) {
	seen := map[keys.Stroke]bool{}
	for i, a := range actions {
		require.NotNil(t, a.Do)
		require.NotEmpty(t, a.Keys)
		for _, k := range a.Keys {
			require.False(t, seen[k], "%v twice", k)
			seen[k] = true
		}
		require.True(t, i > 0 || a.Full.French != "")
		for _, full := range []string{a.Full.French, a.Full.English} {
			assert.LessOrEqual(t, canvas.Columns(full), helpColumns, "it is cut in 80 columns: %s", full)
		}
		for _, m := range []message.Text{a.Shown, a.Brief, a.Full, a.Group} {
			require.Equal(t, m.French == "", m.English == "", "%v", m)
		}
	}
	for _, l := range []message.Language{message.French, message.English} {
		c := canvas.New(80, 2)
		keys.DrawFooter(c, canvas.At(0, 0, 80, 2), actions, l, false, keys.Says{})
		for _, a := range actions {
			if a.Brief.French != "" && !slices.Contains(leftOut, a.Brief.French) {
				assert.Contains(t, c.String(), a.Shown.In(l)+" "+a.Brief.In(l))
			}
		}
	}
}
