package publictest

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/datasets"
	"etincelle/engine/rdd"
	"etincelle/grader/check"
	calls "etincelle/grader/harness/tp02"
	"etincelle/grader/lab"
	"etincelle/grader/message"
	"etincelle/grader/report"
)

// What is changed and wrong fails with the words of check.
func TestWrongAnswersAreExplained(t *testing.T) {
	l, err := lab.Find("../..", "tp02")
	require.NoError(t, err)
	groups, err := l.Public()
	require.NoError(t, err)
	properties, err := l.Properties()
	require.NoError(t, err)
	functions := calls.Functions{
		Shrink:  func(in *rdd.RDD[datasets.Flight], n int) *rdd.RDD[datasets.Flight] { return rdd.Repartition(in, n) },
		Balance: func(in *rdd.RDD[datasets.Flight], n int) *rdd.RDD[datasets.Flight] { return rdd.Repartition(in, n) },
		DelayByCarrier: func(in *rdd.RDD[datasets.Flight]) *rdd.Pairs[string, int] {
			return rdd.Map(rdd.MapToPair(in, func(f datasets.Flight) (string, int) { return f.Carrier, f.Delay }),
				func(p rdd.Pair[string, int]) rdd.Pair[string, int] { panic("no idea") })
		},
	}
	want := map[string]check.Key{"Shrink": check.RepartitionForCoalesce, "Balance": "", "DelayByCarrier": check.JobFailedAnywhere}
	judged := 0
	for _, e := range calls.Exercises(functions) {
		for _, f := range e.Functions {
			for _, g := range groups {
				key, tried := want[f.Name]
				if g.Function != f.Name || !tried {
					continue
				}
				judged++
				result := judge(t, f, g, properties[g.Property])
				assert.Equal(t, key == "", result.Right, f.Name)
				if key != "" {
					require.NotEmpty(t, result.Findings)
					assert.Equal(t, key, result.Findings[0].Key)
					page := report.Group(result, message.French)
					assert.Contains(t, page, result.Findings[0].Says(message.French))
					assert.Contains(t, page, result.Findings[0].Why(message.French))
				}
			}
		}
	}
	assert.Equal(t, 4, judged)
}
