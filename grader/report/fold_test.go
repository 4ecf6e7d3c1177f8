package report

import (
	"strings"
	"testing"

	"github.com/mattn/go-runewidth"
	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"
)

func TestFolded(t *testing.T) {
	for _, c := range []struct {
		text  string
		width int
		want  []string
	}{
		{"court", 20, []string{"court"}},
		{"as long as it comes, it stays", 0, []string{"as long as it comes, it stays"}},
		{"  un deux trois quatre", 12, []string{"  un deux", "    trois", "    quatre"}},
		{"on garde le signe : avec le mot", 17, []string{"on garde le signe :", "  avec le mot"}},
		{"incommensurablement long", 10, []string{"incommensurablement", "  long"}},
	} {
		assert.Equal(t, c.want, Fold(c.text, c.width), c.text)
	}
}

// Folding loses no word and keeps their order; only a word that is too wide, or a
// sign that clings to one, passes the width.
func TestFoldedKeepsEveryWord(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.StringMatching(`[a-zé]{1,12}`), 1, 30).Draw(t, "words")
		width := rapid.IntRange(16, 60).Draw(t, "width")
		lines := Fold("    "+strings.Join(words, " "), width)
		assert.Equal(t, words, strings.Fields(strings.Join(lines, " ")))
		for _, line := range lines {
			assert.LessOrEqual(t, runewidth.StringWidth(line), max(width, 6+12))
		}
	})
}
