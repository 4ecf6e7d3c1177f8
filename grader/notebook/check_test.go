package notebook

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestCheckShowsTheFirstDifference(t *testing.T) {
	const above = "labs/n.md:"
	wrong := &Failure{File: "labs/n.md", Line: 4, Message: "panic: no"}
	tests := map[string]struct {
		wanted, got string
		err         error
		want        string
	}{
		"the same":         {wanted: "a\nb\n", got: "a\nb\n"},
		"nothing, rightly": {},
		"a line": {wanted: "a\nb\nc\n", got: "a\nx\nc\n",
			want: above + "9: cell c: the output is another from its line 2 on\nwanted:\n    a\n  > b\n    c\ngot:\n    a\n  > x\n    c\ncorrect the cell, or rewrite the outputs if the new one is right"},
		"a line too few": {wanted: "a\nb\n", got: "a\n",
			want: above + "9: cell c: the output is another from its line 2 on\nwanted:\n    a\n  > b\ngot:\n    a\n  > (nothing)\ncorrect the cell, or rewrite the outputs if the new one is right"},
		"blanks": {wanted: "a b\n", got: "a  b \n",
			want: above + "8: cell c: the output is another from its line 1 on\nwanted:\n  > \"a b\"\ngot:\n  > \"a  b \"\ncorrect the cell, or rewrite the outputs if the new one is right"},
		"nothing, wrongly": {wanted: "a\n",
			want: above + "8: cell c: it prints nothing\nwanted:\n  > a\ngot:\n  > (nothing)\ncorrect the cell, or rewrite the outputs if the new one is right"},
		"something, wrongly": {got: "a\n",
			want: above + "3: cell c: it prints, and no output is written under it\nwanted:\n  > (nothing)\ngot:\n  > a\ncorrect the cell, or rewrite the outputs if the new one is right"},
		"far down": {wanted: strings.Repeat("a\n", 20), got: strings.Repeat("a\n", 10) + "b\n" + strings.Repeat("a\n", 9),
			want: above + "18: cell c: the output is another from its line 11 on\nwanted:\n    … 7 lines\n    a\n    a\n    a\n  > a\n" + strings.Repeat("    a\n", 7) + "    … 2 lines\n" +
				"got:\n    … 7 lines\n    a\n    a\n    a\n  > b\n" + strings.Repeat("    a\n", 7) + "    … 2 lines\ncorrect the cell, or rewrite the outputs if the new one is right"},
		"a failure": {wanted: "a\n", got: "a\n", err: wrong,
			want: above + "4: cell c: panic: no\nit had printed, at the end:\n    a"},
		"another error": {err: errors.New("odd"), want: above + "3: cell c: odd"},
		"what a terminal obeys": {wanted: "a\n", got: "\x1b[2Jb\n",
			want: above + "8: cell c: the output is another from its line 1 on\nwanted:\n  > a\ngot:\n  > [2Jb\ncorrect the cell, or rewrite the outputs if the new one is right"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			text := title + "```go cell=c\n_ = 1\n```\n\n"
			if test.wanted != "" {
				text += "```output cell=c\n" + test.wanted + "```\n"
			}
			n := read(t, "labs/n.md", text)
			found := Check(n, []CellResult{{Cell: n.Cells()[0], Output: test.got, Err: test.err}})
			if test.want == "" {
				assert.Empty(t, found)
				return
			}
			require.Len(t, found, 1)
			assert.Equal(t, test.want, found[0].String())
		})
	}
}

func TestRewriteKeepsWhatItCannotBetter(t *testing.T) {
	src := title + "```go cell=a\n```\n\n```output cell=a\nold\n```\n\n```go cell=b\n```\n\n```output cell=b\nold\n```\n\n```go cell=c\n```\n"
	result := func(name, output string, err error) CellResult {
		return CellResult{Cell: &Cell{Name: name}, Output: output, Err: err}
	}
	got, err := Rewrite([]byte(src), []CellResult{result("a", "new\n", nil), result("b", "half", errors.New("panic")), result("c", "x\n", nil)})
	require.NoError(t, err)
	assert.Equal(t, strings.Replace(src, "old", "new", 1), string(got), "a failed cell and one without a fence stay as they are")

	_, err = Rewrite([]byte(src), []CellResult{result("a", "x\n```\n", nil)})
	assert.EqualError(t, err, "cell a prints as its line 2 \"```\", which would close its output fence (line 6): open and close that fence with a longer marker")
	_, err = Rewrite([]byte("```go\n"), nil)
	assert.ErrorContains(t, err, "line 1: found a fence that is not closed")
}
