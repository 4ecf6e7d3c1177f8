package report

import (
	"fmt"
	"os"
	"path/filepath"

	"etincelle/grader/class"
	"etincelle/grader/lab"
	"etincelle/grader/message"
)

// Save writes a graded class below a folder, each file whole or not at all:
//
//	class.csv                 the table
//	class.json                the table with the seed and the files' sums, for the instructor alone
//	students/<name>.md        the report that a student gets
//	students/<name>.json      the same for programs
func Save(out string, g class.Grading, l message.Language) error {
	if err := os.MkdirAll(filepath.Join(out, "students"), 0o755); err != nil {
		return fmt.Errorf("make the reports' folder: %w", err)
	}
	for _, s := range g.Students {
		data, err := JSON(s, l)
		if err != nil {
			return fmt.Errorf("report of %s: %w", s.Name, err)
		}
		// The name is that of a folder of the class, so it names a file as well.
		base := filepath.Join(out, "students", s.Name)
		if err := lab.WriteFile(base+".json", data); err != nil {
			return err
		}
		if err := lab.WriteFile(base+".md", []byte(Markdown(s, l))); err != nil {
			return err
		}
	}
	table, err := CSV(g, l)
	if err != nil {
		return fmt.Errorf("table of the class: %w", err)
	}
	if err := lab.WriteFile(filepath.Join(out, "class.csv"), table); err != nil {
		return err
	}
	whole, err := ClassJSON(g, l)
	if err != nil {
		return fmt.Errorf("report of the class: %w", err)
	}
	return lab.WriteFile(filepath.Join(out, "class.json"), whole)
}
