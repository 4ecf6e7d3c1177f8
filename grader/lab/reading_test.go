package lab

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestReadings(t *testing.T) {
	root := t.TempDir()
	none, err := LoadReadings(root)
	require.NoError(t, err)
	assert.Empty(t, none.Labs)

	made := time.Date(2026, 3, 2, 9, 41, 0, 0, time.UTC)
	require.NoError(t, Reread(root, "tp02", func(r *Reading) { r.Predictions["tasks"] = Prediction{"1 étape", made} }))
	require.NoError(t, Reread(root, "tp02", func(r *Reading) { r.Section = "combineur" }))
	read, err := LoadReadings(root)
	require.NoError(t, err)
	assert.Equal(t, Reading{Section: "combineur", Predictions: map[string]Prediction{"tasks": {"1 étape", made}}}, read.Of("tp02"))
	assert.Empty(t, read.Of("tp03"))

	text, err := os.ReadFile(filepath.Join(root, ".etincelle", "notebooks.json"))
	require.NoError(t, err)
	assert.Contains(t, string(text), "\"text\": \"1 étape\",\n", "a person can read it")
}

// Predictions cannot be made again: a damaged file is kept.
func TestDamagedReadings(t *testing.T) {
	for _, damaged := range []string{"{", "null", "{}", ""} {
		root := t.TempDir()
		require.NoError(t, os.Mkdir(filepath.Join(root, ".etincelle"), 0o755))
		path := filepath.Join(root, ".etincelle", "notebooks.json")
		require.NoError(t, os.WriteFile(path, []byte(damaged), 0o644))
		read, err := LoadReadings(root)
		require.NoError(t, err)
		assert.Equal(t, filepath.Join(".etincelle", "notebooks.damaged.json"), read.Aside)
		require.NoError(t, Reread(root, "tp02", func(r *Reading) { r.Section = "x" }))
		kept, err := os.ReadFile(filepath.Join(root, read.Aside))
		require.NoError(t, err)
		assert.Equal(t, damaged, string(kept))
	}
}
