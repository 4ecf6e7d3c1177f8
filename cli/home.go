package cli

import (
	"strings"

	"etincelle/grader/check"
	"etincelle/grader/lab"
)

// home shows the course: each TP with its exercises and how far they are, and
// the next thing to do. It is the same text in a terminal and in a pipe.
func (a *app) home() error {
	names, err := lab.List(a.root)
	if err != nil {
		return fault(err)
	}
	progress, err := lab.LoadProgress(a.root)
	if err != nil {
		return fault(err)
	}
	a.line("%s", a.bold(a.say("Étincelle — Spark et le streaming, en Go", "Étincelle — Spark and streaming, in Go")))
	var next []string
	for _, name := range names {
		l, err := lab.Find(a.root, name)
		if err != nil {
			return fault(err)
		}
		a.line("")
		a.tp(l, progress)
		if next == nil {
			next = a.next(l, progress)
		}
	}
	a.line("")
	if next == nil {
		next = []string{a.say("Tout est fait. Pour revoir un TP pas à pas : go run . step tp02 1", "All is done. To step through a TP again: go run . step tp02 1")}
	}
	a.line("%s", a.bold(a.say("La suite", "Next")))
	for _, line := range next {
		a.line("  %s", line)
	}
	a.line("")
	a.line("%s", a.say("Toutes les commandes : go run . help        English: go run . --lang en", "All commands: go run . --lang en help        Français : go run . --lang fr"))
	return nil
}

// tp shows one TP: a line, then one for each exercise.
func (a *app) tp(l *lab.Lab, progress lab.Progress) {
	done := 0
	for _, e := range l.Exercises {
		if progress.Of(l.Name, e.Number).Kind == check.Right {
			done++
		}
	}
	bar := strings.Repeat("■", done) + strings.Repeat("□", len(l.Exercises)-done)
	a.line("%s  %s  %s %d/%d", a.bold(strings.ToUpper(l.Short)), l.Title.In(a.language), bar, done, len(l.Exercises))
	for _, e := range l.Exercises {
		sign, word := a.mark(progress.Of(l.Name, e.Number).Kind)
		a.line("  %s %d  %-34s %s", sign, e.Number, e.Title.In(a.language), word)
	}
}

// mark is a sign and a word for a state: the colour is never the only difference.
func (a *app) mark(kind check.Kind) (sign, word string) {
	switch kind {
	case check.Right:
		return "✔", a.say("réussi", "done")
	case "", check.Unfinished:
		return "·", a.say("pas encore fait", "not done yet")
	}
	return "✗", a.say("à reprendre", "to mend")
}

// next is the first thing left to do in a TP, nil when there is none.
func (a *app) next(l *lab.Lab, progress lab.Progress) []string {
	begun := false
	for _, e := range l.Exercises {
		kind := progress.Of(l.Name, e.Number).Kind
		begun = begun || kind != ""
	}
	for _, e := range l.Exercises {
		if progress.Of(l.Name, e.Number).Kind == check.Right {
			continue
		}
		var lines []string
		if !begun {
			lines = append(lines, a.say("lire le cahier :      go run . notebook ", "read the notebook:    go run . notebook ")+l.Short)
		}
		return append(lines,
			a.say("écrire l'exercice ", "write exercise ")+strings.Join(e.Functions, ", ")+a.say(" dans ", " in ")+"labs/"+l.Name+"/exercises.go",
			a.say("le vérifier :         go run . check ", "check it:             go run . check ")+l.Short)
	}
	return nil
}

func (a *app) bold(text string) string {
	if !a.color {
		return text
	}
	return "\x1b[1m" + text + "\x1b[0m"
}
