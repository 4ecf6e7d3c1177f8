package lab

import (
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"

	"etincelle/grader/message"
)

// A file of hints is Markdown: "## Exercice 2" opens an exercise, "### Indice 1"
// a hint. What stands before the first exercise is for authors.

// HintStages is how many hints each exercise has, the last one short of the solution.
const HintStages = 3

var (
	exerciseHeading = regexp.MustCompile(`^## \S+ (\d+)\s*$`)
	hintHeading     = regexp.MustCompile(`^### \S+ (\d+)\s*$`)
)

// Hints are the hints of an exercise in a language, in their order.
func (l *Lab) Hints(exercise int, lang message.Language) ([]string, error) {
	file := "hints.fr.md"
	if lang == message.English {
		file = "hints.en.md"
	}
	text, err := os.ReadFile(l.Path(file))
	if err != nil {
		return nil, fmt.Errorf("read the hints of %s: %w", l.Short, err)
	}
	all, err := parseHints(string(text))
	if err != nil {
		return nil, fmt.Errorf("%s:%w", l.Path(file), err)
	}
	if len(all[exercise]) != HintStages {
		return nil, fmt.Errorf("%s: found %d hints for exercise %d, expected %d", l.Path(file), len(all[exercise]), exercise, HintStages)
	}
	return all[exercise], nil
}

// parseHints reads a file of hints: exercise → hints. Its errors begin with the line.
func parseHints(text string) (map[int][]string, error) {
	all := map[int][]string{}
	exercise, open := 0, false
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimRight(line, "\r\n")
		if m := exerciseHeading.FindStringSubmatch(line); m != nil {
			number, _ := strconv.Atoi(m[1])
			if all[number] != nil {
				return nil, fmt.Errorf("%d: found exercise %d a second time", n, number)
			}
			exercise, open = number, false
			all[exercise] = []string{}
			continue
		}
		if m := hintHeading.FindStringSubmatch(line); m != nil {
			stage, _ := strconv.Atoi(m[1])
			if exercise == 0 || stage != len(all[exercise])+1 {
				return nil, fmt.Errorf("%d: found hint %d, expected hint %d of an exercise", n, stage, len(all[exercise])+1)
			}
			all[exercise] = append(all[exercise], "")
			open = true
			continue
		}
		if strings.HasPrefix(line, "#") && exercise > 0 {
			return nil, fmt.Errorf("%d: found the heading %q, expected `## Exercice N` or `### Indice N`", n, line)
		}
		if open {
			hints := all[exercise]
			hints[len(hints)-1] += line + "\n"
		}
	}
	for exercise, hints := range all {
		for i := range hints {
			if hints[i] = strings.Trim(hints[i], "\n"); hints[i] == "" {
				return nil, fmt.Errorf("1: hint %d of exercise %d is empty", i+1, exercise)
			}
		}
	}
	return all, nil
}
