package notebook

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
)

// Words of a copy that a run's outputs are written in.
type besideWords struct{ head, answer, failure string }

var besideIn = map[bool]besideWords{
	false: {
		"Votre exemplaire du cahier, avec ce que ses cellules ont affiché ici ; écrit par `go run . notebook TP --write`, récrit à chaque fois.",
		"Votre prédiction :", "Erreur, ligne %d du cahier :",
	},
	true: {
		"Your copy of the notebook, with what its cells printed here; written by `go run . notebook TP --write`, anew each time.",
		"Your prediction:", "Error, line %d of the notebook:",
	},
}

// Beside is the student's copy of a notebook with what a run printed under each
// cell, errors included, and the predictions under their questions. It is
// Markdown for people: the notebook itself stays as it is.
func Beside(src []byte, results []CellResult, answers map[string]string, language string) ([]byte, error) {
	words := besideIn[language == "en"]
	byCell := map[string]CellResult{}
	for _, result := range results {
		byCell[result.Cell.Name] = result
	}
	lines := splitLines(src)
	var failure error
	regions := scan(lines, func(line int, found, expected, next string) {
		failure = fmt.Errorf("the outputs cannot be written: line %d: found %s, expected %s: %s", line+1, found, expected, next)
	})
	if failure != nil {
		return nil, failure
	}
	var out bytes.Buffer
	fmt.Fprintf(&out, "<!-- %s -->\n", words.head)
	written := 0
	copyTo := func(end int) {
		for _, line := range lines[written:end] {
			out.WriteString(line + "\n")
		}
		written = end
	}
	for _, r := range regions {
		if r.fence == nil {
			continue
		}
		says, problem := readInfo(r.fence.info)
		name := says.values["cell"]
		result, ran := byCell[name]
		switch {
		case problem != nil:
		case says.language == "predict":
			copyTo(r.last + 1)
			if text, made := answers[says.values["id"]]; made {
				fmt.Fprintf(&out, "\n> **%s** %s\n", words.answer, strings.Join(strings.Fields(text), " "))
			}
		case says.usage == "go cell=NAME" && ran:
			copyTo(r.last + 1)
			writeOutcome(&out, result, words)
		case says.language == "output" && ran:
			written = r.last + 1 // the run's own stands above
		}
	}
	copyTo(len(lines))
	return out.Bytes(), nil
}

// writeOutcome writes an output fence that nothing in the output closes, and the
// error.
func writeOutcome(out *bytes.Buffer, result CellResult, words besideWords) {
	if result.Output != "" {
		marker := "```"
		for strings.Contains(result.Output, marker) {
			marker += "`"
		}
		fmt.Fprintf(out, "\n%soutput cell=%s\n%s%s\n", marker, result.Cell.Name, result.Output, marker)
	}
	if failure := (*Failure)(nil); errors.As(result.Err, &failure) {
		fmt.Fprintf(out, "\n> **%s** `%s`\n", fmt.Sprintf(words.failure, failure.Line), strings.NewReplacer("`", "'", "\n", " ").Replace(failure.Message))
	}
}
