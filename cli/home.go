package cli

import (
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/rivo/tview"
	"github.com/spf13/cobra"

	"etincelle/grader/check"
	"etincelle/grader/lab"
	"etincelle/tui/home"
	"etincelle/tui/terminal"
)

// homeFlags are those of the command without a name.
type homeFlags struct{ plain, ascii bool }

func (f *homeFlags) add(a *app, cmd *cobra.Command) {
	cmd.Flags().BoolVar(&f.plain, "plain", false, a.say("l'accueil en lignes de texte, sans écran (d'office dans un tube)", "the home page as lines of text, without a screen (by itself in a pipe)"))
	cmd.Flags().BoolVar(&f.ascii, "ascii", false, a.say("sans cadres ni signes hors ASCII", "no frames or signs beyond ASCII"))
}

// home shows the course: each TP with its exercises and how far they are, and
// the next thing to do. In a terminal its keys start the other commands.
func (a *app) home(f homeFlags) error {
	if f.plain || !a.terminal {
		return a.homeOn(f)
	}
	return a.guarded(func() error { return a.homeOn(f) })
}

func (a *app) homeOn(f homeFlags) error {
	load, err := a.course()
	if err != nil {
		return fault(err)
	}
	readings, err := lab.LoadReadings(a.root)
	if err != nil {
		return fault(err)
	}
	a.aside(readings)
	environment := language(nil, os.LookupEnv)
	if f.plain || !a.terminal {
		course, err := load()
		if err != nil {
			return fault(err)
		}
		suffix := ""
		if a.language != environment {
			suffix = " --lang " + string(a.language)
		}
		return fault(home.Plain(a.out, course, a.language, suffix, a.bold))
	}
	screen, err := home.New(a.language, environment, terminal.Options{NoColor: !a.color, ASCII: f.ascii}, editor() != nil, load)
	if err != nil {
		return fault(err)
	}
	for {
		// The commands that it starts are interrupted by Ctrl-C; the page is not.
		signals, release := terminal.Signals()
		command, err := screen.Show(signals, tview.NewApplication())
		asked := signals.Err() != nil
		release()
		if err != nil || command == nil || asked {
			return fault(err)
		}
		again, err := a.start(*command, a.say("Entrée : retour à l'accueil ", "Enter: back to the home page "))
		if err != nil || !again {
			return fault(err)
		}
	}
}

// course reads the labs once; what it returns reads how far the student is.
func (a *app) course() (func() (home.Course, error), error) {
	names, err := lab.List(a.root)
	if err != nil {
		return nil, err
	}
	var labs []*lab.Lab
	questions := map[string][]string{}
	for _, name := range names {
		l, err := lab.Find(a.root, name)
		if err != nil {
			return nil, err
		}
		labs = append(labs, l)
		if n, err := a.notebook(name); err == nil { // a notebook that its author broke does not close the house
			for _, p := range n.Predicts() {
				questions[name] = append(questions[name], p.ID)
			}
		}
	}
	return func() (home.Course, error) {
		progress, err := lab.LoadProgress(a.root)
		if err != nil {
			return home.Course{}, err
		}
		readings, err := lab.LoadReadings(a.root)
		if err != nil {
			return home.Course{}, err
		}
		var course home.Course
		for _, l := range labs {
			course.TPs = append(course.TPs, tpOf(l, progress, readings.Of(l.Name), questions[l.Name]))
		}
		return course, nil
	}, nil
}

// tpOf is how far a student is with a TP.
func tpOf(l *lab.Lab, progress lab.Progress, reading lab.Reading, questions []string) home.TP {
	tp := home.TP{Short: l.Short, Folder: "labs/" + l.Name, Title: l.Title, Questions: len(questions)}
	source, _ := l.Source() // a file that is missing has no lines to point at
	for id := range reading.Predictions {
		if slices.Contains(questions, id) {
			tp.Predicted++
		}
	}
	tp.Begun = tp.Predicted > 0 || reading.Section != ""
	for _, e := range l.Exercises {
		state := progress.Of(l.Name, e.Number)
		tp.Begun = tp.Begun || state != lab.State{}
		tp.Exercises = append(tp.Exercises, home.Exercise{
			Number: e.Number, Title: e.Title, Functions: e.Functions, Section: e.Section, Line: lineOf(source, e.Functions[0]),
			State: stateOf(state.Kind), Hints: state.Hints, AllHints: lab.HintStages,
		})
	}
	return tp
}

func stateOf(kind check.Kind) home.State {
	switch kind {
	case check.Right:
		return home.Done
	case "", check.Unfinished:
		return home.ToDo
	}
	return home.ToMend
}

// lineOf is the line that a function begins on, 0 when it is not there. The file
// need not compile.
func lineOf(source []byte, function string) int {
	at := regexp.MustCompile(`(?m)^func ` + regexp.QuoteMeta(function) + `\b`).FindIndex(source)
	if at == nil {
		return 0
	}
	return strings.Count(string(source[:at[0]]), "\n") + 1
}

func (a *app) bold(text string) string {
	if !a.color {
		return text
	}
	return "\x1b[1m" + text + "\x1b[0m"
}
