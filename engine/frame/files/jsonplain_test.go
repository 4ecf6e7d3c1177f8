package files

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"etincelle/engine/frame/column"
)

// What the plain reader takes it reads as encoding/json does.
func TestPlainObjectsReadAsJSON(t *testing.T) {
	columns := []Wanted{
		{Field: column.Field{Name: "a", Type: column.BigIntType}}, {Field: column.Field{Name: "b", Type: column.StringType}, At: 1},
		{Field: column.Field{Name: "c", Type: column.DoubleType}, At: 2}, {Field: column.Field{Name: "d", Type: column.IntType}, At: 3},
		{Field: column.Field{Name: "e", Type: column.BooleanType}, At: 4},
	}
	taken := 0
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.SampledFrom([]string{
			`1`, `-7`, `0`, `00`, `1.5`, `1e3`, `-`, `123456789012345678`, `9223372036854775807`, `3000000000`, `"x"`, `""`, `"\n"`, `"é"`,
			`null`, `true`, `nul`, `[1]`, `{"a":1}`, `"unended`,
		})
		line := "{"
		for i := range rapid.IntRange(0, 6).Draw(t, "fields") {
			if i > 0 {
				line += rapid.SampledFrom([]string{",", ", ", " ,", ""}).Draw(t, "comma")
			}
			line += `"` + rapid.SampledFrom([]string{"a", "b", "c", "d", "e", "other"}).Draw(t, "name") + `":` + value.Draw(t, "value")
		}
		line += rapid.SampledFrom([]string{"}", "} ", "", "}x"}).Draw(t, "end")
		builders := make([]column.Builder, len(columns))
		for i, c := range columns {
			builders[i] = column.NewBuilder(c.Type, 1)
		}
		if !newPlainObjects(columns, builders).line([]byte(line)) {
			for _, b := range builders {
				require.Zero(t, b.Len(), "nothing was added: %s", line)
			}
			return
		}
		taken++
		object := decodeObject([]byte(line))
		require.NotNil(t, object, line)
		for i, c := range columns {
			assert.Equal(t, fromJSON(object[c.Name], c.Type), builders[i].Build().Value(0), "%s of %s", c.Name, line)
		}
	})
	assert.NotZero(t, taken)
}
