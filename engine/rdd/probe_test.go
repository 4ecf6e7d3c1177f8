package rdd_test

import (
	"fmt"
	"runtime"
	"testing"

	"etincelle/engine"
	"etincelle/engine/rdd"
)

type badPart struct{ n int }

func (b badPart) NumPartitions() int    { return b.n }
func (b badPart) Partition(key any) int { panic("student partitioner") }

func TestProbe(t *testing.T) {
	s := engine.Start(engine.Attempts(1))
	defer s.Stop()
	show := func(name string, f func() error) {
		defer func() {
			if r := recover(); r != nil {
				fmt.Println(name, "PANIC", r)
			}
		}()
		fmt.Println(name, "=>", f())
	}
	nums := rdd.Of(s, 2, 1, 2, 3)
	show("nil map", func() error { _, err := rdd.Map(nums, (func(int) int)(nil)).Count(); return err })
	show("panic map", func() error {
		_, err := rdd.Map(nums, func(int) int { panic("boom") }).Count()
		return err
	})
	bad := rdd.Map(nums, func(int) int { panic("boom") })
	show("panic zip left", func() error { _, err := rdd.Zip(bad, nums).Count(); return err })
	show("panic zip right", func() error { _, err := rdd.Zip(nums, bad).Count(); return err })
	pairs := rdd.KeyBy(nums, func(n int) int { return n })
	show("partitioner", func() error { _, err := rdd.PartitionBy(pairs, badPart{2}).Count(); return err })
	show("nil partitioner", func() error { _, err := rdd.PartitionBy(pairs, nil).Count(); return err })
	show("nil partitioner reduce", func() error { _, err := rdd.ReduceByKey(pairs, rdd.Add[int], nil).Count(); return err })
	show("goexit", func() error {
		_, err := rdd.Map(nums, func(int) int { runtime.Goexit(); return 1 }).Count()
		return err
	})
	show("goexit zip", func() error {
		_, err := rdd.Zip(rdd.Map(nums, func(int) int { runtime.Goexit(); return 1 }), nums).Count()
		return err
	})
	show("hash0 lookup", func() error { _, err := rdd.Lookup(rdd.PartitionBy(pairs, rdd.Hash(0)), 1); return err })
	show("nested", func() error {
		_, err := rdd.Map(nums, func(int) int { n, err := nums.Count(); engine.Check(err); return n }).Count()
		return err
	})
	show("index", func() error { _, err := rdd.Map(nums, func(i int) int { return []int{}[i] }).Count(); return err })
	show("sort cmp", func() error {
		_, err := rdd.SortByFunc(nums, func(i int) int { return i }, func(a, b int) int { panic("cmp") }, rdd.Ascending).Count()
		return err
	})
	show("nil reduce", func() error { _, err := nums.Reduce(nil); return err })
	show("nil mappart", func() error { _, err := rdd.MapPartitions[int, int](nums, nil).Count(); return err })
	show("zip unequal", func() error { _, err := rdd.Zip(nums, rdd.Of(s, 3, 1)).Count(); return err })
	show("missing", func() error { _, err := rdd.TextFile(s, "nowhere").Count(); return err })
	show("union missing", func() error {
		_, err := rdd.Union(s, rdd.TextFile(s, "nowhere"), rdd.Of(s, 1, "a")).Count()
		return err
	})
	show("aggregate map zero", func() error {
		m, err := rdd.Aggregate(rdd.Of(s, 2, "a", "b", "a"), map[string]int{}, func(m map[string]int, w string) map[string]int { m[w]++; return m }, func(a, b map[string]int) map[string]int {
			for k, v := range b {
				a[k] += v
			}
			return a
		})
		fmt.Println(m)
		return err
	})
	show("combine in place twice", func() error {
		c := rdd.CombineByKey(rdd.Of(s, 2, rdd.KV("k", "a"), rdd.KV("k", "b"), rdd.KV("k", "a")), func(w string) map[string]int { return map[string]int{w: 1} }, func(m map[string]int, w string) map[string]int { m[w]++; return m }, func(a, b map[string]int) map[string]int {
			for k, v := range b {
				a[k] += v
			}
			return a
		})
		fmt.Println(c.Collect())
		fmt.Println(c.Collect())
		return nil
	})
	s2 := engine.Start()
	show("two sessions", func() error {
		a := rdd.Of(s, 1, rdd.KV(1, "s1"))
		b := rdd.Of(s2, 1, rdd.KV(1, "s2"))
		fmt.Println(rdd.Join(a, b).Collect())
		fmt.Println(rdd.Cartesian(a, b).Collect())
		return nil
	})
}
