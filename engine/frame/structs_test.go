package frame_test

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/engine"
	"etincelle/engine/frame"
)

// A field holds the column's very number, or collecting fails: never a part of it.
func TestCollectAsKeepsNumbers(t *testing.T) {
	s := engine.Start()
	defer s.Stop()
	one := frame.Range(s, 0, 1, 1, 1)
	for expression, into := range map[string]func(*frame.Frame) error{
		"300":              collectedAs[struct{ V int8 }],
		"-1":               collectedAs[struct{ V uint64 }],
		"1.5D":             collectedAs[struct{ V int }],
		"1e300D":           collectedAs[struct{ V float32 }],
		"9007199254740993": collectedAs[struct{ V float64 }],
		"double('NaN')":    collectedAs[struct{ V int64 }],
	} {
		err := into(one.SelectExpr(expression + " AS v"))
		assert.ErrorContains(t, err, "does not fit", expression)
		assert.ErrorContains(t, err, `row 0, column "v"`, expression)
	}
	rows, err := frame.CollectAs[struct {
		Small int8
		Big   uint64
		Whole float64
		Near  float32
		Any   any
		None  any
		At    time.Time
	}](one.SelectExpr("-128 AS small", "9007199254740993 AS big", "7 AS whole", "0.1D AS near", "'x' AS any", "CAST(NULL AS INT) AS none", "timestamp_seconds(60) AS at"))
	require.NoError(t, err)
	assert.Nil(t, rows[0].None)
	assert.Equal(t, int8(math.MinInt8), rows[0].Small)
	assert.Equal(t, uint64(9007199254740993), rows[0].Big)
	assert.Equal(t, 7.0, rows[0].Whole)
	assert.Equal(t, float32(0.1), rows[0].Near)
	assert.Equal(t, "x", rows[0].Any)
	assert.Equal(t, int64(60), rows[0].At.Unix())
}

func collectedAs[T any](f *frame.Frame) error {
	_, err := frame.CollectAs[T](f)
	return err
}
