package enginetest

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// rewrite is the flag -rewrite of a test: go test ./engine/… -run Transcript -rewrite
var rewrite = flag.Bool("rewrite", false, "write golden files anew instead of comparing with them")

// Golden compares got with testdata/name, or with -rewrite makes it so.
func Golden(t testing.TB, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", filepath.FromSlash(name))
	if *rewrite {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v (write it with -rewrite, then read it)", err)
	}
	wanted := strings.ReplaceAll(string(data), "\r\n", "\n")
	if line, w, g := firstUnlike(wanted, got); line > 0 {
		t.Fatalf("%s, line %d:\n  wanted %q\n  got    %q\n(-rewrite takes what was got)", path, line, w, g)
	}
}

// firstUnlike finds the first line, from 1, in which two texts differ; 0 when none does.
func firstUnlike(wanted, got string) (line int, w, g string) {
	ws, gs := strings.Split(wanted, "\n"), strings.Split(got, "\n")
	for i := range max(len(ws), len(gs)) {
		w, g = "(the end)", "(the end)"
		if i < len(ws) {
			w = ws[i]
		}
		if i < len(gs) {
			g = gs[i]
		}
		if w != g || i >= len(ws) || i >= len(gs) {
			return i + 1, w, g
		}
	}
	return 0, "", ""
}
