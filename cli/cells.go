package cli

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"etincelle/grader/lab"
	"etincelle/grader/notebook"
	"etincelle/tui/canvas"
)

// The notebook without a screen: as text, one cell at a time, or all of them
// into a file.

func (a *app) style(d *desk, predictions map[string]string) notebook.Style {
	return notebook.Style{Width: a.width, Color: a.color, Language: string(a.language), Files: os.DirFS(d.lab.Path("")), Answers: predictions}
}

// printNotebook writes the notebook, or a section of it.
func (a *app) printNotebook(d *desk, section string, ascii bool) error {
	n, err := d.Open(a.language)
	if err != nil {
		return fault(err)
	}
	if err := a.knownSection(d.lab, n, section); err != nil {
		return err
	}
	blocks := n.Blocks
	if s, found := n.Section(section); found {
		blocks = append([]notebook.Block{s.Heading}, s.Blocks...)
	}
	predictions, err := d.Predictions()
	if err != nil {
		return fault(err)
	}
	var text strings.Builder
	if err := notebook.RenderBlocks(&text, blocks, a.style(d, predictions)); err != nil {
		return fault(err)
	}
	printed := text.String()
	if ascii {
		printed = canvas.PlainSigns(printed)
	}
	_, err = io.WriteString(a.out, printed)
	return fault(err)
}

// runCell asks the questions about a cell that have no prediction, runs it, and
// shows what it printed beside what was predicted.
func (a *app) runCell(ctx context.Context, d *desk, name string) error {
	n, err := d.Open(a.language)
	if err != nil {
		return fault(err)
	}
	var names []string
	for _, c := range n.Cells() {
		names = append(names, c.Name)
	}
	cell := find(n.Cells(), name)
	if cell == nil {
		return a.usage(a.say("le cahier de %s n'a pas de cellule %q : il a %s", "the notebook of %s has no cell %q: it has %s"), d.lab.Short, name, strings.Join(names, ", "))
	}
	readings, err := lab.LoadReadings(a.root)
	if err != nil {
		return fault(err)
	}
	a.aside(readings)
	if err := a.predict(d, n, cell); err != nil {
		return fault(err)
	}
	results, err := d.Run(ctx, n, []string{name})
	if err != nil {
		return &exit{exitWrong, err}
	}
	predictions, err := d.Predictions()
	if err != nil {
		return fault(err)
	}
	for _, p := range n.Predicts() {
		if text, made := predictions[p.ID]; made && p.Cell == name {
			a.line(a.say("Votre prédiction : %s", "Your prediction: %s"), text)
		}
	}
	ran := *cell
	ran.Output = &notebook.Output{Code: notebook.Code{Place: cell.Place, Text: results[0].Output}}
	if err := notebook.RenderBlocks(a.out, []notebook.Block{&ran}, a.style(d, nil)); err != nil {
		return fault(err)
	}
	if failure := (*notebook.Failure)(nil); errors.As(results[0].Err, &failure) {
		return &exit{exitWrong, failure}
	}
	return nil
}

func find(cells []*notebook.Cell, name string) *notebook.Cell {
	for _, c := range cells {
		if c.Name == name {
			return c
		}
	}
	return nil
}

// predict asks for the predictions about a cell that were not made; an empty
// line, or no line, makes none.
func (a *app) predict(d *desk, n *notebook.Notebook, cell *notebook.Cell) error {
	predictions, err := d.Predictions()
	if err != nil {
		return err
	}
	in := bufio.NewReader(a.in)
	for _, p := range n.Predicts() {
		if _, made := predictions[p.ID]; made || p.Cell != cell.Name {
			continue
		}
		var question bytes.Buffer
		if err := notebook.RenderBlocks(&question, []notebook.Block{p}, a.style(d, nil)); err != nil {
			return err
		}
		fmt.Fprint(a.out, question.String(), a.say("Votre prédiction (une ligne ; rien : sans prédire) : ", "Your prediction (one line; nothing: without): "))
		answer, err := in.ReadString('\n')
		if err != nil && err != io.EOF {
			return err
		}
		if !a.terminal {
			a.line("")
		}
		if answer = strings.TrimSpace(answer); answer != "" {
			if err := d.Predicted(p.ID, answer); err != nil {
				return err
			}
		}
	}
	return nil
}

// writeNotebook runs every cell and writes what they printed beside the notebook.
func (a *app) writeNotebook(ctx context.Context, d *desk) error {
	n, err := d.Open(a.language)
	if err != nil {
		return fault(err)
	}
	results, err := d.Run(ctx, n, nil)
	if err != nil {
		return &exit{exitWrong, err}
	}
	file, err := d.Write(n, results)
	if err != nil {
		return fault(err)
	}
	failed := 0
	for _, r := range results {
		if r.Err != nil {
			failed++
			a.line("✗ %s", r.Err)
		}
	}
	a.line(a.say("%d cellules lancées, %d en erreur. Écrit : %s", "%d cells run, %d failed. Written: %s"), len(results), failed, file)
	if failed > 0 {
		return &exit{exitWrong, nil}
	}
	return nil
}
