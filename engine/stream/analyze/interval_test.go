package analyze

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/engine/frame/column"
	"etincelle/engine/frame/expr"
	"etincelle/engine/frame/sql"
)

func sides() (left, right []*expr.Attribute) {
	delay := 10 * time.Minute
	left = expr.AttributesOf(column.Schema{{Name: "lt", Type: column.TimestampType}, {Name: "k", Type: column.StringType}, {Name: "x", Type: column.BigIntType}})
	right = expr.AttributesOf(column.Schema{{Name: "rt", Type: column.TimestampType}, {Name: "rk", Type: column.StringType}, {Name: "y", Type: column.BigIntType}})
	left[0].Delay, right[0].Delay = &delay, &delay
	return left, right
}

// How far the watermark lets each side forget, when it stands at one hour.
func TestStateWatermark(t *testing.T) {
	const hour, minute = int64(3_600_000), int64(60_000)
	for condition, want := range map[string]struct {
		left, right     int64
		leftOK, rightOK bool
	}{
		"k = rk": {},
		"rt >= lt AND rt <= lt + INTERVAL '10 minutes'":                    {hour - 10*minute - 1, hour - 1, true, true},
		"rt > lt AND rt < lt + INTERVAL '10 minutes'":                      {hour - 10*minute, hour, true, true},
		"rt - INTERVAL '10 minutes' <= lt":                                 {left: hour - 10*minute - 1, leftOK: true},
		"lt >= rt - INTERVAL '1 hour 1 second'":                            {left: -1000 - 1, leftOK: true},
		"rt <= lt + INTERVAL '1 month'":                                    {},                  // a month has no fixed length
		"rt <= lt + INTERVAL '10 minutes' AND x > 5":                       {0, 0, true, false}, // Spark's own trap
		"rt <= lt + INTERVAL '10 minutes' AND x < 5":                       {hour - 10*minute - 1, 0, true, false},
		"rt <= lt + INTERVAL '10 minutes' AND k > 'a'":                     {hour - 10*minute - 1, 0, true, false},
		"rt <= lt + INTERVAL '10 minutes' AND x > y":                       {hour - 10*minute - 1, 0, true, false},
		"rt <= lt + INTERVAL '10 minutes' AND lt > rt - INTERVAL '1 hour'": {0, 0, true, false},
		"NOT (rt > lt)": {},
	} {
		left, right := sides()
		node, err := sql.Expression(condition)
		require.NoError(t, err)
		e, err := expr.Resolve(node, expr.Scope(append(append([]*expr.Attribute{}, left...), right...)))
		require.NoError(t, err)
		l, lok := StateWatermark(left, right, e, hour)
		r, rok := StateWatermark(right, left, e, hour)
		assert.Equal(t, want.leftOK, lok, condition)
		assert.Equal(t, want.rightOK, rok, condition)
		assert.Equal(t, want.left, l, condition)
		assert.Equal(t, want.right, r, condition)
	}
}

func TestWithoutAWatermarkNothingIsOver(t *testing.T) {
	left, right := sides()
	right[0].Delay = nil
	node, err := sql.Expression("rt <= lt + INTERVAL '10 minutes'")
	require.NoError(t, err)
	e, err := expr.Resolve(node, expr.Scope(append(append([]*expr.Attribute{}, left...), right...)))
	require.NoError(t, err)
	_, ok := StateWatermark(left, right, e, 1)
	assert.False(t, ok)
}
