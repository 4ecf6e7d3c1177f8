package build

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestDiagnosticsReadEveryShape(t *testing.T) {
	tests := map[string]struct {
		output string
		want   []Diagnostic
	}{
		"header and complaints": {
			"# etincelle/labs/tp\nlabs/tp/a.go:3:5: undefined: x\nlabs/tp/a.go:4: too old\nlabs/tp/a.go:9:1: too many errors\n",
			[]Diagnostic{{"labs/tp/a.go", 3, 5, "undefined: x"}, {"labs/tp/a.go", 4, 0, "too old"}, {"labs/tp/a.go", 9, 1, "too many errors"}},
		},
		"a drive letter, and the other line end": {
			"# etincelle/labs/tp\r\nC:\\etincelle\\labs\\a.go:3:5: undefined: x\r\n",
			[]Diagnostic{{`C:\etincelle\labs\a.go`, 3, 5, "undefined: x"}},
		},
		"a message with colons and numbers": {
			"a.go:1:2: cannot use b:3:4: as c\n",
			[]Diagnostic{{"a.go", 1, 2, "cannot use b:3:4: as c"}},
		},
		"a package by its path": {
			"a.go:1:2: not enough arguments\n\thave (frame.Expr, \"time\".Duration)\n\twant (\"x.org/a/expr\".Expr)\n",
			[]Diagnostic{{"a.go", 1, 2, "not enough arguments\n\thave (frame.Expr, time.Duration)\n\twant (expr.Expr)"}},
		},
		"a path in the module, absolute, and one with a dot": {
			"/module/labs/a.go:1:2: x\n./labs/b.go:3:4: y\n/elsewhere/c.go:5:6: z\n",
			[]Diagnostic{{"labs/a.go", 1, 2, "x"}, {"labs/b.go", 3, 4, "y"}, {"/elsewhere/c.go", 5, 6, "z"}},
		},
		"a linker's complaint": {
			"# etincelle/p\nlink: main: invalid reference to runtime.stopTheWorld\n",
			[]Diagnostic{{"", 0, 0, "link: main: invalid reference to runtime.stopTheWorld"}},
		},
		"a cycle of imports": {
			"package etincelle/p\n\timports etincelle/q from p.go\n\timports etincelle/p from q.go: import cycle not allowed\n",
			[]Diagnostic{{"", 0, 0, "package etincelle/p\n\timports etincelle/q from p.go\n\timports etincelle/p from q.go: import cycle not allowed"}},
		},
		"two packages in a folder": {
			"found packages b (b.go) and main (c.go) in /module/p\n",
			[]Diagnostic{{"", 0, 0, "found packages b (b.go) and main (c.go) in /module/p"}},
		},
		"the go command's own troubles are none of the source's": {
			"go: errors parsing go.mod:\ngo: cannot find main module\nno Go files in /module/p\n",
			nil,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, test.want, diagnostics("/module", test.output))
		})
	}
}

func TestJudgeTellsTheMachineFromTheSource(t *testing.T) {
	for output, machine := range map[string]bool{
		"# p\na.go:1:2: cannot use \"permission denied\" as int\n":  false,
		"# p\n/go/compile: signal: killed\n":                        true,
		"# p\nmkdir /cache: no space left on device\n":              true,
		"go: creating work dir: stat /none: no such file\n":         true,
		"a.go:1:2: missing go.sum entry for module providing x\n":   true,
		"a.go:1:2: module lookup disabled by GOPROXY=off\n":         true,
		"a.go:1:2: package foo/bar is not in std (/go/src/foo/bar)": false,
	} {
		var compile *CompileError
		assert.Equal(t, !machine, errors.As(judge("p", "/module", output), &compile), output)
	}
}

func TestCompileErrorPrintsEachDiagnostic(t *testing.T) {
	err := judge("p", "/module", "# p\na.go:1:2: one\nb.go:3: two\nlink: three\n")
	require.EqualError(t, err, "the source does not compile:\na.go:1:2: one\nb.go:3: two\nlink: three")
}

// FuzzDiagnostics: whatever is printed, reading it does not panic.
func FuzzDiagnostics(f *testing.F) {
	f.Add("# p\na.go:1:2: one\n\tmore\npackage x\n\ty:1:2: z\n")
	f.Fuzz(func(t *testing.T, output string) {
		for _, d := range diagnostics("/module", output) {
			assert.NotEmpty(t, d.String()+" ")
		}
	})
}
