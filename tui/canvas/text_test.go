package canvas

import (
	"strings"
	"testing"

	"github.com/gdamore/tcell/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestASCIISigns(t *testing.T) {
	for sign, a := range ascii {
		assert.Equal(t, 1, widths.RuneWidth(sign), "%q", sign)
		assert.Less(t, a, rune(0x80), "%q", sign)
	}
}

// Law: wrapped lines fit and lose no word.
func TestWrap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`([a-zé語«»:]{1,20} ){0,20}`).Draw(t, "text")
		n := rapid.IntRange(2, 60).Draw(t, "n")
		lines := Wrap(text, n)
		for _, l := range lines {
			require.LessOrEqual(t, Columns(l), n)
		}
		require.Equal(t, strings.Join(strings.Fields(text), ""), strings.ReplaceAll(strings.Join(lines, ""), " ", ""))
	})
}

func TestRolesAsStyles(t *testing.T) {
	for role, want := range map[Role]tcell.Style{
		Normal:   tcell.StyleDefault,
		Chosen:   tcell.StyleDefault.Bold(true).Reverse(true),
		Bad:      tcell.StyleDefault.Bold(true).Foreground(tcell.PaletteColor(166)),
		"1;3;36": tcell.StyleDefault.Bold(true).Italic(true).Foreground(tcell.PaletteColor(6)),
		"9":      tcell.StyleDefault.StrikeThrough(true),
	} {
		assert.Equal(t, want, role.style(false), "%q", role)
		foreground, background, _ := role.style(true).Decompose()
		assert.Equal(t, tcell.ColorDefault, foreground, "%q without colour", role)
		assert.Equal(t, tcell.ColorDefault, background, "%q without colour", role)
	}
	assert.Equal(t, tcell.StyleDefault, Faint.style(true), "grey is a colour too")
}

func TestBlank(t *testing.T) {
	c := New(4, 3)
	for y := range 3 {
		c.Put(0, y, 4, Text(Strong, "abcd"))
	}
	c.Blank(At(1, 1, 9, 1))
	assert.Equal(t, "abcd\na\nabcd\n", c.String())
}

func TestClean(t *testing.T) {
	for text, want := range map[string]string{
		"a\x1b[31mb":                 "a[31mb",
		"a\r\n\tb\x00\x7f\u0085":     "a   b",
		"a\u202eb\u200bc\u2066d":     "abcd",
		"\xff\xfe":                   "\ufffd",
		"[red]x[-] [\"r\"]":          "[red]x[-] [\"r\"]",
		"日本 e\u0301 \u2028\ue000":    "日本 e\u0301 ",
		"\U0001f468\u200d\U0001f469": "\U0001f468\U0001f469",
	} {
		assert.Equal(t, want, Clean(text))
	}
}

func TestLines(t *testing.T) {
	assert.Equal(t, Line{{"日本…", Normal}}, Text(Normal, "日本語").Cut(5))
	assert.Equal(t, Line{{"日…", Normal}}, Text(Normal, "日本語").Cut(4))
	assert.Equal(t, Line{{"…", Normal}}, Text(Normal, "ab").Cut(1))
	assert.Equal(t, 0, Text(Normal, "ab").Cut(0).Columns())
	assert.Equal(t, []string{"un deux", "trois : quatre"[:7], "quatre"}, Wrap("un deux trois : quatre", 8))
	assert.Equal(t, []string{"abcd", "ef"}, Wrap("abcdef", 4))
	assert.Equal(t, []string{"« a »"}, Wrap("« a »", 5))
	assert.Equal(t, "  ab", FitRight("ab", 4))
	assert.Equal(t, "a…", Fit("abc", 2))
	var zalgo strings.Builder
	zalgo.WriteByte('a')
	for range 1000 {
		zalgo.WriteRune('\u0301')
	}
	c := New(2, 1)
	c.Put(0, 0, 2, Text(Normal, zalgo.String()))
	assert.Len(t, c.Cells[0].combining, maxCombining)
}
