package view

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"etincelle/grader/message"
	"etincelle/tui/model"
	"etincelle/tui/terminaltest"
)

func TestPlain(t *testing.T) {
	for _, c := range []struct {
		tape     string
		language model.Language
	}{
		{"join", model.French}, {"cache", model.French}, {"fetch", model.English}, {"retry", model.English}, {"copies", model.English}, {"hostile", model.French},
	} {
		var b bytes.Buffer
		require.NoError(t, Plain(&b, tape(t, c.tape), Options{Title: message.Same("TP 2"), Language: c.language}))
		terminaltest.Golden(t, c.tape+"-plain.txt", b.String())
		require.NotContains(t, b.String(), "\x1b")
		require.NotRegexp(t, `[─-╿▀-◿✀-➿⠀-⣿]`, b.String(), "signs are words here")
	}
}
