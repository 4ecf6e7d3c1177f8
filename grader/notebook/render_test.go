package notebook

import (
	"bytes"
	"flag"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/mattn/go-runewidth"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

var rewrite = flag.Bool("rewrite", false, "write the golden files of this package anew")

func rendered(t require.TestingT, n *Notebook, style Style) string {
	var text bytes.Buffer
	require.NoError(t, Render(&text, n, style))
	return text.String()
}

func TestRenderGolden(t *testing.T) {
	tests := map[string]struct {
		language string
		style    Style
	}{
		"sample.fr.80.txt":    {"fr", Style{Width: 80}},
		"sample.en.80.txt":    {"en", Style{Width: 80, Language: "en"}},
		"sample.fr.32.txt":    {"fr", Style{Width: 32}},
		"sample.fr.color.txt": {"fr", Style{Color: true}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			n, _ := sample(t, test.language)
			got := rendered(t, n, test.style)
			file := "testdata/" + name
			if *rewrite {
				require.NoError(t, os.WriteFile(file, []byte(strings.ReplaceAll(got, "\x1b", "␛")), 0o644))
			}
			want, err := os.ReadFile(file)
			require.NoError(t, err)
			assert.Equal(t, string(want), strings.ReplaceAll(got, "\x1b", "␛"))
		})
	}
}

// Law: the colours change no letter of code, and no line is wider than asked.
func TestRenderFitsItsWidth(t *testing.T) {
	columns := runewidth.NewCondition()
	columns.EastAsianWidth = false
	for _, language := range []string{"fr", "en"} {
		n, _ := sample(t, language)
		rapid.Check(t, func(t *rapid.T) {
			width := rapid.IntRange(leastWidth, 130).Draw(t, "width")
			color := rapid.Bool().Draw(t, "color")
			for line := range strings.Lines(rendered(t, n, Style{Width: width, Color: color})) {
				shown := uncoloured(strings.TrimSuffix(line, "\n"))
				assert.LessOrEqual(t, columns.StringWidth(shown), width, "%q", shown)
			}
		})
	}
}

func TestRenderShowsNothingThatATerminalObeys(t *testing.T) {
	hostile := "\x1b[2J\x07\u202e\u009b31m"
	n := read(t, "n.md", "# T"+hostile+"\n\nx"+hostile+" `y"+hostile+"` &#27;[2J [a"+hostile+"](http://b"+hostile+") ![c](d"+hostile+")\n\n"+
		"| a"+hostile+" |\n|--|\n| b |\n\n```text\n"+hostile+"\n```\n\n```go cell=a\n// "+hostile+"\n_ = `"+hostile+"`\n```\n\n```output cell=a\n"+hostile+"\n```\n\n"+
		"<details><summary>s"+hostile+"</summary>\n\n- z"+hostile+"\n\n</details>\n")
	for _, style := range []Style{{}, {Color: true}} {
		shown := uncoloured(rendered(t, n, style))
		assert.NotContains(t, shown, "\x1b")
		assert.NotContains(t, shown, "\x07")
		assert.NotContains(t, shown, "\u202e")
		assert.NotContains(t, shown, "\u009b")
	}
	assert.NotContains(t, n.Title, "\x1b")
}

func TestRenderPieces(t *testing.T) {
	tests := map[string]struct{ text, want string }{
		"a sign alone stays with its word": {
			"aaaa bbbb cccc dddd eeee ? ffff « gggg » hhhh iiiii jjjj ; kkkk",
			"aaaa bbbb cccc dddd\neeee ? ffff « gggg »\nhhhh iiiii jjjj ; kkkk\n",
		},
		"a word too long is cut": {
			"see " + strings.Repeat("x", 30) + " now",
			"see\n" + strings.Repeat("x", 24) + "\nxxxxxx now\n",
		},
		"wide characters count twice": {
			strings.Repeat("語", 13) + " a",
			strings.Repeat("語", 12) + "\n語 a\n",
		},
		"links":         {"[a](http://b) <http://c> [d](#e)", "a (http://b) http://c d\n"},
		"a hard break":  {"a\\\nb", "a\nb\n"},
		"entities":      {"a&nbsp;b &lt;c&gt; &eacute;", "a\u00a0b <c> é\n"},
		"a loose list":  {"- a\n\n- b", "• a\n\n• b\n"},
		"a list from 3": {"3. a\n4. b", "3. a\n4. b\n"},
		"a nested list": {"- a\n    - b\n- c", "• a\n  • b\n• c\n"},
		"strikethrough": {"~~a~~ *b* **c**", "~~a~~ _b_ *c*\n"},
		"an image":      {"![alt](x.png)", "[image: alt] (x.png)\n"},
		"a comment":     {"a <!-- no --> b", "a b\n"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			n := read(t, "n.md", title+test.text+"\n")
			var shown bytes.Buffer
			require.NoError(t, RenderBlocks(&shown, n.Blocks[1:], Style{Width: 24}))
			assert.Equal(t, test.want, shown.String())
		})
	}
}

// The copy of a cell from the screen must be the cell, in colours too.
func TestRenderKeepsCode(t *testing.T) {
	n, _ := sample(t, "fr")
	plainText := rendered(t, n, Style{Width: 80})
	assert.Equal(t, codeOf(plainText), codeOf(uncoloured(rendered(t, n, Style{Width: 80, Color: true}))))
	assert.Contains(t, codeOf(plainText), "for i, w := range words {\n    fmt.Printf(\"%d\\t%s\\n\", twice(i), w)\n}\n")
}

// codeOf is what stands in frames.
func codeOf(shown string) string {
	code := ""
	for line := range strings.Lines(shown) {
		if text, framed := strings.CutPrefix(line, "│ "); framed {
			code += strings.TrimRight(text, " \n") + "\n"
		}
	}
	return code
}

var sgr = regexp.MustCompile("\x1b\\[[0-9;]*m")

// uncoloured is what a painted text shows.
func uncoloured(text string) string { return sgr.ReplaceAllString(text, "") }
