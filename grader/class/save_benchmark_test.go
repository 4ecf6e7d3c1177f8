package class

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"etincelle/grader/lab"
	"etincelle/grader/runner"
)

// BenchmarkSave measures, in turn, what watch does after a save that edits one
// exercise, until its verdict, and a bare `go build` of a file with the same edit.
//
//	go test ./grader/class -run '^$' -bench Save -benchtime 9x
func BenchmarkSave(b *testing.B) {
	l, err := lab.Find(tree, "tp02")
	require.NoError(b, err)
	solution, err := os.ReadFile(solutionPath(l, "exercises.go"))
	require.NoError(b, err)
	checker, err := NewChecker(b.Context(), l, nil)
	require.NoError(b, err)
	checker.exam.shop, err = runner.Open(b.Context(), l.Root, l.Harness, b.TempDir(), nil)
	require.NoError(b, err)
	_, err = checker.Check(b.Context(), solution, nil, l.Exercises...)
	require.NoError(b, err)
	for _, edit := range []struct {
		name, old, new string
		exercise       int
	}{
		{"exercise 1", "return rdd.Coalesce(flights, n)", "return rdd.Coalesce(flights, max(n, -%d))", 0},
		{"exercise 2", "return f.Departed }", "return f.Departed && f.Delay > -%d }", 1},
		{"exercise 3", "return f.Distance }", "return max(f.Distance, -%d) }", 2},
		{"a type error", "return f.Departed }", "return f.Departe && %d > 0 }", 1},
	} {
		b.Run(edit.name, func(b *testing.B) {
			var saves, builds []time.Duration
			for b.Loop() {
				source := []byte(strings.Replace(string(solution), edit.old, fmt.Sprintf(edit.new, time.Now().UnixNano()%1e9+1e6), 1))
				began, verdict := time.Now(), time.Duration(0)
				_, err := checker.Check(b.Context(), source, func(Checked) {
					if verdict == 0 {
						verdict = time.Since(began)
					}
				}, l.Exercises[edit.exercise])
				require.NoError(b, err)
				saves, builds = append(saves, verdict), append(builds, bareBuild(b, l, source))
			}
			slices.Sort(saves)
			slices.Sort(builds)
			for name, times := range map[string][]time.Duration{"watch": saves, "build": builds} {
				b.ReportMetric(times[len(times)/2].Seconds()*1000, name+"-median-ms")
				b.ReportMetric(times[0].Seconds()*1000, name+"-least-ms")
			}
			b.ReportMetric(0, "ns/op") // the sum of the two says nothing
		})
	}
}

// bareBuild builds the lab's package with that source in the place of its own.
func bareBuild(b *testing.B, l *lab.Lab, source []byte) time.Duration {
	folder := b.TempDir()
	file, overlay := filepath.Join(folder, "exercises.go"), filepath.Join(folder, "overlay.json")
	require.NoError(b, os.WriteFile(file, source, 0o644))
	require.NoError(b, os.WriteFile(overlay, fmt.Appendf(nil, `{"Replace": {%q: %q}}`, l.Path("exercises.go"), file), 0o644))
	command := exec.Command("go", "build", "-overlay="+overlay, "./labs/"+l.Name)
	command.Dir = l.Root
	began := time.Now()
	_ = command.Run() // it fails where the source has an error
	return time.Since(began)
}
