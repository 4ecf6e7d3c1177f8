package book

import (
	"errors"
	"fmt"

	"etincelle/grader/message"
	"etincelle/grader/notebook"
)

// How what Enter works on looks, as it stands: a cell with its outcome, a
// question with its prediction, an exercise, a folded answer, a veil.

var (
	cellRun       = message.Both("Entrée : lancer", "Enter: run")
	cellAgain     = message.Both("Entrée : relancer", "Enter: run again")
	cellPredict   = message.Both("Entrée : prédire, puis lancer", "Enter: predict, then run")
	isRunning     = message.Both("en cours, {n} s — Échap l'arrête", "running, {n} s — Esc stops it")
	firstBuild    = message.Both("La première fois, le moteur se compile : jusqu'à une minute. Ensuite, un instant.", "The first time, the engine is compiled: up to a minute. Afterwards, an instant.")
	yourAnswer    = message.Both("Votre prédiction", "Your prediction")
	happened      = message.Both("Ce qui s'est passé", "What happened")
	printedThere  = message.Both("Sortie imprimée dans le cahier", "Output printed in the notebook")
	printedHere   = message.Both("Sortie", "Output")
	another       = message.Both(" — autre que dans le cahier", " — not as in the notebook")
	printsNothing = message.Both("(rien ne s'affiche)", "(nothing is printed)")
	failedAt      = message.Both("Erreur, ligne {line} du cahier", "Error, line {line} of the notebook")
	doesNotBuild  = message.Both("Le cahier ne compile pas", "The notebook does not compile")
	predictTitle  = message.Both("Prédiction", "Prediction")
	predictNow    = message.Both("Entrée : prédire", "Enter: predict")
	notPredicted  = message.Both("Pas de prédiction : la réponse est lue.", "No prediction: the answer has been read.")
	taskTitle     = message.Both("Exercice {n} · {state}", "Exercise {n} · {state}")
	taskKeys      = message.Both("e éditeur  c vérifier  h indice", "e editor  c check  h hint")
	unveil        = message.Both("La suite dit ce qui s'est passé : prédisez et lancez d'abord. Entrée ici : lire quand même.", "What follows tells what happened: predict and run first. Enter here: read all the same.")

	marks = map[Mark]message.Text{
		ToDo:   message.Both("pas encore fait", "not done yet"),
		ToMend: message.Both("✗ à reprendre", "✗ to mend"),
		Done:   message.Both("✓ réussi", "✓ done"),
	}
)

// paint is the lines of a block.
func (s *state) paint(p notebook.Painter, e entry, width int) []notebook.Line {
	switch b := e.block.(type) {
	case *notebook.Cell:
		return s.cell(p, b, width)
	case *notebook.Predict:
		if _, made := s.predictions[b.ID]; made {
			break
		}
		if s.seen[b.Cell] {
			return p.Box(predictTitle.In(s.language), append(append(p.Blocks(b.Body, width-2), nil), p.Words("", notPredicted.In(s.language), width-2)...), width)
		}
		return p.Box(s.hint(predictTitle.In(s.language), e.key, predictNow), p.Blocks(b.Body, width-2), width)
	case *notebook.Task:
		title := taskTitle.Fill(s.language, message.Facts{"n": b.Number, "state": marks[s.exercises[b.Number]]})
		return p.Box(s.hint(title, e.key, taskKeys), p.Blocks(b.Body, width-2), width)
	case *notebook.Folded:
		if !s.open[e.key] {
			return p.Summary(b, false, width)
		}
	}
	return p.Block(e.block, width)
}

// hint is a title that says what Enter does, when it would do it here.
func (s *state) hint(title string, key int, does message.Text) string {
	if key != s.focus {
		return title
	}
	return title + " ─ " + does.In(s.language)
}

// veil is what stands in the place of the text that gives an outcome away.
func (s *state) veil(p notebook.Painter, width int) []notebook.Line {
	return p.Words("▸ ", unveil.In(s.language), width)
}

// cell is a cell with its outcome, as far as it may be read.
func (s *state) cell(p notebook.Painter, c *notebook.Cell, width int) []notebook.Line {
	_, ran := s.results[c.Name]
	does := cellRun
	switch {
	case s.asks(c.Name) != nil:
		does = cellPredict
	case ran:
		does = cellAgain
	}
	parts := []notebook.Part{{Title: s.hint(p.CellTitle(c), c.At(), does), Lines: p.Go(c.Text)}}
	for _, text := range s.answers(c.Name) {
		if s.seen[c.Name] {
			parts = append(parts, notebook.Part{Title: yourAnswer.In(s.language), Lines: p.Words("", text, width-2)})
		}
	}
	switch {
	case s.runs(c.Name):
		running := isRunning.Fill(s.language, message.Facts{"n": s.seconds})
		part := notebook.Part{Title: printedHere.In(s.language) + " — " + running}
		if s.seconds >= slow {
			part.Lines = p.Words("", firstBuild.In(s.language), width-2)
		}
		parts = append(parts, part)
	case s.broken != "" && c.At() == s.focus:
		parts = append(parts, notebook.Part{Title: doesNotBuild.In(s.language), Lines: p.Text(s.broken + "\n")})
	case s.seen[c.Name]:
		if part, is := s.outcome(p, c); is {
			parts = append(parts, part)
		}
	}
	return p.Frame(width, parts...)
}

// slow is after how many seconds a run is explained.
const slow = 4

func (s *state) runs(cell string) bool {
	for _, name := range s.running {
		if name == cell {
			return true
		}
	}
	return false
}

// outcome is what a cell did: in this sitting, else as the notebook prints it.
func (s *state) outcome(p notebook.Painter, c *notebook.Cell) (notebook.Part, bool) {
	wanted := ""
	if c.Output != nil {
		wanted = c.Output.Text
	}
	title := printedHere
	if len(s.answers(c.Name)) > 0 {
		title = happened
	}
	result, ran := s.results[c.Name]
	if !ran {
		if title == printedHere {
			title = printedThere
		}
		return notebook.Part{Title: title.In(s.language), Lines: p.Text(wanted)}, wanted != ""
	}
	if failure := (*notebook.Failure)(nil); errors.As(result.Err, &failure) {
		return notebook.Part{
			Title: failedAt.Fill(s.language, message.Facts{"line": fmt.Sprint(failure.Line)}),
			Lines: p.Text(result.Output + failure.Message + "\n"),
		}, true
	}
	part := notebook.Part{Title: title.In(s.language), Lines: p.Text(result.Output)}
	if result.Output != wanted {
		part.Title += another.In(s.language)
	}
	if result.Output == "" {
		part.Lines = p.Text(printsNothing.In(s.language) + "\n")
	}
	return part, true
}
