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

// firstOutside skips the engine, the runtime and the standard library's
// iterators. A test of the engine counts as outside: its file ends in _test.go.
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
	pkg := f.Function
	if slash := strings.LastIndexByte(pkg, '/'); slash >= 0 {
		if dot := strings.IndexByte(pkg[slash:], '.'); dot >= 0 {
			pkg = pkg[:slash+dot]
		}
	} else if dot := strings.IndexByte(pkg, '.'); dot >= 0 {
		pkg = pkg[:dot]
	}
	pkg, _, _ = strings.Cut(pkg, "[")
	if pkg == enginePackages || strings.HasPrefix(pkg, enginePackages+"/") {
		return true
	}
	return standard[pkg]
}

// standard lists the packages of the Go runtime and library that call a
// student's function back.
var standard = map[string]bool{"runtime": true, "iter": true, "slices": true, "maps": true, "sort": true, "reflect": true, "sync": true}
