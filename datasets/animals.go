package datasets

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// Animal is a word of the course's running example, and when it was said. The rows
// of one step arrive together.
type Animal struct {
	Step int
	At   time.Time // UTC
	Word string
}

// ParseAnimal reads one line of animals.csv.
func ParseAnimal(line string) (Animal, error) {
	fields := strings.Split(line, ",")
	if len(fields) != 3 {
		return Animal{}, fmt.Errorf("animal %q: found %d columns, expected 3", line, len(fields))
	}
	step, err := strconv.Atoi(fields[0])
	if err != nil {
		return Animal{}, fmt.Errorf("animal %q: the step: %w", line, err)
	}
	at, err := time.Parse(time.RFC3339, fields[1])
	if err != nil {
		return Animal{}, fmt.Errorf("animal %q: the time: %w", line, err)
	}
	return Animal{Step: step, At: at, Word: fields[2]}, nil
}

// Animals is the 13 words of the running example, a slice for each of its six steps,
// in the order in which they arrive.
func Animals() ([][]Animal, error) {
	text, err := os.ReadFile(Path("animals.csv"))
	if err != nil {
		return nil, err
	}
	var steps [][]Animal
	for i, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		if i == 0 {
			continue // the header
		}
		a, err := ParseAnimal(strings.TrimSuffix(line, "\r"))
		if err != nil {
			return nil, err
		}
		for len(steps) < a.Step {
			steps = append(steps, nil)
		}
		steps[a.Step-1] = append(steps[a.Step-1], a)
	}
	return steps, nil
}
