package stored

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/grader/lab"
)

// The figures of every lab are what their programs give today.
func TestStoredFiguresAreFresh(t *testing.T) {
	names, err := lab.List("../..")
	require.NoError(t, err)
	require.NotEmpty(t, names)
	for _, name := range names {
		l, err := lab.Find("../..", name)
		require.NoError(t, err)
		assert.NoError(t, Check(t.Context(), l), name)
	}
}

// with makes a lab whose figures are made of a recording.
func with(t *testing.T, figures string) *lab.Lab {
	t.Helper()
	recording, err := os.ReadFile("../testdata/reuse.jsonl")
	require.NoError(t, err)
	l := &lab.Lab{Root: t.TempDir(), Name: "tp-x", Short: "tp"}
	for name, text := range map[string]string{
		"figures/figures.json": figures, "figures/run.jsonl": string(recording),
		"notebook.fr.md": "# T\n\n![Une figure](figures/one.fr.svg)\n", "notebook.en.md": "# T\n\n![A figure](figures/one.en.svg \"title\")\n",
	} {
		require.NoError(t, os.MkdirAll(filepath.Dir(l.Path(name)), 0o755))
		require.NoError(t, os.WriteFile(l.Path(name), []byte(text), 0o644))
	}
	return l
}

const one = `{"version": 1, "figures": [{"name": "one", "kind": "stages", "recording": "run.jsonl", "title": {"fr": "Une", "en": "One"}}]}`

func TestFiguresOfARecording(t *testing.T) {
	l := with(t, one)
	assert.ErrorContains(t, Check(t.Context(), l), "one.fr.svg is missing")
	written, err := Write(t.Context(), l)
	require.NoError(t, err)
	assert.Len(t, written, 4)
	require.NoError(t, Check(t.Context(), l))

	french, err := os.ReadFile(l.Path("figures/one.fr.txt"))
	require.NoError(t, err)
	assert.True(t, strings.HasPrefix(string(french), "Une\n"))
	require.NoError(t, os.WriteFile(l.Path("figures/one.fr.txt"), []byte(strings.ReplaceAll(string(french), "\n", "\r\n")), 0o644))
	assert.NoError(t, Check(t.Context(), l), "another end of lines is no other figure")

	require.NoError(t, os.WriteFile(l.Path("figures/one.fr.txt"), []byte("old\n"), 0o644))
	assert.ErrorContains(t, Check(t.Context(), l), "one.fr.txt is not what its program gives today")
	require.NoError(t, os.WriteFile(l.Path("figures/two.en.svg"), nil, 0o644))
	assert.ErrorContains(t, Check(t.Context(), l), "two.en.svg is a figure that figures.json does not name")
	require.NoError(t, os.WriteFile(l.Path("notebook.en.md"), []byte("# T\n\n![x](figures/two.en.svg)\n"), 0o644))
	err = Check(t.Context(), l)
	assert.ErrorContains(t, err, "does not show figures/one.en.svg")
	assert.ErrorContains(t, err, "shows figures/two.en.svg")
}

func TestALabWithoutFigures(t *testing.T) {
	l := with(t, one)
	require.NoError(t, os.RemoveAll(l.Path("figures")))
	for _, name := range []string{"notebook.fr.md", "notebook.en.md"} {
		require.NoError(t, os.WriteFile(l.Path(name), []byte("# T\n"), 0o644))
	}
	assert.NoError(t, Check(t.Context(), l))
}

func TestListsThatAreRefused(t *testing.T) {
	for _, c := range []struct{ change, into, says string }{
		{`"version": 1`, `"version": 2`, "found version 2, expected 1"},
		{`"name": "one"`, `"name": "../one"`, "expected small letters"},
		{`"recording": "run.jsonl"`, `"recording": "../run.jsonl"`, "expected the name of one of them"},
		{`"recording": "run.jsonl"`, `"scene": "a", "recording": "run.jsonl"`, "expected the name of one of them"},
		{`"recording": "run.jsonl"`, `"scene": "-c"`, "expected the name of one of them"},
		{`"recording": "run.jsonl"`, `"recording": "none.jsonl"`, "none.jsonl"},
		{`"kind": "stages"`, `"kind": "windows"`, "expected stages (étapes), partitions"},
		{`"en": "One"`, `"en": ""`, "found no title in one of the languages"},
		{`"kind"`, `"kidn"`, "unknown field"},
		{`"figures": [`, `"figures": [{"name": "one", "kind": "stages", "recording": "run.jsonl", "title": {"fr": "Une", "en": "One"}},`, "each name once"},
	} {
		require.Contains(t, one, c.change)
		_, err := Redraw(t.Context(), with(t, strings.Replace(one, c.change, c.into, 1)))
		assert.ErrorContains(t, err, c.says, c.into)
	}
}
