package notebook

import (
	"fmt"
	"strings"
)

// limited keeps what is written to it up to a number of bytes, and calls full
// when there is more. The writer is not told: it is a program to be stopped.
type limited struct {
	kept []byte
	most int
	full func()
}

func (l *limited) Write(data []byte) (int, error) {
	room := min(l.most-len(l.kept), len(data))
	l.kept = append(l.kept, data[:room]...)
	if room < len(data) {
		l.full()
	}
	return len(data), nil
}

// bytesText is a size in words.
func bytesText(n int) string {
	if n%(1<<20) == 0 {
		return fmt.Sprintf("%d MiB", n>>20)
	}
	return fmt.Sprintf("%d bytes", n)
}

// printed is a cell's output as a fence can hold it: lines, each with its end.
func printed(output string) string {
	output = strings.ToValidUTF8(output, "\ufffd")
	output = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(output)
	if output != "" && !strings.HasSuffix(output, "\n") {
		output += "\n"
	}
	return output
}
