package notebook

import (
	"bytes"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// scraps are what notebooks are made of, whole and broken, for texts that come
// near to being one.
var scraps = []string{
	"# Title", "## A {#a}", "text", "a *b* `c` [d](e) <br> &amp;", "", "", "```go cell=a", "```go cell=b", "```output cell=a",
	"```go shared", "```go illustration", "```text", "````task n=1", "```predict id=p cell=a", "```", "````", "~~~", "x := 1", "_ = 1", "func f() {}",
	"}", "{", "- item", "  - inner", "    x", "> quote", ">", "1. one", "| a | b |", "|---|--:|", "| 1 | 2 |", "<details><summary>s</summary>",
	"<details>", "</details>", "<!--", "-->", "---", "===", "\t", "\x1b[31m", "\xff", "[x]: http://y", "\\", "$$", "***", "<div>", "</div>", "&#27;", "![i](j)", "«", "?",
	"12 `3` **4**<!-- a:1 --> 5,6<!-- a:code -->", "7<!-- a:1.2 -->é8", "TP 2, 12:05, 3 h", "```output cell=a\n1 2.5\n```",
}

func anyText(t *rapid.T) string {
	lines := rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(scraps), rapid.StringN(0, 12, -1)), 0, 30).Draw(t, "lines")
	end := rapid.SampledFrom([]string{"\n", "\r\n", "\r"}).Draw(t, "end")
	return strings.Join(lines, end)
}

// Law: whatever the text, Parse gives a notebook or problems with places in the
// file, and a notebook can be shown at any width without control characters.
func TestParseNeverPanics(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := anyText(t)
		if rapid.Bool().Draw(t, "titled") {
			text = "# T\n\n" + text
		}
		holds(t, text, rapid.IntRange(0, 90).Draw(t, "width"))
	})
}

func FuzzParse(f *testing.F) {
	for _, language := range []string{"fr", "en"} {
		src, err := os.ReadFile("testdata/sample." + language + ".md")
		require.NoError(f, err)
		f.Add(string(src))
	}
	for _, scrap := range scraps {
		f.Add("# Title\n\n" + scrap + "\n")
	}
	f.Fuzz(func(t *testing.T, text string) { holds(t, text, 40) })
}

// holds is the law that Parse and Render obey.
func holds(t require.TestingT, text string, width int) {
	n, err := Parse("n.md", []byte(text))
	if err != nil {
		for _, problem := range err.(Problems) {
			assert.GreaterOrEqual(t, problem.Line, 1)
			assert.LessOrEqual(t, problem.Line, len(splitLines([]byte(text))))
		}
		return
	}
	var shown bytes.Buffer
	require.NoError(t, Render(&shown, n, Style{Width: width}))
	assert.NotContains(t, shown.String(), "\x1b")
	assert.NotContains(t, shown.String(), "\r")
	require.NoError(t, Render(io.Discard, n, Style{Width: width, Color: true}))
	assert.Empty(t, Twins(n, n))
	for _, problem := range Numbers(n) {
		assert.GreaterOrEqual(t, problem.Line, 1)
		assert.LessOrEqual(t, problem.Line, len(splitLines([]byte(text))))
	}
	fresh, err := RewriteNumbers("n.md", []byte(text))
	require.NoError(t, err)
	_, err = Parse("n.md", fresh)
	assert.NoError(t, err)
	_, err = Beside([]byte(text), nil, map[string]string{"p": "a"}, "fr")
	assert.NoError(t, err)
	_, err = Program("", n, nil)
	assert.NoError(t, err)
}

// Laws: rewriting twice is rewriting once; what is no output stays byte for byte.
func TestRewriteChangesOutputsAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		end := rapid.SampledFrom([]string{"\n", "\r\n", "\r"}).Draw(t, "end")
		old := rapid.SliceOfN(rapid.StringMatching("[ -_a-z]{0,5}"), 0, 3).Draw(t, "old")
		noise := rapid.StringMatching("[ a-z\t]{0,9}").Draw(t, "noise")
		last := rapid.SampledFrom([]string{"", end, end + "text"}).Draw(t, "last")
		before := strings.Join([]string{"# T" + noise, "", "```go cell=a", "_ = 1", "```", "", "```output cell=a", ""}, end)
		src := before + joined(old, end) + "```" + last
		output := printed(rapid.OneOf(rapid.StringMatching("[ -_a-z\n\r]{0,20}"), rapid.String()).Draw(t, "output"))

		results := []CellResult{{Cell: &Cell{Name: "a"}, Output: output}}
		once, err := Rewrite([]byte(src), results)
		require.NoError(t, err)
		assert.Equal(t, before+joined(lines(output), end)+"```"+last, string(once))
		twice, err := Rewrite(once, results)
		require.NoError(t, err)
		assert.Equal(t, once, twice)
	})
}

func joined(lines []string, end string) string {
	text := ""
	for _, line := range lines {
		text += line + end
	}
	return text
}
