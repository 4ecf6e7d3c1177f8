package notebook

import (
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const title = "# Title\n\n"

// read parses a text that has no problems.
func read(t *testing.T, path, text string) *Notebook {
	t.Helper()
	n, err := Parse(path, []byte(text))
	require.NoError(t, err)
	return n
}

func sample(t *testing.T, language string) (*Notebook, []byte) {
	t.Helper()
	path := "testdata/sample." + language + ".md"
	src, err := os.ReadFile(path)
	require.NoError(t, err)
	return read(t, path, string(src)), src
}

func TestParseReadsEveryKindOfBlockAtItsLine(t *testing.T) {
	n, src := sample(t, "fr")
	assert.Equal(t, "TP 2. Partitionnement et brassage", n.Title)
	lines := strings.Split(string(src), "\n")
	at := func(text string) int {
		for i, line := range lines {
			if line == text {
				return i + 1
			}
		}
		t.Fatalf("no line %q", text)
		return 0
	}
	cells := n.Cells()
	require.Len(t, cells, 2)
	words, silent := cells[0], cells[1]
	assert.Equal(t, at("```go cell=words"), words.Line)
	assert.Equal(t, at("```output cell=words"), words.Output.Line)
	assert.True(t, strings.HasPrefix(words.Output.Text, "5 mots\n0\tle\n"), words.Output.Text)
	assert.Equal(t, "silent", silent.Name)
	assert.Nil(t, silent.Output)

	require.Len(t, n.Predicts(), 1)
	assert.Equal(t, Place{at("```predict id=p1 cell=words")}, n.Predicts()[0].Place)
	assert.Equal(t, "words", n.Predicts()[0].Cell)
	require.Len(t, n.Tasks(), 1)
	assert.Equal(t, 9, n.Tasks()[0].Number)
	assert.Len(t, n.Tasks()[0].Body, 2, "a paragraph and a list")

	illustrations := collect[*Illustration](n.Blocks)
	require.Len(t, illustrations, 2)
	assert.False(t, illustrations[0].Declarations)
	assert.True(t, illustrations[1].Declarations)

	folded := collect[*Folded](n.Blocks)
	require.Len(t, folded, 1)
	assert.Equal(t, at("<details><summary>Pourquoi 32 ?</summary>"), folded[0].Line)
	require.Len(t, folded[0].Body, 2)
	assert.Equal(t, at("Parce que *8* clés × 4 partitions font 32."), folded[0].Body[0].At())

	for _, block := range n.Blocks {
		assert.NotEmpty(t, strings.TrimSpace(lines[block.At()-1]), "a block begins at line %d", block.At())
	}
}

func TestSectionEndsWhereTheNextOneBegins(t *testing.T) {
	n := read(t, "n.md", title+"## A {#a}\n\none\n\n### B {#b}\n\ntwo\n\n## C {#c}\n")
	a, found := n.Section("a")
	require.True(t, found)
	assert.Equal(t, "A", a.Title)
	assert.Equal(t, 3, a.Line)
	assert.Len(t, a.Blocks, 3, "one, B, two")
	c, found := n.Section("c")
	require.True(t, found)
	assert.Empty(t, c.Blocks)
	for _, id := range []string{"", "d"} {
		_, found = n.Section(id)
		assert.False(t, found, id)
	}
}

func TestParseSaysWhatIsWrongAndWhere(t *testing.T) {
	tests := map[string]struct {
		text string
		line int
		want []string // parts of the message
	}{
		"no title":                    {"text\n", 1, []string{"no title", "`# Title`"}},
		"plain go":                    {title + "```go\nx := 1\n```\n", 3, []string{"```go", "`go cell=NAME`", "`go shared`", "`go illustration`"}},
		"an unknown language":         {title + "```ruby\n```\n", 3, []string{"```ruby", "`sh`", "`task n=NUMBER`"}},
		"no language":                 {title + "```\nx\n```\n", 3, []string{"one of", "plain text is `text`"}},
		"an unknown attribute":        {title + "```go cell=a color=b\n```\n", 3, []string{"color=b", "`go cell=NAME`"}},
		"a word too many":             {title + "```python shared\n```\n", 3, []string{"expected one of `python`"}},
		"a key twice":                 {title + "```go cell=a cell=b\n```\n", 3, []string{"`go cell=NAME`"}},
		"a name that is none":         {title + "```go cell=2x\n```\n", 3, []string{`"cell=2x"`, "a Go identifier"}},
		"a keyword as a name":         {title + "```go cell=func\n```\n", 3, []string{"a Go identifier"}},
		"a number that is none":       {title + "```task n=09\n```\n", 3, []string{`"n=09"`, "the number of an exercise"}},
		"an id that is none":          {title + "```predict id=a/b cell=c\n```\n\n```go cell=c\n```\n", 3, []string{`"id=a/b"`}},
		"a cell twice":                {title + "```go cell=a\n```\n\n```go cell=a\n```\n", 6, []string{`a second cell "a"`, "line 3"}},
		"a task twice":                {title + "```task n=9\n```\n\n```task n=9\n```\n", 6, []string{"a second task 9"}},
		"a predict twice":             {title + "```predict id=p cell=a\n```\n\n```predict id=p cell=a\n```\n\n```go cell=a\n```\n", 6, []string{`a second predict "p"`}},
		"an id of headings twice":     {title + "## A {#x}\n\n## B {#x}\n", 5, []string{`the heading id "x"`}},
		"a predict without its cell":  {title + "```predict id=p cell=a\n```\n", 3, []string{`a question about "a"`, "the name of a cell"}},
		"a predict below its cell":    {title + "```go cell=a\n```\n\n```predict id=p cell=a\n```\n", 6, []string{"which is run at line 3", "ask before"}},
		"an output without a cell":    {title + "```output cell=a\n```\n", 3, []string{`an output of "a"`, "right under the cell"}},
		"an output of another cell":   {title + "```go cell=a\n```\n\n```output cell=b\n```\n", 6, []string{`an output of "b"`}},
		"an output far from its cell": {title + "```go cell=a\n```\n\ntext\n\n```output cell=a\n```\n", 8, []string{"right under the cell"}},
		"two outputs":                 {title + "```go cell=a\n```\n\n```output cell=a\n```\n\n```output cell=a\n```\n", 9, []string{"one output"}},
		"a fence that is not closed":  {title + "```go cell=a\nx\n", 3, []string{"not closed", "a line ```"}},
		"a fence in a list":           {title + "- item\n\n  ```text\n  x\n  ```\n", 5, []string{"does not begin its line"}},
		"a fence in a quote":          {title + "> ```text\n> x\n> ```\n", 3, []string{"does not begin its line"}},
		"a fence a quote swallows":    {title + "> quote\n```text\nx\n```\n", 4, []string{"swallows", "an empty line before it"}},
		"a fence in a comment":        {title + "<!--\n```text\nx\n```\n-->\n", 4, []string{"swallows", "HTML comment"}},
		"indented code":               {title + "text\n\n    x := 1\n", 5, []string{"code without a fence"}},
		"an HTML block":               {title + "<div>\nx\n</div>\n", 3, []string{`HTML "<div>"`}},
		"HTML in a line":              {title + "one\ntwo <br> three\n", 4, []string{`HTML "<br>"`}},
		"type arguments in prose":     {title + "a List<Int> here\n", 3, []string{"write `code` around it"}},
		"details without a summary":   {title + "<details>\n\ntext\n\n</details>\n", 4, []string{"without a summary"}},
		"details that are not closed": {title + "<details><summary>a</summary>\n\ntext\n", 3, []string{"</details>"}},
		"details after text":          {title + "text\n<details><summary>a</summary>\n\ntext\n\n</details>\n", 4, []string{"swallows"}},
		"details in details":          {title + "<details><summary>a</summary>\n\n<details><summary>b</summary>\n\n</details>\n\n</details>\n", 5, []string{"<details> inside another block"}},
		"a cell in details":           {title + "<details><summary>a</summary>\n\n```go cell=a\n```\n\n</details>\n", 5, []string{"inside another block", "only listings and illustrations"}},
		"a cell in a task":            {title + "````task n=1\n```go cell=a\n```\n````\n", 4, []string{"inside another block"}},
		"a cell's syntax":             {title + "```go cell=a\nx := 1\ny := := 2\n```\n", 5, []string{"expected operand", "Go that compiles"}},
		"a cell that is cut off":      {title + "```go cell=a\nif true {\n```\n", 4, []string{"found 'EOF'"}},
		"a cell that escapes":         {title + "```go cell=a\n}\nfunc b() {\n```\n", 3, []string{"a closing brace"}},
		"a syntax error in shared":    {title + "```go shared\nx := 1\n```\n", 4, []string{"expected declaration"}},
		"an import":                   {title + "```go shared\nimport \"os\"\n```\n", 4, []string{"an import"}},
		"a main":                      {title + "```go shared\n\nfunc main() {}\n```\n", 5, []string{"a function main"}},
		"an init":                     {title + "```go illustration\nfunc init() {}\n```\n", 4, []string{"a function init"}},
		"a directive":                 {title + "```go shared\n//go:embed x\nvar x string\n```\n", 4, []string{"compiler directive"}},
		"a line directive":            {title + "```go cell=a\n/*line x:1*/ _ = 1\n```\n", 4, []string{"compiler directive"}},
		"an illustration's statement": {title + "```go illustration\nx := 1\ny :=\n```\n", 5, []string{"Go that compiles"}},
		"an illustration's function":  {title + "```go illustration\nfunc A() {}\n\nfunc B() { := }\n```\n", 6, []string{"Go that compiles"}},
		"no UTF-8":                    {title + "\xff\n", 3, []string{"no UTF-8"}},
		"a big file":                  {title + strings.Repeat("x\n\n", maxSize/2), 1, []string{"1536 KiB", "at most 1024 KiB"}},
		"a long paragraph":            {title + strings.Repeat(strings.Repeat("x", 99)+"\n", 90), 3 + 82, []string{"more than 8 KiB", "an empty line"}},
		"many cells":                  {title + strings.Repeat("```go cell=aNAME\n```\n\n", maxCells+1), 3 + 3*maxCells, []string{"cell number 201", "at most 200"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			text := test.text
			for i := 0; strings.Contains(text, "NAME"); i++ {
				text = strings.Replace(text, "NAME", strings.Repeat("x", i), 1)
			}
			_, err := Parse("labs/n.md", []byte(text))
			var problems Problems
			require.ErrorAs(t, err, &problems)
			said := problems[0].String()
			assert.Equal(t, test.line, problems[0].Line, said)
			assert.Contains(t, said, "labs/n.md:")
			for _, part := range test.want {
				assert.Contains(t, said, part)
			}
			assert.NotEmpty(t, problems[0].Next)
		})
	}
}

func TestParseGivesAllProblemsInTheFilesOrder(t *testing.T) {
	_, err := Parse("n.md", []byte("text <br>\n\n```go\n```\n\n```go cell=a\nx :=\n```\n\n```task n=0\n```\n"))
	var problems Problems
	require.True(t, errors.As(err, &problems))
	var lines []int
	for _, p := range problems {
		lines = append(lines, p.Line)
	}
	assert.Equal(t, []int{1, 1, 3, 7, 10}, lines, "%v", err)
}

func TestParseTakesEveryLineEnd(t *testing.T) {
	want, src := sample(t, "fr")
	for _, end := range []string{"\r\n", "\r"} {
		got := read(t, want.Path, "\ufeff"+strings.ReplaceAll(string(src), "\n", end))
		require.Len(t, got.Blocks, len(want.Blocks))
		for i, block := range got.Blocks {
			assert.Equal(t, want.Blocks[i].At(), block.At())
		}
		assert.Equal(t, want.Cells()[0].Text, got.Cells()[0].Text)
	}
}

func TestParseTakesLongFences(t *testing.T) {
	read(t, "n.md", title+"```text\n"+strings.Repeat(strings.Repeat("x", 99)+"\n", 900)+"```\n")
}

func TestParseTakesFencesOfAnyLength(t *testing.T) {
	n := read(t, "n.md", title+"````text\n```\nx\n```\n`````\n\n~~~ text\n```\n~~~\n\n```text\n```\n")
	listings := collect[*Listing](n.Blocks)
	require.Len(t, listings, 3)
	assert.Equal(t, "```\nx\n```\n", listings[0].Text)
	assert.Equal(t, "```\n", listings[1].Text)
	assert.Empty(t, listings[2].Text)
}
