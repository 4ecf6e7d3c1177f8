package home

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"etincelle/grader/message"
	"etincelle/tui/terminal"
)

// command is what a key starts: the words that one would type.
type command struct {
	terminal.Command
	key  rune
	what message.Text
}

// shown is the command line.
func (c command) shown(suffix string) string {
	if c.File != "" {
		return fmt.Sprintf("%s:%d", c.File, max(c.Line, 1))
	}
	return "go run . " + strings.Join(c.Words, " ") + suffix
}

// commands lists what can be started from a place of the course, in the order
// in which one needs it.
func (c Course) commands(at place) []command {
	if len(c.TPs) == 0 {
		return nil
	}
	tp := c.TPs[at.tp]
	e, left := tp.exercise(at)
	section, number := "", ""
	if at.exercise >= 0 {
		section, number = e.Section, strconv.Itoa(e.Number)
	}
	words := func(name string, more ...string) terminal.Command {
		return terminal.Command{Words: slices.DeleteFunc(append([]string{name, tp.Short}, more...), func(word string) bool { return word == "" })}
	}
	screen := func(c terminal.Command) terminal.Command {
		c.Screen = true
		return c
	}
	list := []command{
		{screen(words("notebook", section)), 'n', message.Both("lire le cahier", "read the notebook")},
		{screen(terminal.Command{File: tp.Folder + "/exercises.go", Line: e.Line}), 'e', message.Both("ouvrir l'éditeur", "open the editor")},
		{words("check"), 'c', message.Both("vérifier", "check")},
		{screen(words("check", "--watch")), 'w', message.Both("vérifier sans cesse", "check at each save")},
		{words("hint", strconv.Itoa(e.Number)), 'h', message.Both("un indice de plus", "one more hint")},
		{words("run", number), 'r', message.Both("lancer sur les données", "run on the data")},
		{screen(words("step", number)), 's', message.Both("avancer pas à pas", "step through")},
		{words("reset", number), 'x', message.Both("recommencer", "start afresh")},
	}
	if !left {
		list = slices.DeleteFunc(list, func(c command) bool { return c.key == 'h' })
	}
	return list
}

// exercise is the one of a place; on the TP itself, the one to do next.
func (tp TP) exercise(at place) (Exercise, bool) {
	if at.exercise >= 0 {
		return tp.Exercises[at.exercise], true
	}
	for _, s := range []State{ToMend, ToDo} {
		if i := tp.first(s); i >= 0 {
			return tp.Exercises[i], true
		}
	}
	return Exercise{}, false
}
