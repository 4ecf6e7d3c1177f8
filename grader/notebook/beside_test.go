package notebook

import (
	"bytes"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestBeside(t *testing.T) {
	src := title + "```predict id=p cell=a\nCombien ?\n```\n\n```go cell=a\n_ = 1\n```\n\n```output cell=a\nold\n```\n\nText.\n\n" +
		"```go cell=b\n_ = 2\n```\n\n```go cell=c\n_ = 3\n```\n\n```go cell=d\n_ = 4\n```\n"
	n := read(t, "n.fr.md", src)
	cells := n.Cells()
	results := []CellResult{
		{Cell: cells[0], Output: "new\n"},
		{Cell: cells[1], Output: "```\nfence\n"},
		{Cell: cells[2], Output: "before\n", Err: &Failure{"n.fr.md", 19, "panic: `no`\nmore"}},
		{Cell: cells[3]},
	}
	got, err := Beside([]byte(src), results, map[string]string{"p": "deux\n lignes", "q": "unused"}, "fr")
	require.NoError(t, err)
	head, rest, _ := strings.Cut(string(got), "\n")
	assert.True(t, strings.HasPrefix(head, "<!-- Votre exemplaire"))
	assert.Equal(t, title+"```predict id=p cell=a\nCombien ?\n```\n\n> **Votre prédiction :** deux lignes\n\n```go cell=a\n_ = 1\n```\n\n```output cell=a\nnew\n```\n\nText.\n\n"+
		"```go cell=b\n_ = 2\n```\n\n````output cell=b\n```\nfence\n````\n\n```go cell=c\n_ = 3\n```\n\n```output cell=c\nbefore\n```\n\n> **Erreur, ligne 19 du cahier :** `panic: 'no' more`\n\n```go cell=d\n_ = 4\n```\n", rest)
	_, err = Parse("n.fr.run.md", got)
	assert.NoError(t, err, "it is a notebook itself")
	_, err = Beside([]byte("```go\nnever closed"), nil, nil, "en")
	assert.ErrorContains(t, err, "line 1")
}

func TestFragment(t *testing.T) {
	blocks, err := Fragment("hint", "Use `MapValues`.\n\n```go illustration\nx := 1\n```")
	require.NoError(t, err)
	require.Len(t, blocks, 2)
	_, err = Fragment("hint", "```go cell=a\nx := 1\n```")
	assert.ErrorContains(t, err, "hint:1")
}

// A figure is its text when there is one beside it, cut at the width.
func TestFigures(t *testing.T) {
	n := read(t, "n.md", title+"![a drawing](figures/x.svg)\n\n![two](figures/x.svg) in a line\n\n![none](figures/y.svg)\n\n![far](../x.svg)\n")
	files := fstest.MapFS{"figures/x.txt": {Data: []byte("┌──┐\n│\x1b[31ma very long line that does not fit│\n└──┘\n")}}
	var shown bytes.Buffer
	require.NoError(t, RenderBlocks(&shown, n.Blocks[1:], Style{Width: 30, Files: files}))
	assert.Equal(t, strings.Join([]string{
		"┌ a drawing ──────────────────",
		"│ ┌──┐",
		"│ │[31ma very long line that …",
		"│ └──┘",
		"└─────────────────────────────",
		"",
		"[image: two] (figures/x.svg)",
		"in a line",
		"",
		"[image: none] (figures/y.svg)",
		"",
		"[image: far] (../x.svg)",
		"",
	}, "\n"), shown.String())
}

// A prediction shows under its question, with nothing that a terminal obeys.
func TestAnswers(t *testing.T) {
	n := read(t, "n.md", title+"```predict id=p cell=a\nHow many?\n```\n\n```go cell=a\n_ = 1\n```\n")
	var shown bytes.Buffer
	require.NoError(t, RenderBlocks(&shown, n.Blocks[1:2], Style{Width: 40, Language: "en", Answers: map[string]string{"p": "two \x1b[2J or three"}}))
	assert.Contains(t, shown.String(), "║ How many?\n║\n║ Your prediction: two [2J or three\n")
}
