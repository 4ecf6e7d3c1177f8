package scenario

import (
	"context"
	"flag"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var (
	soakFor  = flag.Duration("soak", 0, "how long TestSoak sends rows; it does not run without")
	soakKind = flag.String("soakkind", "log", "log, copies or unreliable")
)

// TestSoak is run by hand:
//
//	go test ./scenario -run TestSoak -soak 10m -soakkind copies -timeout 20m -v
func TestSoak(t *testing.T) {
	if *soakFor == 0 {
		t.Skip("run by hand, with -soak 10m")
	}
	k := Soak{For: *soakFor, Kill: 20 * time.Second, Log: *soakKind == "log", Unreliable: *soakKind == "unreliable", Dir: t.TempDir(), Tell: func(line string) { t.Log(line) }}
	if *soakFor < time.Minute {
		k.Kill = max(*soakFor/4, 5*time.Second) // longer than a batch waits
	}
	r, err := k.Run(context.Background())
	require.NoError(t, err)
	t.Logf("%+v", r)
	if !k.Unreliable {
		assert.Zero(t, r.Lost)
	}
	assert.Positive(t, r.Processed)
}
