package cells

import (
	"errors"
	"fmt"
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"
)

func TestSplitReadsEveryOutcome(t *testing.T) {
	const m = mark + "N "
	tests := map[string]struct {
		written string
		want    []Part
	}{
		"nothing":          {"", nil},
		"before any cell":  {"init\n" + m + "begin a\n" + m + "end\n", []Part{{Name: "a", How: Returned}}},
		"unended lines":    {m + "begin a\nx" + m + "end\n", []Part{{Name: "a", Output: "x", How: Returned}}},
		"two cells":        {m + "begin a\n1\n" + m + "end\n" + m + "begin b\n2\n" + m + "end\n", []Part{{Name: "a", Output: "1\n", How: Returned}, {Name: "b", Output: "2\n", How: Returned}}},
		"a panic":          {m + "begin a\n1\n" + m + "panic 41 \"x\\ny\"\n", []Part{{Name: "a", Output: "1\n", How: Panicked, Line: 41, Words: "x\ny"}}},
		"an exit":          {m + "begin a\n" + m + "exit\n", []Part{{Name: "a", How: Exited}}},
		"cut short":        {m + "begin a\n1\n", []Part{{Name: "a", Output: "1\n"}}},
		"cut in a line":    {m + "begin a\n1\n" + m + "en", []Part{{Name: "a", Output: "1\n"}}},
		"late words":       {m + "begin a\n" + m + "end\nlate\n" + m + "begin b\n" + m + "end\n", []Part{{Name: "a", How: Returned}, {Name: "b", How: Returned}}},
		"another's nonce":  {m + "begin a\n" + mark + "M end\n" + m + "end\n", []Part{{Name: "a", Output: mark + "M end\n", How: Returned}}},
		"an end of no one": {m + "end\n", nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) { assert.Equal(t, test.want, Split([]byte(test.written), "N")) })
	}
}

// Law: what cells print comes back, whatever it is, as long as they do not know the nonce.
func TestSplitGivesBackWhatWasPrinted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		outputs := rapid.SliceOf(rapid.String()).Draw(t, "outputs")
		written := ""
		for i, output := range outputs {
			written += fmt.Sprintf("%sNONCE begin c%d\n%s%sNONCE end\n", mark, i, output, mark)
		}
		parts := Split([]byte(written), "NONCE")
		assert.Len(t, parts, len(outputs))
		for i, part := range parts {
			assert.Equal(t, Part{Name: fmt.Sprint("c", i), Output: outputs[i], How: Returned}, part)
		}
	})
}

func TestRunTellsHowACellCameOut(t *testing.T) {
	_, here, line, _ := runtime.Caller(0)
	tests := map[string]struct {
		cell func()
		want string
	}{
		"it returns":    {func() {}, "end"},
		"it panics":     {func() { panic("no \"way\"\n") }, fmt.Sprintf("panic %d %q", line+6, "no \"way\"\n")},
		"with an error": {func() { panic(errors.New("no")) }, fmt.Sprintf("panic %d %q", line+7, "no")},
		"it leaves":     {func() { runtime.Goexit() }, "exit"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) { assert.Equal(t, test.want, run(here, Cell{Name: "c", Run: test.cell})) })
	}
	assert.Equal(t, `panic 0 "elsewhere"`, run("n.md", Cell{Run: func() { panic("elsewhere") }}))
}
