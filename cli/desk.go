package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"etincelle/grader/build"
	"etincelle/grader/lab"
	"etincelle/grader/message"
	"etincelle/grader/notebook"
	"etincelle/tui/book"
	"etincelle/tui/terminal"
)

// desk is a TP's notebook on this machine: its file, the program made of its
// cells, the student's predictions. It implements book.Desk.
type desk struct {
	app *app
	lab *lab.Lab

	src    []byte // of the notebook that was opened last
	opened *notebook.Notebook

	built    *notebook.Built // of the notebook
	builtOf  *notebook.Notebook
	exercise []byte // exercises.go when it was built: a cell may use it
}

func (d *desk) close() {
	if d.built != nil {
		d.built.Close()
		d.built = nil
	}
}

// Open reads the notebook; one that did not change is the same as before.
func (d *desk) Open(l message.Language) (*notebook.Notebook, error) {
	path := notebookPath(d.lab.Name, l)
	src, err := os.ReadFile(filepath.Join(d.app.root, path))
	if err != nil {
		return nil, err
	}
	if d.opened != nil && d.opened.Path == path && bytes.Equal(src, d.src) {
		return d.opened, nil
	}
	n, err := notebook.Parse(path, src)
	if err != nil {
		return nil, err
	}
	d.src, d.opened = src, n
	return n, nil
}

// Run runs cells; the program is built when the notebook or the exercises have
// changed.
func (d *desk) Run(ctx context.Context, n *notebook.Notebook, cells []string) ([]notebook.CellResult, error) {
	o := notebook.Options{Root: d.app.root, Imports: map[string]string{d.lab.Short: "etincelle/labs/" + d.lab.Name}, Cells: cells}
	exercises, _ := os.ReadFile(d.lab.Path("exercises.go")) // without it, a cell that uses it does not compile
	if d.built == nil || d.builtOf != n || !bytes.Equal(exercises, d.exercise) {
		d.close()
		built, err := notebook.Compile(ctx, n, o)
		if err != nil {
			return nil, d.told(err)
		}
		d.built, d.builtOf, d.exercise = built, n, exercises
	}
	return d.built.Run(ctx, o)
}

// told is an error whose compiler's words name the student's own lines.
func (d *desk) told(err error) error {
	fault := (*build.CompileError)(nil)
	if !errors.As(err, &fault) {
		return err
	}
	var lines []string
	for _, found := range fault.Diagnostics {
		lines = append(lines, found.String())
	}
	return errors.New(strings.Join(lines, "\n"))
}

// Write puts what the cells printed beside the notebook.
func (d *desk) Write(n *notebook.Notebook, results []notebook.CellResult) (string, error) {
	predictions, err := d.Predictions()
	if err != nil {
		return "", err
	}
	language := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(n.Path), "notebook."), ".md")
	text, err := notebook.Beside(d.src, results, predictions, language)
	if err != nil {
		return "", err
	}
	file := strings.TrimSuffix(n.Path, ".md") + ".run.md"
	return file, lab.WriteFile(filepath.Join(d.app.root, file), text)
}

// Predicted keeps a prediction.
func (d *desk) Predicted(question, text string) error {
	return lab.Reread(d.app.root, d.lab.Name, func(r *lab.Reading) {
		if _, made := r.Predictions[question]; !made { // the first counts
			r.Predictions[question] = lab.Prediction{Text: text, Made: time.Now().Truncate(time.Second)}
		}
	})
}

// Predictions are those that were made.
func (d *desk) Predictions() (map[string]string, error) {
	readings, err := lab.LoadReadings(d.app.root)
	made := map[string]string{}
	for id, p := range readings.Of(d.lab.Name).Predictions {
		made[id] = p.Text
	}
	return made, err
}

// Exercises says how they stand; a progress that cannot be read is none.
func (d *desk) Exercises() map[int]book.Mark {
	progress, _ := lab.LoadProgress(d.app.root)
	marks := map[int]book.Mark{}
	for _, e := range d.lab.Exercises {
		marks[e.Number] = book.Mark(stateOf(progress.Of(d.lab.Name, e.Number).Kind))
	}
	return marks
}

// Command is what a key starts for an exercise.
func (d *desk) Command(key rune, exercise int, l message.Language) (*terminal.Command, string) {
	e, err := d.lab.Exercise(exercise)
	if err != nil {
		return nil, message.Both("Ce cahier n'a pas d'exercice.", "This notebook has no exercise.").In(l)
	}
	number := fmt.Sprint(exercise)
	commands := map[rune]terminal.Command{
		'c': {Words: []string{"check", d.lab.Short}},
		'w': {Words: []string{"check", d.lab.Short, "--watch"}, Screen: true},
		'h': {Words: []string{"hint", d.lab.Short, number}},
		'r': {Words: []string{"run", d.lab.Short, number}},
		's': {Words: []string{"step", d.lab.Short, number}, Screen: true},
	}
	if key == 'e' {
		source, _ := d.lab.Source()
		file, line := "labs/"+d.lab.Name+"/exercises.go", lineOf(source, e.Functions[0])
		if editor() == nil {
			return nil, message.Both("La variable EDITOR ne nomme pas d'éditeur. Ouvrez {where}", "The variable EDITOR names no editor. Open {where}").
				Fill(l, message.Facts{"where": fmt.Sprintf("%s:%d", file, line)})
		}
		return &terminal.Command{File: file, Line: line, Screen: true}, ""
	}
	c := commands[key]
	if l != language(nil, os.LookupEnv) {
		c.Words = append(c.Words, "--lang", string(l))
	}
	return &c, ""
}
