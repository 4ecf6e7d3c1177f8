package class

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"etincelle/grader/lab"
	"etincelle/grader/message"
	"etincelle/grader/notebook"
	"etincelle/grader/policy"
)

// Predicted is how many of a notebook's questions a student has answered before
// running the cell. Whether the answers came true is nobody's business here: they
// count as made or not, and bring no points.
type Predicted struct {
	File  string // where they were handed in, "" when they were not
	Made  int
	Asked int
}

// readingsFiles are where a student's predictions may lie: the kit's own folder,
// handed in with the labs, or its one file.
var readingsFiles = []string{".etincelle/notebooks.json", "notebooks.json"}

// predicted counts a student's predictions. A file that cannot be read holds none:
// they cost nothing, so nothing fails because of them.
func predicted(dir *os.Root, student string, l *lab.Lab) (Predicted, error) {
	asked, err := questions(l)
	if err != nil {
		return Predicted{}, err
	}
	p := Predicted{Asked: len(asked)}
	for _, name := range readingsFiles {
		file, err := read(dir, path.Join(student, name))
		if errors.Is(err, fs.ErrNotExist) || file.link || len(file.source) > policy.MaxSize {
			continue
		}
		if err != nil {
			return p, err
		}
		p.File = file.path
		var readings lab.Readings
		if json.Unmarshal(file.source, &readings) != nil {
			return p, nil
		}
		made := readings.Of(l.Name).Predictions
		for _, id := range asked {
			if strings.TrimSpace(made[id].Text) != "" {
				p.Made++
			}
		}
		return p, nil
	}
	return p, nil
}

// questions are the ids of a notebook's predictions; those of its two languages are
// the same, as selftest checks.
func questions(l *lab.Lab) ([]string, error) {
	file := filepath.Join("labs", l.Name, "notebook."+string(message.French)+".md")
	src, err := os.ReadFile(filepath.Join(l.Root, file))
	if err != nil {
		return nil, fmt.Errorf("read the questions of the notebook: %w", err)
	}
	n, err := notebook.Parse(file, src)
	if err != nil {
		return nil, fmt.Errorf("read the questions of the notebook: %w", err)
	}
	var ids []string
	for _, p := range n.Predicts() {
		ids = append(ids, p.ID)
	}
	return ids, nil
}
