package export

import (
	"bytes"
	"go/scanner"
	"go/token"
	"strings"

	"etincelle/grader/message"
	"etincelle/grader/notebook"
)

// The notebook's blocks as HTML, one after the other.

func (p *page) blocks(blocks []notebook.Block) {
	for _, b := range blocks {
		p.block(b)
	}
}

func (p *page) block(block notebook.Block) {
	switch b := block.(type) {
	case *notebook.Heading:
		p.markdown(b.Node)
	case *notebook.Prose:
		p.markdown(b.Node)
	case *notebook.Cell:
		p.put("<section class=\"cell\">\n")
		p.code(p.say(cellText, message.Facts{"name": b.Name}), goCode(b.Text))
		if b.Output != nil {
			p.put("<p class=\"label\">%s</p>\n<pre class=\"output\"><samp>%s</samp></pre>\n", escaped(p.say(outputText, nil)), escaped(b.Output.Text))
		}
		p.put("</section>\n")
	case *notebook.Shared:
		p.part("cell", p.say(sharedText, nil), goCode(b.Text))
	case *notebook.Illustration:
		p.part("shown", p.say(illustrationText, nil), goCode(b.Text))
	case *notebook.Listing:
		p.part("shown", map[string]string{"python": "Python", "sh": "Terminal"}[b.Language], escaped(b.Text))
	case *notebook.Predict:
		p.put("<section class=\"ask\">\n<p class=\"label\">%s</p>\n", escaped(p.say(predictText, nil)))
		p.blocks(b.Body)
		if given := p.answer(b.ID); given != "" {
			p.put("<p class=\"given\">%s <q>%s</q></p>\n</section>\n", escaped(p.say(answerText, nil)), escaped(given))
		} else {
			p.put("<p class=\"answer\">%s</p>\n</section>\n", escaped(p.say(answerText, nil)))
		}
	case *notebook.Task:
		p.put("<section class=\"task\">\n<p class=\"label\">%s</p>\n", escaped(p.say(taskText, message.Facts{"number": b.Number})))
		p.blocks(b.Body)
		p.put("</section>\n")
	case *notebook.Folded:
		p.put("<details class=\"folded\">\n<summary>")
		for _, line := range b.Summary {
			if prose, is := line.(*notebook.Prose); is {
				p.inline(prose.Node)
			}
		}
		p.put("</summary>\n")
		p.blocks(b.Body)
		p.put("</details>\n")
	}
}

// part is a section with one piece of code.
func (p *page) part(class, label, code string) {
	p.put("<section class=\"%s\">\n", class)
	p.code(label, code)
	p.put("</section>\n")
}

func (p *page) code(label, code string) {
	if label != "" {
		p.put("<p class=\"label\">%s</p>\n", escaped(label))
	}
	p.put("<pre class=\"code\"><code>%s</code></pre>\n", code)
}

// goCode is Go code as HTML, coloured by Go's own scanner. Code that is no Go is
// shown as it is.
func goCode(code string) string {
	set := token.NewFileSet()
	file := set.AddFile("", -1, len(code))
	var s scanner.Scanner
	s.Init(file, []byte(code), func(token.Position, string) {}, scanner.ScanComments)
	var b bytes.Buffer
	shown := 0
	for {
		pos, kind, text := s.Scan()
		if kind == token.EOF {
			break
		}
		class := ""
		switch {
		case kind == token.COMMENT:
			class = "c"
		case kind == token.STRING, kind == token.CHAR:
			class = "s"
		case kind.IsKeyword():
			class = "k"
		}
		at := file.Offset(pos)
		if class == "" || at < shown || !strings.HasPrefix(code[at:], text) {
			continue
		}
		b.WriteString(escaped(code[shown:at]) + `<span class="` + class + `">` + escaped(text) + "</span>")
		shown = at + len(text)
	}
	b.WriteString(escaped(code[shown:]))
	return b.String()
}
