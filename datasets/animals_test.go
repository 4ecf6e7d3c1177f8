package datasets_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/datasets"
)

func TestAnimals(t *testing.T) {
	steps, err := datasets.Animals()
	require.NoError(t, err)
	var sizes []int
	for i, step := range steps {
		sizes = append(sizes, len(step))
		for _, a := range step {
			assert.Equal(t, i+1, a.Step)
		}
	}
	assert.Equal(t, []int{2, 2, 4, 2, 2, 1}, sizes)
	assert.Equal(t, datasets.Animal{Step: 4, At: time.Date(2024, 1, 1, 12, 4, 0, 0, time.UTC), Word: "âne"}, steps[3][0])
}

func TestParseAnimalSaysWhatIsWrong(t *testing.T) {
	for line, part := range map[string]string{
		"1,2024-01-01T12:07:00Z":       "found 2 columns, expected 3",
		"x,2024-01-01T12:07:00Z,chien": "the step",
		"1,12:07,chien":                "the time",
	} {
		_, err := datasets.ParseAnimal(line)
		assert.ErrorContains(t, err, part)
	}
}
