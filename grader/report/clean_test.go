package report

import (
	"encoding/csv"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestClean(t *testing.T) {
	for text, want := range map[string]string{
		"déjà vu":                    "déjà vu",
		"a\r\nb\nc\rd":               "a\nb\ncd",
		"a\tb":                       "a    b",
		"\x1b[31mred\x1b[0m":         "red",
		"\x1b]0;title\abell":         "bell",
		"\x1b]8;;http://x\x1b\\link": "link",
		"\x1bPdevice\x1b\\after":     "after",
		"half \x1b[3":                "half ",
		"half \x1b]0;t":              "half ",
		"half \x1b":                  "half ",
		"\u202Egnp.exe\u202C":        "gnp.exe",
		"\u2066a\u2069\u200f\u200e":  "a",
		"a\u0085b\u009bc":            "abc",
		"\ufeffbom":                  "bom",
		"nul\x00 bs\b bel\a del\x7f": "nul bs bel del",
		"bad \xff\xfe utf":           "bad \uFFFD\uFFFD utf",
		"line\u2028separator":        "lineseparator",
	} {
		assert.Equal(t, want, Clean(text), "%q", text)
	}
}

// Whatever goes in, nothing that a terminal obeys comes out, and cleaning what is
// clean changes nothing.
func TestCleanLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOf(rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{
			"\x1b[", "\x1b]0;", "\x1b\\", "\a", "\x9b", "\u202e", "\u0085", "m", "\xc2", "\xff"}))).Draw(t, "parts"), "")
		clean := Clean(text)
		for _, r := range clean {
			require.False(t, r != '\n' && unicode.IsControl(r), "%q in %q", r, clean)
			require.False(t, unicode.Is(unicode.Bidi_Control, r), "%q in %q", r, clean)
		}
		require.Equal(t, clean, Clean(clean))
	})
}

func TestMarkdownIsShownAndNotObeyed(t *testing.T) {
	for text, want := range map[string]string{
		"plain words":         "plain words",
		"# title":             `\# title`,
		"[link](http://x)":    `\[link\](http://x)`,
		"<script>&":           "&lt;script&gt;&amp;",
		"**bold** `code` ~x~": "\\*\\*bold\\*\\* \\`code\\` \\~x\\~",
		"a\n\n# b":            `a  \# b`,
		"![i](u)":             `!\[i\](u)`,
	} {
		assert.Equal(t, want, markdown(text))
	}
}

func TestFencesCannotBeClosedFromInside(t *testing.T) {
	assert.Equal(t, "```text\nx\n```\n", fenced("x\n"))
	assert.Equal(t, "````text\n```\n# out\n````\n", fenced("```\n# out"))
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOf(rapid.SampledFrom([]string{"`", "```", "\n", "x", "text"})).Draw(t, "parts"), "")
		lines := strings.Split(strings.TrimSuffix(fenced(text), "\n"), "\n")
		fence := lines[len(lines)-1]
		require.Equal(t, fence+"text", lines[0])
		for _, line := range lines[1 : len(lines)-1] {
			require.NotContains(t, line, fence)
		}
	})
}

func TestCellsAreNotComputed(t *testing.T) {
	for text, want := range map[string]string{
		"Ada": "Ada", "=1+1": "'=1+1", "+cmd": "'+cmd", "-2": "'-2", "@sum": "'@sum", "\t=1": "'=1", "\x1b[0m=1": "'=1", "a=1": "a=1", "": "", "a\nb": "a b",
	} {
		assert.Equal(t, want, cell(text), "%q", text)
	}
	rapid.Check(t, func(t *rapid.T) {
		var b strings.Builder
		w := csv.NewWriter(&b)
		require.NoError(t, w.Write([]string{cell(rapid.String().Draw(t, "text")), "end"}))
		w.Flush()
		rows, err := csv.NewReader(strings.NewReader(b.String())).ReadAll()
		require.NoError(t, err)
		require.Len(t, rows, 1)
		require.False(t, strings.ContainsAny(rows[0][0][:min(1, len(rows[0][0]))], "=+-@"))
	})
}

func TestLine(t *testing.T) {
	assert.Equal(t, "a b", line(" a\n b ", 10))
	assert.Equal(t, "éééé…", line("ééééééé", 5))
}
