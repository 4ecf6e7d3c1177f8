package hidden

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/grader/check"
)

func TestWrite(t *testing.T) {
	var b strings.Builder
	require.NoError(t, write(&b, []string{"18446744073709551615"}, func(seed uint64) ([]check.Group, error) {
		assert.Equal(t, uint64(1<<64-1), seed)
		return []check.Group{{Points: 2, Function: "F", Cases: []check.Case{{Name: "c"}}}}, nil
	}))
	var read []check.Group
	require.NoError(t, json.Unmarshal([]byte(b.String()), &read))
	assert.Equal(t, 2, read[0].Points)

	made := errors.New("no rows")
	assert.ErrorIs(t, write(&b, []string{"1"}, func(uint64) ([]check.Group, error) { return nil, made }), made)
	assert.ErrorContains(t, write(&b, nil, nil), "expected the seed")
	assert.ErrorContains(t, write(&b, []string{"-1"}, nil), `seed "-1"`)
}
