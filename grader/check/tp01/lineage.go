package tp01

import (
	"fmt"
	"regexp"
	"strings"

	"etincelle/grader/check"
	"etincelle/grader/evidence"
)

// marginsRead judges StagesOf.
func marginsRead(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	findings := check.First(check.Sound(c, got, want), check.SameValue(got, want))
	if len(findings) == 0 || findings[0].Key != check.WrongValue {
		return findings
	}
	lines := texts(c, "lineage")
	switch int(value(got)) {
	case strings.Count(strings.Join(lines, "\n"), "+-"):
		findings[0].Key = check.ShufflesAreNoStages
	case len(lines):
		findings[0].Key = check.LinesAreNoStages
	}
	return findings
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
