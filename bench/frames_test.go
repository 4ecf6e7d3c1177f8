package bench

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/engine"
)

// The number of groups says little: every figure of every group is that of plain loops.
func TestDelays(t *testing.T) {
	data := t.TempDir()
	require.NoError(t, Make(data, "../datasets", 0.01))
	s := engine.Start()
	defer s.Stop()
	got, err := delaysOf(flights(s, data))
	require.NoError(t, err)
	want := plainDelays(t, data)
	require.Len(t, got, len(want))
	for i, key := range slices.Sorted(maps.Keys(want)) {
		g, w := got[i], want[key]
		assert.Equal(t, key, g.Origin+" "+g.Carrier)
		assert.Equal(t, w.rows, g.N, key)
		assert.InDelta(t, w.delay/float64(w.departed), *g.Mean, 1e-9, key)
		assert.Equal(t, w.worst, *g.Worst, key)
	}
}

func TestFlightsNeedTheirColumns(t *testing.T) {
	_, err := flightColumns("year,month,day")
	assert.ErrorContains(t, err, `"dep_time"`)
	err = writeFlights(nil, "none.csv.gz", 1, &answers{})
	assert.ErrorContains(t, err, "none.csv.gz")
}

type plainGroupOfFlights struct {
	rows, departed int
	delay, worst   float64
}

func plainDelays(t *testing.T, data string) map[string]*plainGroupOfFlights {
	all := map[string]*plainGroupOfFlights{}
	for i, line := range strings.Split(strings.TrimSpace(read(t, data, "flights.csv")), "\n") {
		if i == 0 {
			continue
		}
		fields := strings.Split(line, ",")
		require.Len(t, fields, 16)
		key := fields[10] + " " + fields[7]
		g := all[key]
		if g == nil {
			g = &plainGroupOfFlights{worst: -1e9}
			all[key] = g
		}
		g.rows++
		if fields[5] != "" {
			delay, err := strconv.ParseFloat(fields[5], 64)
			require.NoError(t, err)
			g.departed++
			g.delay += delay
		}
		if fields[6] != "" {
			late, err := strconv.ParseFloat(fields[6], 64)
			require.NoError(t, err)
			g.worst = max(g.worst, late)
		}
	}
	return all
}

func plainSmallest(t *testing.T, data string) string {
	all := plainPairs(t, data)
	rows := 0
	for _, vs := range all {
		rows += len(vs)
	}
	first := slices.Min(slices.Collect(maps.Keys(all)))
	return fmt.Sprintf("[[%d %d %d]]", first, slices.Min(all[first]), rows)
}
