package build

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// What the go command prints has four shapes: a header "# import/path", a
// complaint "file:line:column: message" with lines set in by a tab below it, a
// complaint about a package as a whole, and trouble of its own. The first three
// are the source's fault and become Diagnostics; the last is the machine's.

// Diagnostic is one complaint of the compiler or the linker.
type Diagnostic struct {
	File         string // relative to the module, or what a //line directive says; "" when it has no place
	Line, Column int    // from 1; 0 when unknown
	Message      string
}

func (d Diagnostic) String() string {
	switch {
	case d.File == "":
		return d.Message
	case d.Column == 0:
		return fmt.Sprintf("%s:%d: %s", d.File, d.Line, d.Message)
	}
	return fmt.Sprintf("%s:%d:%d: %s", d.File, d.Line, d.Column, d.Message)
}

// CompileError says that the source is at fault, and where.
type CompileError struct {
	Diagnostics []Diagnostic // in the go command's order, never empty
	Output      string       // what the go command printed
}

func (e *CompileError) Error() string {
	lines := make([]string, len(e.Diagnostics))
	for i, d := range e.Diagnostics {
		lines[i] = d.String()
	}
	return "the source does not compile:\n" + strings.Join(lines, "\n")
}

// positioned matches "file:line:column: message"; the column may be missing, and
// the file may begin with a drive letter.
var positioned = regexp.MustCompile(`^(.+?):(\d+)(?::(\d+))?: (.*)$`)

// quotedPackage is a type whose package the compiler names by its path, since two
// packages have that name: "time".Duration. Students write time.Duration.
var quotedPackage = regexp.MustCompile(`"(?:[\w.-]+/)*(\w+)"\.(\w)`)

// missing begin the complaint about a module that is required but not on this machine.
var missing = []string{"module lookup disabled by GOPROXY=off", "missing go.sum entry"}

// trouble are the words, on a line that names no place in the source, of a
// machine that cannot build.
var trouble = []string{"signal: killed", "no space left on device", "cannot allocate memory", "permission denied", "is denied."}

// judge turns a failed build's output into an error: a *CompileError, or the
// machine's trouble with what to do about it.
func judge(pkg, root, output string) error {
	found := diagnostics(root, output)
	machine := len(found) == 0
	for _, d := range found {
		for _, words := range missing {
			if strings.HasPrefix(d.Message, words) {
				return fmt.Errorf("%s needs modules that are not on this machine: run `go mod download` in %s once, with a network; the go command said:\n%s", pkg, root, output)
			}
		}
		for _, words := range trouble {
			machine = machine || d.File == "" && strings.Contains(d.Message, words)
		}
	}
	if machine {
		return fmt.Errorf("%s could not be built on this machine; the go command said:\n%s", pkg, output)
	}
	return &CompileError{Diagnostics: found, Output: output}
}

// diagnostics reads the complaints out of the go command's output, each once: a
// package that two others import may complain twice.
func diagnostics(root, output string) []Diagnostic {
	var found []Diagnostic
	below := "" // what the lines are below: "#" a package's header, "package" a package's import path
	for line := range strings.Lines(output) {
		line = strings.TrimRight(line, "\r\n")
		text := strings.TrimLeft(line, " \t")
		setIn := text != line
		parts := positioned.FindStringSubmatch(text)
		switch {
		case text == "" || strings.HasPrefix(line, "go: "):
		case strings.HasPrefix(line, "# "):
			below = "#"
		case strings.HasPrefix(line, "package "):
			// An import that is refused, told as a path of imports below this line.
			below = "package"
			found = append(found, Diagnostic{Message: line})
		case parts != nil && below == "package" && setIn:
			found[len(found)-1] = at(root, parts)
		case parts != nil && !setIn:
			found = append(found, at(root, parts))
		case setIn && len(found) > 0:
			found[len(found)-1].Message += "\n\t" + quotedPackage.ReplaceAllString(text, "$1.$2")
		case below == "#" || strings.HasPrefix(line, "found packages "):
			found = append(found, Diagnostic{Message: line})
		}
	}
	seen := map[Diagnostic]bool{}
	return slices.DeleteFunc(found, func(d Diagnostic) bool {
		again := seen[d]
		seen[d] = true
		return again
	})
}

// at makes a diagnostic of a match of positioned.
func at(root string, parts []string) Diagnostic {
	line, _ := strconv.Atoi(parts[2])
	column, _ := strconv.Atoi(parts[3])
	return Diagnostic{File: inModule(root, parts[1]), Line: line, Column: column, Message: parts[4]}
}

// inModule names a file relative to the module, with slashes, when it lies in it.
func inModule(root, file string) string {
	if filepath.IsAbs(file) {
		if relative, err := filepath.Rel(root, file); err == nil && filepath.IsLocal(relative) {
			file = relative
		}
	}
	return filepath.ToSlash(filepath.Clean(file))
}
