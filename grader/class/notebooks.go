package class

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"etincelle/grader/lab"
	"etincelle/grader/message"
	"etincelle/grader/notebook"
)

// Notebooks runs every cell of the labs' notebooks, in both languages, and
// holds what is printed against what they say is printed, in their outputs and in
// the numbers of their sentences; the two languages must have the same cells,
// predictions, tasks and numbers, and a task for each exercise.
// With rewrite the notebooks are given what their cells print.
func Notebooks(ctx context.Context, root string, scope Scope, rewrite bool, tell func(Trial)) (bool, error) {
	names, err := scope.Labs(root)
	if err != nil {
		return false, err
	}
	held := true
	for _, name := range names {
		report := func(what string, err error) {
			held = held && err == nil
			tell(Trial{Lab: name, Name: what, Err: err})
		}
		l, err := lab.Find(root, name)
		if err != nil {
			report("the lab's files", err)
			continue
		}
		var twins []*notebook.Notebook
		for _, lang := range []message.Language{message.French, message.English} {
			n, err := cells(ctx, l, lang, rewrite)
			report("cells of the notebook in "+string(lang), err)
			if n != nil {
				report("tasks of the notebook in "+string(lang), tasks(l, n))
				twins = append(twins, n)
			}
		}
		if len(twins) == 2 {
			var errs []error
			for _, p := range notebook.Twins(twins[0], twins[1]) {
				errs = append(errs, errors.New(p.String()))
			}
			report("the notebook's two languages", errors.Join(errs...))
		}
	}
	return held, ctx.Err()
}

// cells runs a notebook's cells and compares what they print.
func cells(ctx context.Context, l *lab.Lab, lang message.Language, rewrite bool) (*notebook.Notebook, error) {
	path := filepath.Join("labs", l.Name, "notebook."+string(lang)+".md")
	file := filepath.Join(l.Root, path)
	src, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	n, err := notebook.Parse(path, src)
	if err != nil {
		return nil, err
	}
	results, err := notebook.Run(ctx, n, notebook.Options{Root: l.Root, Imports: map[string]string{l.Short: "etincelle/labs/" + l.Name}})
	if err != nil {
		return n, err
	}
	if rewrite {
		fresh, err := notebook.Rewrite(src, results)
		if err == nil {
			fresh, err = notebook.RewriteNumbers(path, fresh) // what is said of the outputs, after them
		}
		if err != nil {
			return n, err
		}
		if err := lab.WriteFile(file, fresh); err != nil {
			return n, err
		}
		return cells(ctx, l, lang, false) // what was written must hold: an output that is missing is not added
	}
	var errs []error
	for _, d := range notebook.Check(n, results) {
		errs = append(errs, errors.New(d.String()))
	}
	for _, p := range notebook.Numbers(n) {
		errs = append(errs, errors.New(p.String()))
	}
	return n, errors.Join(errs...)
}

// tasks holds a notebook's tasks against the lab's exercises.
func tasks(l *lab.Lab, n *notebook.Notebook) error {
	asked := map[int]int{}
	for _, t := range n.Tasks() {
		asked[t.Number]++
	}
	var errs []error
	for _, e := range l.Exercises {
		if asked[e.Number] != 1 {
			errs = append(errs, fmt.Errorf("%s: found %d tasks for exercise %d, expected one: ```task n=%d", n.Path, asked[e.Number], e.Number, e.Number))
		}
		delete(asked, e.Number)
	}
	for number := range asked {
		errs = append(errs, fmt.Errorf("%s: found a task for exercise %d, which lab.json does not have", n.Path, number))
	}
	return errors.Join(errs...)
}
