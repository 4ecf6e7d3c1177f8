package sched

import "slices"

// Core says how many cores of an executor are free.
type Core struct {
	Executor string
	Free     int
}

// choice pairs a waiting partition with an executor.
type choice struct {
	partition int
	executor  string
	preferred bool
}

// placing is what is known of where tasks may go.
type placing struct {
	prefers func(partition int) []string              // the executors that hold a block it reads
	allowed func(partition int, executor string) bool // nil: everywhere
	running map[string]int                            // this stage's tasks, by executor
}

// assign picks the next task to start and the executor that takes it, or
// ok=false when nothing can start now. waiting is in the order in which tasks
// are to start; cores is in order of executor.
//
// A task that prefers executors (they hold a block it reads) goes to one of
// them if it has a free core. If they are all busy with this stage's own tasks
// the task waits, as Spark's locality wait makes it do; otherwise, and when it
// prefers nobody, it goes where most cores are free, the first of equals.
func assign(waiting []int, cores []Core, at placing) (choice, bool) {
	for _, p := range waiting {
		cores := at.open(p, cores)
		wanted := at.prefers(p)
		wait := false
		for _, c := range cores {
			if !slices.Contains(wanted, c.Executor) {
				continue
			}
			if c.Free > 0 {
				return choice{p, c.Executor, true}, true
			}
			wait = wait || at.running[c.Executor] > 0
		}
		if wait {
			continue
		}
		if best, ok := freest(cores); ok {
			return choice{p, best, false}, true
		}
	}
	return choice{}, false
}

// open is the executors that partition p's task may go to.
func (at placing) open(p int, cores []Core) []Core {
	if at.allowed == nil {
		return cores
	}
	return slices.DeleteFunc(slices.Clone(cores), func(c Core) bool { return !at.allowed(p, c.Executor) })
}

// free takes the cores of running tasks off.
func free(cores []Core, running map[string]int) []Core {
	left := slices.Clone(cores)
	for i := range left {
		left[i].Free -= running[left[i].Executor]
	}
	return left
}

func freest(cores []Core) (string, bool) {
	best := Core{}
	for _, c := range cores {
		if c.Free > best.Free {
			best = c
		}
	}
	return best.Executor, best.Free > 0
}
