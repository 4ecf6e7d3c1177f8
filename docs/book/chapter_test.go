// Package book holds the chapters on the engine to what they say. A chapter is
// Markdown; each of its code blocks is one of these, and none goes unchecked:
//
//	```go              a program, which begins with its package clause
//	```output          what the program before it prints, to the letter
//	```go PATH         lines of that file of the module, one after the other
//	```text PATH       the same for a text, as those of engine/sched/testdata
package book

import (
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// chapter is a file of this folder.
type chapter struct {
	file     string
	text     string
	programs []program
	quotes   []quote
}

// program is a block that runs.
type program struct {
	name   string // of its package: "events", then "events2"
	source string
	output string
	line   int    // of its fence
	place  [2]int // where the output stands in the chapter, in bytes
}

// quote is a block that must be in a file.
type quote struct {
	path, text string
	line       int
}

var (
	chapterName = regexp.MustCompile(`^[0-9]{2}-([a-z]+)\.md$`)
	fenced      = regexp.MustCompile("(?ms)^```([a-z]+)(?: ([^\n]+))?\n(.*?)^```$")
)

// chapters reads this folder, in order.
func chapters() (all []chapter, err error) {
	files, err := filepath.Glob("*.md")
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		if file == "README.md" {
			continue
		}
		c, err := read(file, strings.ReplaceAll(string(text), "\r\n", "\n"))
		if err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	return all, err
}

// read finds the blocks of a chapter.
func read(file, text string) (chapter, error) {
	c := chapter{file: file, text: text}
	name := chapterName.FindStringSubmatch(file)
	if name == nil {
		return c, fmt.Errorf("%s: expected a name like 03-stages.md", file)
	}
	waits := false // the last program for its output
	for _, at := range fenced.FindAllStringSubmatchIndex(text, -1) {
		line := strings.Count(text[:at[0]], "\n") + 1
		kind, path, body := text[at[2]:at[3]], "", text[at[6]:at[7]]
		if at[4] >= 0 {
			path = text[at[4]:at[5]]
		}
		if waits != (kind == "output") {
			return c, fmt.Errorf("%s:%d: found a block of %s; each program is followed by its output, and nothing else is", file, line, kind)
		}
		switch {
		case kind == "output":
			last := &c.programs[len(c.programs)-1]
			last.output, last.place = body, [2]int{at[6], at[7]}
			waits = false
		case path != "" && (kind == "go" || kind == "text"):
			c.quotes = append(c.quotes, quote{path, body, line})
		case kind == "go" && path == "":
			p := program{name: name[1], source: body, line: line}
			if n := len(c.programs); n > 0 {
				p.name += fmt.Sprint(n + 1)
			}
			c.programs = append(c.programs, p)
			waits = true
		default:
			return c, fmt.Errorf("%s:%d: a block of %q is neither a program, its output nor a quotation with its file", file, line, kind)
		}
	}
	if waits {
		return c, fmt.Errorf("%s: the last program has no output", file)
	}
	if strings.Count("\n"+text, "\n```") != 2*(2*len(c.programs)+len(c.quotes)) {
		return c, fmt.Errorf("%s: a fence is not closed, or its first line is not known", file)
	}
	return c, nil
}

// holds tells whether the lines are in the file, one after the other.
func (q quote) holds(root string) error {
	text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(q.path)))
	if err != nil {
		return err
	}
	// A space that may not break looks like any other on a page.
	same := strings.NewReplacer("\r\n", "\n", "\u00a0", " ", "\u202f", " ").Replace
	if !strings.Contains("\n"+same(string(text)), "\n"+same(q.text)) {
		return fmt.Errorf("these lines are not in %s:\n%s", q.path, q.text)
	}
	return nil
}

// asPackage is the program as a package that another one can call: its clause and
// its main renamed, nothing moved to another line.
func (p program) asPackage() ([]byte, error) {
	tidy, err := format.Source([]byte(p.source))
	if err == nil && string(tidy) != p.source {
		err = fmt.Errorf("it is not as gofmt writes it")
	}
	if err != nil {
		return nil, err
	}
	set := token.NewFileSet()
	tree, err := parser.ParseFile(set, p.name+".go", p.source, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	text := []byte(p.source)
	for _, d := range tree.Decls {
		if f, is := d.(*ast.FuncDecl); is && f.Recv == nil && f.Name.Name == "main" {
			text[set.Position(f.Name.Pos()).Offset] = 'M'
		}
	}
	at := set.Position(tree.Name.Pos()).Offset
	return []byte(string(text[:at]) + p.name + string(text[at+len(tree.Name.Name):])), nil
}
