package streamcase

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestDraw writes drawn programs, to be asked of Spark: DRAW=folder:seed:number.
func TestDraw(t *testing.T) {
	folder := os.Getenv("DRAW")
	if folder == "" {
		t.Skip("DRAW names no folder")
	}
	seed, err := strconv.ParseUint(os.Getenv("SEED"), 10, 64)
	require.NoError(t, err)
	n, err := strconv.Atoi(os.Getenv("N"))
	require.NoError(t, err)
	for i := range n {
		g := generator{rand.New(rand.NewPCG(seed, uint64(i)))}
		name := fmt.Sprintf("random_%d_%d", seed, i)
		data, err := json.MarshalIndent(g.program(name), "", " ")
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(filepath.Join(folder, name+".json"), data, 0o644))
	}
}
