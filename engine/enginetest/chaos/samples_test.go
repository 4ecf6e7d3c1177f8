package chaos

import (
	"fmt"
	"math/rand/v2"

	"etincelle/engine"
	"etincelle/engine/fs"
	"etincelle/engine/rdd"
)

// Samples depend on the order of rows and on nothing else: the same rows in the
// same partitions, in a session where nothing goes wrong, give the same sample.

// sampling is an operation that draws rows of an exact dataset.
func sampling[T any](name, form string, draw func(r *rdd.RDD[T], p []int) *rdd.RDD[T]) *verb {
	k := kindOf[T]()
	return &verb{
		name: name, from: []kind{k}, to: k, form: form,
		draw: func(r *rand.Rand, _ []known) []int { return []int{r.IntN(11), r.IntN(1000)} },
		model: func(c call) (known, bool) {
			if !c.known[0].exact() {
				return known{}, false
			}
			out := exactly(k, calmly(c.known[0], func(r *rdd.RDD[T]) *rdd.RDD[T] { return draw(r, c.p) }))
			out.by = c.known[0].by
			return out, true
		},
		run: func(c call) (any, error) { return draw(c.in[0].(*rdd.RDD[T]), c.p), nil },
	}
}

// calmly is the partitions of an operation on an exact dataset, when nothing goes wrong.
func calmly[T any](k known, f func(*rdd.RDD[T]) *rdd.RDD[T]) [][]any {
	parts := k.lists()
	if len(parts) == 0 {
		return nil
	}
	s := engine.Start(engine.Sequential(), engine.Files(&fs.Memory{}))
	defer s.Stop()
	rows := rdd.FromPartitions(s, "known", len(parts), func(p int) ([]T, error) { return unboxed[T](parts[p]), nil })
	drawn, err := rdd.Glom(f(rows)).Collect()
	if err != nil {
		panic(fmt.Sprintf("a calm session failed: %v", err))
	}
	var out [][]any
	for _, part := range drawn {
		out = append(out, boxed(part))
	}
	return out
}

func samples[T any]() []*verb {
	return []*verb{
		sampling("Sample", "rdd.Sample(%s, %v/10.0, %v)", func(r *rdd.RDD[T], p []int) *rdd.RDD[T] {
			return rdd.Sample(r, float64(p[0])/10, int64(p[1]))
		}),
		sampling("SampleWithReplacement", "rdd.SampleWithReplacement(%s, %v/5.0, %v)", func(r *rdd.RDD[T], p []int) *rdd.RDD[T] {
			return rdd.SampleWithReplacement(r, float64(p[0])/5, int64(p[1]))
		}),
		sampling("RandomSplit", "rdd.RandomSplit(%[1]s, %[3]v, 1, %[2]v)[0]", func(r *rdd.RDD[T], p []int) *rdd.RDD[T] {
			return rdd.RandomSplit(r, int64(p[1]), 1, float64(p[0]))[0]
		}),
	}
}

func sampleByKey() *verb {
	return sampling("SampleByKey", "rdd.SampleByKey(%s, shares(%v), %v)", func(r *rdd.RDD[pair], p []int) *rdd.RDD[pair] {
		shares := map[int]float64{}
		for k := range 4 {
			shares[k] = float64((p[0]+k)%11) / 10
		}
		return rdd.Map(rdd.SampleByKey(rdd.KeyBy(r, func(p pair) int { return p.Key & 3 }), shares, int64(p[1])), rdd.Value)
	}).forgetting()
}

// forgetting says that the operation forgets the partitioner.
func (v *verb) forgetting() *verb {
	model := v.model
	v.model = func(c call) (known, bool) {
		k, ok := model(c)
		k.by = placement{}
		return k, ok
	}
	return v
}
