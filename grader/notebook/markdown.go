package notebook

import (
	"fmt"
	"sort"
	"strings"

	"github.com/gomarkdown/markdown/ast"
	"github.com/gomarkdown/markdown/parser"
)

// The Markdown library reads prose and gives no positions. Two of its doors give
// them back: its hook is called where each block begins, with the rest of the
// text, whose length is the place; and the hook may take a piece of the text for
// itself, which is how regions pass through it untouched.

// extensions is the Markdown of a notebook: what code forges show alike.
const extensions = parser.NoIntraEmphasis | parser.Tables | parser.FencedCode | parser.Autolink |
	parser.Strikethrough | parser.SpaceHeadings | parser.HeadingIDs | parser.BackslashLineBreak |
	parser.OrderedListStart | parser.NoEmptyLineBeforeBlock

// regionNode stands in the library's tree for the region of its index.
type regionNode struct {
	ast.Leaf
	index int
}

// placed is a block of the library's tree and the index of its first line.
type placed struct {
	node ast.Node
	line int
}

// markdown reads lines, the regions among them included, each as a regionNode.
// A panic of the library, which hostile text may cause, is an error.
func markdown(lines []string, regions []region) (blocks []placed, err error) {
	defer func() {
		if failure := recover(); failure != nil {
			err = fmt.Errorf("the Markdown reader failed: %v", failure)
		}
	}()
	starts := make([]int, len(lines)+1) // offset of each line, and of the end
	for i, line := range lines {
		starts[i+1] = starts[i] + len(line) + 1
	}
	at := map[int]int{} // offset → the region that begins there
	for index, r := range regions {
		at[starts[r.first]] = index
	}

	type mark struct{ blocks, line int } // so many blocks were read when the reader came to the line
	var marks []mark
	var last *byte // of the reader's copy of the text
	reader := parser.NewWithExtensions(extensions)
	reader.Opts.ParserHook = func(rest []byte) (ast.Node, []byte, int) {
		if last == nil {
			last = &rest[len(rest)-1]
		}
		if last != &rest[len(rest)-1] {
			return nil, nil, 0 // inside a list item or a quote: a copy, elsewhere in memory
		}
		offset := starts[len(lines)] - len(rest)
		marks = append(marks, mark{len(reader.Doc.GetChildren()), sort.SearchInts(starts, offset+1) - 1})
		if index, is := at[offset]; is {
			return &regionNode{index: index}, nil, starts[regions[index].last+1] - offset
		}
		return nil, nil, 0
	}
	document := reader.Parse([]byte(strings.Join(lines, "\n") + "\n"))
	for i, node := range document.GetChildren() {
		// The last mark made before the block was: blank lines above it leave earlier ones.
		after := sort.Search(len(marks), func(m int) bool { return marks[m].blocks > i })
		blocks = append(blocks, placed{node, marks[after-1].line})
	}
	return blocks, nil
}

// plain is the text of a node without any mark-up.
func plain(node ast.Node) string {
	var text strings.Builder
	ast.WalkFunc(node, func(node ast.Node, entering bool) ast.WalkStatus {
		switch leaf := node.(type) {
		case *ast.Text:
			text.WriteString(words(leaf))
		case *ast.Code:
			text.WriteString(clean(string(leaf.Literal)))
		case *ast.Hardbreak:
			text.WriteString(" ")
		}
		return ast.GoToNext
	})
	return strings.Join(strings.Fields(text.String()), " ")
}
