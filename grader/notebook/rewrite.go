package notebook

import (
	"bytes"
	"fmt"
	"strings"
)

// Rewrite puts what the cells printed into their output fences. Everything else
// stays as it is, byte for byte, the ends of lines included. A cell that failed
// keeps its fence, and one without a fence is given none.
func Rewrite(src []byte, results []CellResult) ([]byte, error) {
	byCell := map[string]CellResult{}
	for _, result := range results {
		byCell[result.Cell.Name] = result
	}
	raw := rawLines(src)
	texts := splitLines(src)
	var failure error
	regions := scan(texts, func(line int, found, expected, next string) {
		failure = fmt.Errorf("the outputs cannot be rewritten: line %d: found %s, expected %s: %s", line+1, found, expected, next)
	})
	if failure != nil {
		return nil, failure
	}
	var rewritten bytes.Buffer
	kept := 0 // lines that are written
	for _, r := range regions {
		if r.fence == nil {
			continue
		}
		says, problem := readInfo(r.fence.info)
		result, known := byCell[says.values["cell"]]
		if problem != nil || says.language != "output" || !known || result.Err != nil {
			continue
		}
		body := lines(result.Output)
		for i, line := range body {
			if r.fence.closes(line) {
				return nil, fmt.Errorf("cell %s prints as its line %d %q, which would close its output fence (line %d): open and close that fence with a longer marker", result.Cell.Name, i+1, line, r.first+1)
			}
		}
		rewritten.Write(bytes.Join(raw[kept:r.first+1], nil))
		for _, line := range body {
			rewritten.WriteString(line + lineEnd(raw[r.first]))
		}
		kept = r.last
	}
	rewritten.Write(bytes.Join(raw[kept:], nil))
	return rewritten.Bytes(), nil
}

// rawLines are the lines of a file with their ends.
func rawLines(src []byte) [][]byte {
	var found [][]byte
	for len(src) > 0 {
		end := bytes.IndexAny(src, "\r\n") + 1
		if end == 0 {
			end = len(src)
		}
		if bytes.HasPrefix(src[end-1:], []byte("\r\n")) {
			end++
		}
		found = append(found, src[:end])
		src = src[end:]
	}
	return found
}

// lineEnd is what a raw line ends with.
func lineEnd(raw []byte) string {
	return string(raw[len(strings.TrimRight(string(raw), "\r\n")):])
}
