package cli

import (
	"fmt"

	"etincelle/grader/build"
	"etincelle/grader/message"
)

var firstBuild = message.Both(
	"Première construction : {packages:paquet|paquets} à compiler, une fois pour toutes.",
	"First build: {packages:package|packages} to compile, once and for all.")

// warming tells how far the first build on a machine is: on one line that is
// written over in a terminal, and in a pipe once, when it begins.
func (a *app) warming() func(build.Progress) {
	begun := false
	return func(p build.Progress) {
		switch {
		case !begun:
			begun = true
			fmt.Fprintln(a.problems, firstBuild.Fill(a.language, message.Facts{"packages": p.Total}))
		case a.terminal:
			fmt.Fprintf(a.problems, "\r\x1b[K  %d/%d  %s", p.Done, p.Total, p.Package)
			if p.Done == p.Total {
				fmt.Fprint(a.problems, "\r\x1b[K")
			}
		}
	}
}
