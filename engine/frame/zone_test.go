package frame_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/engine"
	"etincelle/engine/clock"
	"etincelle/engine/frame"
)

func TestSessionTimeZone(t *testing.T) {
	s := engine.Start(engine.Conf("spark.sql.session.timeZone", "+02:00"))
	defer s.Stop()
	f := frame.Query(s, `SELECT TIMESTAMP '2024-01-01 00:00:00Z' AS t`).SelectExpr(
		"hour(t)", "CAST(t AS string)", "CAST(t AS date)", "unix_seconds(CAST('1970-01-01 02:00:00' AS timestamp))", "date_trunc('day', t) = t")
	rows, err := f.Collect()
	require.NoError(t, err)
	assert.Equal(t, "[2 2024-01-01 02:00:00 2024-01-01 0 false]", fmt.Sprint(rows[0]))
}

func TestOneTimeAQuery(t *testing.T) {
	at := time.Date(2024, 2, 29, 23, 0, 0, 0, time.UTC)
	s := engine.Start(engine.Clock(clock.NewManual(at)))
	defer s.Stop()
	rows, err := frame.Query(s, "SELECT current_date(), now() = current_timestamp(), count(*) FROM range(3) GROUP BY 1, 2").Collect()
	require.NoError(t, err)
	assert.Equal(t, "[2024-02-29 true 3]", fmt.Sprint(rows[0]))
}
