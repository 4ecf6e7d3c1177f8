// Package home is the first screen of the course: the TPs and how far they are,
// the next thing to do, and for each key the command that it stands for.
//
//	course   what there is to know, and what comes next: pure      (this file)
//	commands what can be started from a place of the course: pure  (commands.go)
//	page     the screen as cells, and the same as lines: pure      (page.go, rows.go, plain.go)
//	screen   its keyboard                                          (screen.go, keys.go)
//
// A screen starts nothing itself: it ends and says what to start, so that a
// command has the terminal for itself, and the terminal is sound whatever
// becomes of it.
package home

import (
	"fmt"
	"strings"

	"etincelle/grader/message"
)

// Course is how far a student is.
type Course struct{ TPs []TP }

// TP is one TP.
type TP struct {
	Short     string // what commands call it
	Folder    string // relative to the module
	Title     message.Text
	Exercises []Exercise
	Predicted int // predictions made, of so many Questions
	Questions int
	Begun     bool // something was checked, hinted at or predicted
}

// Exercise is one exercise.
type Exercise struct {
	Number    int
	Title     message.Text
	Functions []string
	Line      int    // of the first function in exercises.go; 0 unknown
	Section   string // of the notebook
	State     State
	Hints     int // shown, of so many AllHints
	AllHints  int
}

// State is how an exercise stands.
type State int

// The states.
const (
	ToDo State = iota
	ToMend
	Done
)

// Done counts the exercises that are done.
func (tp TP) Done() int {
	n := 0
	for _, e := range tp.Exercises {
		if e.State == Done {
			n++
		}
	}
	return n
}

// place is a row of the course: a TP, and an exercise of it or none.
type place struct {
	tp       int
	exercise int // -1: the TP itself
}

// todo is the next thing to do.
type todo struct {
	at   place
	what []string // in sentences
	keys string   // a sentence about the keys that help
}

// next is the next thing to do. Reading comes before writing, mending before what
// is new.
func (c Course) next(l message.Language) todo {
	for i, tp := range c.TPs {
		if tp.Done() == len(tp.Exercises) {
			continue
		}
		at := place{i, tp.first(ToMend)}
		if at.exercise < 0 {
			at.exercise = tp.first(ToDo)
		}
		e := tp.Exercises[at.exercise]
		where := tp.Folder + "/exercises.go"
		if e.Line > 0 {
			where = fmt.Sprintf("%s:%d", where, e.Line)
		}
		facts := message.Facts{"functions": strings.Join(e.Functions, ", "), "where": where, "n": e.Number, "tp": strings.ToUpper(tp.Short)}
		write := writeIt.Fill(l, facts)
		switch {
		case !tp.Begun:
			return todo{place{i, -1}, []string{readIt.Fill(l, facts), write}, ""}
		case e.State == ToMend:
			return todo{at, []string{mendIt.Fill(l, facts)}, watchIt.In(l)}
		}
		return todo{at, []string{write}, watchIt.In(l)}
	}
	for i, tp := range c.TPs {
		if tp.Predicted < tp.Questions {
			left := message.Facts{"n": tp.Questions - tp.Predicted, "tp": strings.ToUpper(tp.Short)}
			return todo{place{i, -1}, []string{predictIt.Fill(l, left)}, stepIt.In(l)}
		}
	}
	if len(c.TPs) == 0 {
		return todo{place{0, -1}, []string{noTP.In(l)}, ""}
	}
	return todo{place{0, -1}, []string{allDone.In(l)}, stepIt.In(l)}
}

// first is the first exercise in a state, or -1.
func (tp TP) first(s State) int {
	for i, e := range tp.Exercises {
		if e.State == s {
			return i
		}
	}
	return -1
}

var (
	readIt    = message.Both("Lire le cahier du {tp} : un exemple, des questions, puis les exercices.", "Read the notebook of {tp}: an example, questions, then the exercises.")
	writeIt   = message.Both("Écrire {functions} dans {where}", "Write {functions} in {where}")
	mendIt    = message.Both("Reprendre {functions} dans {where}", "Mend {functions} in {where}")
	watchIt   = message.Both("w vérifie à chaque enregistrement du fichier ; h donne un indice.", "w checks at each save of the file; h gives a hint.")
	predictIt = message.Both("Les exercices sont faits. Il reste {n:prédiction|prédictions} à faire dans le cahier du {tp}.", "The exercises are done. {n:prediction is|predictions are} left to make in the notebook of {tp}.")
	stepIt    = message.Both("s rejoue un exercice pas à pas.", "s steps through an exercise.")
	noTP      = message.Both("Aucun TP dans labs/ : le dossier du cours est-il entier ?", "No TP in labs/: is the course's folder whole?")
	allDone   = message.Both("Tout est fait.", "All is done.")
)
