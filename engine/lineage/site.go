package lineage

import (
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
)

// Site is a line of the student's program.
type Site struct {
	File string // base name
	Line int
}

// String is "file.go:12", or "" when the line is not known.
func (s Site) String() string {
	if s.File == "" {
		return ""
	}
	return fmt.Sprintf("%s:%d", s.File, s.Line)
}

// enginePackages is the import-path prefix whose frames are not the student's.
const enginePackages = "etincelle/engine"

// Caller is the innermost line on the stack that is outside the engine: the
// line that asked for a dataset or a job.
func Caller() Site {
	var pcs [48]uintptr
	return firstOutside(runtime.CallersFrames(pcs[:runtime.Callers(2, pcs[:])]))
}

// firstOutside skips the engine and the standard library, which calls a
// student's function back or panics in its stead (slices.SortFunc,
// strings.Repeat). A test of the engine counts as outside: its file ends in
// _test.go.
func firstOutside(frames *runtime.Frames) Site {
	for {
		f, more := frames.Next()
		if f.File != "" && !inside(f) {
			return Site{File: filepath.Base(f.File), Line: f.Line}
		}
		if !more {
			return Site{}
		}
	}
}

func inside(f runtime.Frame) bool {
	if strings.HasSuffix(f.File, "_test.go") {
		return false
	}
	pkg := packageOf(f.Function)
	if pkg == enginePackages || strings.HasPrefix(pkg, enginePackages+"/") {
		return true
	}
	root, _, _ := strings.Cut(pkg, "/")
	return standard[root]
}

// packageOf is the import path in a function's full name: "math/rand" in
// "math/rand.(*Rand).Intn". What stands in brackets after a generic function
// has no dot before it.
func packageOf(function string) string {
	slash := strings.LastIndexByte(function, '/') + 1
	if dot := strings.IndexByte(function[slash:], '.'); dot >= 0 {
		return function[:slash+dot]
	}
	return function
}

// standard lists where the import paths of Go's standard library begin. They
// have no dot there, but nor have a program's own packages.
var standard = func() map[string]bool {
	names := map[string]bool{}
	for _, name := range strings.Fields(`archive bufio bytes cmp compress container context crypto database
		debug embed encoding errors expvar flag fmt go hash html image index internal io iter log maps math
		mime net os path plugin reflect regexp runtime slices sort strconv strings structs sync syscall
		testing text time unicode unique unsafe vendor weak`) {
		names[name] = true
	}
	return names
}()
