package model

import (
	"regexp"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var hole = regexp.MustCompile(`\{([a-z]+)(?::[^|}]+\|[^|}]+)?\}`)

func holes(text string) []string {
	var names []string
	for _, m := range hole.FindAllStringSubmatch(text, -1) {
		names = append(names, m[1])
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// TestBothLanguages: no sentence is missing in a language, and both tell the
// same facts.
func TestBothLanguages(t *testing.T) {
	for i, m := range sentences {
		require.NotEmpty(t, m.French, "sentence %d", i)
		require.NotEmpty(t, m.English, "sentence %d", i)
		assert.Equal(t, holes(m.French), holes(m.English), m.English)
		for _, text := range []string{m.French, m.English} {
			assert.NotContains(t, hole.ReplaceAllString(text, ""), "{", "a hole that cannot be read: %s", text)
		}
	}
}

func TestMessage(t *testing.T) {
	rows := Message{"{rows:ligne lue|lignes lues} par {who}", "{rows:row|rows} read by {who}"}
	who := Note{Sentence: nothingMoved}
	for _, c := range []struct {
		rows            any
		french, english string
	}{
		{0, "0\u00a0ligne lue par aucune ligne déplacée", "0\u00a0rows read by no row moved"},
		{1, "1\u00a0ligne lue par aucune ligne déplacée", "1\u00a0row read by no row moved"},
		{int64(5000), "5\u00a0000\u00a0lignes lues par aucune ligne déplacée", "5,000\u00a0rows read by no row moved"},
		{1234567, "1\u00a0234\u00a0567\u00a0lignes lues par aucune ligne déplacée", "1,234,567\u00a0rows read by no row moved"},
	} {
		assert.Equal(t, c.french, rows.In(French, Facts{"rows": c.rows, "who": who}))
		assert.Equal(t, c.english, rows.In(English, Facts{"rows": c.rows, "who": who}))
	}
	assert.Equal(t, "{x} {", Message{French: "{a}"}.In(French, Facts{"a": "{x} {"}), "a fact is never read as a template")
	assert.Equal(t, "-1\u00a0000", Number(French, -1000))
	assert.Equal(t, "9\u00a0999\u00a0o", Bytes(9999).In(French))
	assert.Equal(t, "12,5\u00a0Kio", Bytes(12800).In(French))
	assert.Equal(t, "1\u00a0MiB", Bytes(1<<20).In(English))
	assert.Equal(t, "3\u00a0GiB", Bytes(3<<30).In(English))
}
