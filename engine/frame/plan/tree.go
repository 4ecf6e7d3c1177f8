package plan

import (
	"fmt"
	"strings"
)

// Tree draws a plan as Spark does, the root first:
//
//	Project [carrier]
//	+- Filter (dep_delay > 300)
//	   +- Relation [carrier, dep_delay] csv
func Tree(n Node) string {
	var out strings.Builder
	draw(&out, n, "", "")
	return out.String()
}

func draw(out *strings.Builder, n Node, first, rest string) {
	out.WriteString(strings.TrimRight(first+n.Name()+" "+n.Text(), " ") + "\n")
	children := n.Children()
	for i, c := range children {
		if i == len(children)-1 {
			draw(out, c, rest+"+- ", rest+"   ")
		} else {
			draw(out, c, rest+":- ", rest+":  ")
		}
	}
}

func rangeText(start, end, step int64, partitions int) string {
	if partitions == 0 {
		return fmt.Sprintf("(%d, %d, step=%d)", start, end, step)
	}
	return fmt.Sprintf("(%d, %d, step=%d, splits=%d)", start, end, step, partitions)
}
