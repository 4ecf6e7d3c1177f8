package tp01

import (
	"fmt"
	"regexp"
	"strings"

	"etincelle/grader/check"
	"etincelle/grader/evidence"
)

// margins is what StagesOf must return.
func margins(c check.Case) float64 {
	return 1 + float64(strings.Count(strings.Join(texts(c, "lineage"), "\n"), "+-"))
}

var marginsMistakes = []mistake{
	{check.ShufflesAreNoStages, func(c check.Case) float64 { return margins(c) - 1 }},
	{check.LinesAreNoStages, func(c check.Case) float64 { return float64(len(texts(c, "lineage"))) }},
}

// asked is the lineage that Rebuild must have: the exercise's own text.
func asked(c check.Case) string {
	return fmt.Sprintf(`(%d) MapPartitionsRDD at filter []
 |  ShuffledRDD at reduceByKey []
 +-(%d) MapPartitionsRDD at map []
    |  CoalescedRDD at coalesce []
    |  MapPartitionsRDD at filter []
    |  ParallelCollectionRDD at flights []`, c.Params["n"], len(c.Source("flights").Partitions)/2)
}

var number = regexp.MustCompile(`\[\d+\]`)

// rebuilt judges Rebuild.
func rebuilt(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	if findings := check.First(check.Sound(c, got, want), check.SameRows(got, want)); len(findings) > 0 {
		return findings
	}
	wanted := strings.Split(asked(c), "\n")
	has := strings.Split(strings.TrimRight(number.ReplaceAllString(got.Lineage, ""), "\n"), "\n")
	table := &check.Table{}
	for i := range max(len(wanted), len(has)) {
		line := func(lines []string) string {
			if i < len(lines) {
				return lines[i]
			}
			return ""
		}
		if line(wanted) != line(has) {
			table.Wanted, table.Got = append(table.Wanted, line(wanted)), append(table.Got, line(has))
		}
	}
	if len(table.Wanted) > 0 {
		return []check.Finding{{Key: check.OtherLineage, Rows: table}}
	}
	return nil
}
