// Package policy says, before anything is built, what a submitted exercises.go
// may hold. The build and the run are closed as well; this is the door, and it
// explains itself: a student who imported os to look at something learns what
// to use instead.
//
// Why each thing is refused: an import outside the list reaches files, the
// network, other processes or the engine's inside; a //go: directive changes
// what is built; init and calls at package level run before the grader is there;
// the listed functions of the engine would let an answer be made without it.
package policy

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"slices"
	"sort"
	"strconv"
	"strings"

	"etincelle/grader/message"
)

// MaxSize bounds a submitted file, in bytes. A TP's solution has under 10 KiB.
const MaxSize = 256 << 10

// imports are the packages that an exercise may import.
var imports = []string{
	"etincelle/datasets", "etincelle/engine", "etincelle/engine/rdd", "etincelle/engine/frame", "etincelle/engine/stream",
	"cmp", "errors", "fmt", "iter", "maps", "math", "slices", "sort", "strconv", "strings",
	"sync", "sync/atomic", "time", "unicode", "unicode/utf8",
}

// Imports lists the packages that an exercise may import.
func Imports() []string { return slices.Clone(imports) }

// withheld are the functions of allowed packages that an exercise may not name,
// and why.
var withheld = map[string]map[string]message.Text{
	"etincelle/engine": {
		"Inside": insideText,
		"Start":  startText,
	},
	"etincelle/datasets": {
		"ReadRun": fileText,
	},
	"etincelle/engine/rdd": {
		"FromPartitions": insideText, "View": insideText,
		// What developer.go, exchange.go and streaming.go of engine/rdd export: a test holds this list against them.
		"Node": insideText, "Forgive": insideText, "RangePartitionerFunc": insideText,
		"Define": insideText, "Definition": insideText, "Compute": insideText, "RunJob": insideText, "Watched": insideText,
		"NewXORShift": insideText, "XORShift": insideText, "SketchSeed": insideText, "RangeBounds": insideText, "SaveMarked": insideText,
		"NewExchange": insideText, "Exchange": insideText, "Piece": insideText, "Cutter": insideText, "Span": insideText,
		"FromBlocks": insideText, "Input": insideText, "InputBlock": insideText, "CoGroupAll": insideText, "Beside": insideText, "Text": insideText, "Cells": insideText,
	},
	"etincelle/engine/frame": { // plans and batches, for packages that bring operators of their own
		"FromPlan": insideText, "FromBatches": insideText, "ExprOf": insideText,
		"Logical": insideText, "Optimize": insideText, "Executed": insideText,
	},
	"etincelle/engine/stream": {
		"AtStep": insideText, // stops a query as a crash would
		"Socket": socketText,
	},
}

// Refusal is one thing that is not accepted.
type Refusal struct {
	Line  int
	Text  message.Text
	Facts message.Facts
}

// In is the refusal as a sentence.
func (r Refusal) In(l message.Language) string { return r.Text.Fill(l, r.Facts) }

// Judge says what a file holds that is not accepted, by line. The error is that
// of a file that is not Go; what could be read of it is judged all the same.
func Judge(name string, source []byte) ([]Refusal, error) {
	if len(source) > MaxSize {
		return []Refusal{{Line: 1, Text: sizeText, Facts: message.Facts{"file": name, "size": len(source) >> 10, "limit": MaxSize >> 10}}}, nil
	}
	j := &judge{file: name, set: token.NewFileSet(), names: map[string]string{}}
	tree, err := parser.ParseFile(j.set, name, source, parser.ParseComments|parser.SkipObjectResolution|parser.AllErrors)
	if tree == nil {
		return nil, err
	}
	j.whole = err == nil
	for _, spec := range tree.Imports {
		j.imported(spec)
	}
	for _, group := range tree.Comments {
		for _, c := range group.List {
			j.comment(c)
		}
	}
	for _, d := range tree.Decls {
		j.declaration(d)
	}
	ast.Inspect(tree, j.selector)
	sort.SliceStable(j.found, func(a, b int) bool { return j.found[a].Line < j.found[b].Line })
	return j.found, err
}

type judge struct {
	file  string
	set   *token.FileSet
	names map[string]string // the name under which the file knows a package → its path
	whole bool              // the file could be parsed: what is missing in it is missing on purpose
	found []Refusal
}

func (j *judge) refuse(at token.Pos, text message.Text, facts message.Facts) {
	line := j.set.PositionFor(at, false).Line // the real line: a //line directive is refused, not followed
	facts["file"], facts["line"] = j.file, strconv.Itoa(line)
	j.found = append(j.found, Refusal{Line: line, Text: text, Facts: facts})
}

func (j *judge) imported(spec *ast.ImportSpec) {
	name, err := strconv.Unquote(spec.Path.Value)
	if err != nil || !slices.Contains(imports, name) {
		j.refuse(spec.Pos(), importText, message.Facts{"import": spec.Path.Value, "allowed": strings.Join(imports, ", ")})
		return
	}
	known := path.Base(name)
	if spec.Name != nil {
		known = spec.Name.Name
	}
	if known == "." || known == "_" {
		j.refuse(spec.Pos(), dotText, message.Facts{"import": known + " " + spec.Path.Value, "plain": spec.Path.Value})
		return
	}
	j.names[known] = name
}

// directives begin the comments that the compiler or the go command obeys.
var directives = []string{"//go:", "//line ", "/*line ", "//export ", "//extern ", "// +build", "//+build", "//cgo:"}

func (j *judge) comment(c *ast.Comment) {
	for _, start := range directives {
		if strings.HasPrefix(c.Text, start) {
			first, _, _ := strings.Cut(c.Text, "\n")
			j.refuse(c.Pos(), directiveText, message.Facts{"found": first})
		}
	}
}

func (j *judge) declaration(d ast.Decl) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Recv == nil && d.Name.Name == "init" {
			j.refuse(d.Pos(), initText, message.Facts{})
		}
		if d.Body == nil && j.whole {
			j.refuse(d.Pos(), bodyText, message.Facts{"function": d.Name.Name})
		}
	case *ast.GenDecl:
		if d.Tok != token.VAR {
			return
		}
		for _, spec := range d.Specs {
			for _, value := range spec.(*ast.ValueSpec).Values {
				j.initialiser(value)
			}
		}
	}
}

// initialiser refuses calls in what a package-level variable starts as, those
// inside function literals aside: they run when the literal is called.
func (j *judge) initialiser(value ast.Expr) {
	ast.Inspect(value, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.UnaryExpr:
			if n.Op == token.ARROW {
				j.refuse(n.Pos(), callText, message.Facts{"call": "<-"})
			}
		case *ast.CallExpr:
			if lit, called := ast.Unparen(n.Fun).(*ast.FuncLit); called {
				j.refuse(lit.Pos(), callText, message.Facts{"call": "func() {…}()"})
			} else if !j.harmless(ast.Unparen(n.Fun)) {
				j.refuse(n.Pos(), callText, message.Facts{"call": callee(n.Fun) + "(…)"})
			}
		}
		return true
	})
}

// harmless reports whether a called expression only makes a value: a conversion,
// a builtin without effects, errors.New.
func (j *judge) harmless(called ast.Expr) bool {
	switch called := called.(type) {
	case *ast.ArrayType, *ast.MapType, *ast.FuncType, *ast.InterfaceType, *ast.ChanType:
		return true
	case *ast.Ident:
		return slices.Contains(pure, called.Name)
	case *ast.SelectorExpr:
		x, ok := called.X.(*ast.Ident)
		return ok && j.names[x.Name] == "errors" && called.Sel.Name == "New"
	}
	return false
}

// pure are the builtin conversions and functions that have no effect.
var pure = []string{
	"make", "new", "len", "cap", "append", "min", "max", "complex", "real", "imag",
	"bool", "string", "byte", "rune", "int", "int8", "int16", "int32", "int64",
	"uint", "uint8", "uint16", "uint32", "uint64", "uintptr", "float32", "float64", "complex64", "complex128",
}

func callee(fun ast.Expr) string {
	switch f := fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return callee(f.X) + "." + f.Sel.Name
	case *ast.IndexExpr:
		return callee(f.X)
	}
	return fmt.Sprintf("%T", fun)
}

// selector refuses the withheld functions of allowed packages.
func (j *judge) selector(n ast.Node) bool {
	s, ok := n.(*ast.SelectorExpr)
	if !ok {
		return true
	}
	if x, ok := s.X.(*ast.Ident); ok {
		if text, no := withheld[j.names[x.Name]][s.Sel.Name]; no {
			j.refuse(s.Pos(), text, message.Facts{"found": x.Name + "." + s.Sel.Name})
		}
	}
	return true
}
