package kit

import (
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// What a kit must not hold, read from the instructor's tree: the bodies of the
// solutions, whole and statement by statement; of all else that stands beside
// the hidden cases, the bodies, the heads of functions and the texts.
//
// Everything is compared without blanks, comments or layout.

// Shorter than this, without blanks, code is nobody's secret: `return nil`.
const (
	leastCode = 24
	leastText = 20
)

// secret is one thing that must stay behind.
type secret struct {
	what string // "the body of Shrink in solutions/…"
	text string // without blanks
}

// SecretsOf is what must stay behind.
type SecretsOf []secret

// Leaks are the places in a kit that hold a secret.
type Leaks []string

func (l Leaks) Error() string {
	return "a kit would give away what only the instructor may have; nothing was made:\n  " + strings.Join(l, "\n  ")
}

// Secrets reads the solutions and what stands beside the hidden cases. A tree
// without them is no instructor's: no kit is made of it.
func Secrets(root string) (SecretsOf, error) {
	var all SecretsOf
	handedOut := map[string]bool{}
	starters, err := filepath.Glob(filepath.Join(root, "labs", "*", "starter.go.txt"))
	if err != nil {
		return nil, err
	}
	for _, file := range starters {
		pieces, err := codeOf(file)
		if err != nil {
			return nil, err
		}
		for _, p := range pieces {
			handedOut[p.text] = true
		}
	}
	for _, folder := range []string{"solutions", "grader/hidden", "grader/testdata"} {
		found, err := secretsIn(filepath.Join(root, filepath.FromSlash(folder)), folder)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	all = slices.DeleteFunc(all, func(s secret) bool {
		known := handedOut[s.text]
		handedOut[s.text] = true // said once is enough
		return known
	})
	if len(all) == 0 {
		return nil, fmt.Errorf("found no solution in %s: a kit is made in the instructor's tree", filepath.Join(root, "solutions"))
	}
	return all, nil
}

// secretsIn reads the Go files of a folder of secrets; none when it is not there.
func secretsIn(dir, folder string) (SecretsOf, error) {
	var all SecretsOf
	err := filepath.WalkDir(dir, func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(strings.TrimSuffix(file, ".txt"), ".go") || strings.HasSuffix(file, "_test.go") {
			return err
		}
		short, err := filepath.Rel(dir, file)
		if err != nil {
			return err
		}
		pieces, err := codeOf(file)
		if err != nil {
			return nil // a submission of the sample class need not be Go
		}
		for _, p := range pieces {
			statement := p.kind == "statement"
			if statement && folder != "solutions" {
				continue // a known mistake may be a line that a notebook discusses
			}
			if head := p.kind == "head" || p.kind == "text"; head && folder != "grader/hidden" {
				continue // the labs have the same functions, to be filled in
			}
			if p.kind == "text" && (strings.HasSuffix(file, ".txt") || len(p.text) < leastText) || p.kind != "text" && len(p.text) < leastCode {
				continue
			}
			all = append(all, secret{fmt.Sprintf("the %s of %s in %s", p.kind, p.function, path.Join(folder, filepath.ToSlash(short))), p.text})
		}
		return nil
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return all, err
}

// piece is a part of a Go file, without blanks.
type piece struct {
	kind     string // "body", "statement", "head" or "text"
	function string
	text     string
}

// codeOf cuts a Go file into the pieces that would tell what it does.
func codeOf(file string) ([]piece, error) {
	source, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	return pieces(source)
}

func pieces(source []byte) ([]piece, error) {
	set := token.NewFileSet()
	tree, err := parser.ParseFile(set, "", source, parser.SkipObjectResolution) // without comments
	if err != nil {
		return nil, err
	}
	var all []piece
	var failed error
	printed := func(node any) string {
		var b bytes.Buffer
		if err := printer.Fprint(&b, set, node); err != nil {
			failed = err
		}
		return squeezed(b.String())
	}
	for _, d := range tree.Decls {
		function, is := d.(*ast.FuncDecl)
		if !is || function.Body == nil {
			continue
		}
		name := function.Name.Name
		all = append(all, piece{"body", name, printed(function.Body.List)})
		for _, statement := range function.Body.List {
			all = append(all, piece{"statement", name, printed(statement)})
		}
		head := *function
		head.Body = nil
		all = append(all, piece{"head", name, printed(&head)})
		ast.Inspect(function.Body, func(n ast.Node) bool {
			if literal, is := n.(*ast.BasicLit); is && literal.Kind == token.STRING {
				// A word alone is a name that the labs know too; a sentence describes a case.
				if text, err := strconv.Unquote(literal.Value); err == nil && strings.Contains(text, " ") {
					all = append(all, piece{"text", name, squeezed(text)})
				}
			}
			return true
		})
	}
	return all, failed
}

// squeezed is text without blanks.
func squeezed(text string) string { return strings.Join(strings.Fields(text), "") }

// In lists where files hold secrets: in the text as it is, or in Go code whose
// comments and layout hide it.
func (s SecretsOf) In(files Files) Leaks {
	var leaks Leaks
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if strings.HasPrefix(name, "vendor/") {
			continue // others wrote it
		}
		haystack := squeezed(string(files[name]))
		if code, err := pieces(files[name]); err == nil {
			for _, p := range code {
				if p.kind == "body" {
					haystack += "\n" + p.text
				}
			}
		}
		for _, secret := range s {
			if strings.Contains(haystack, secret.text) {
				leaks = append(leaks, name+" holds "+secret.what)
			}
		}
	}
	return leaks
}
