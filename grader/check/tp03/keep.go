package tp03

import (
	"etincelle/grader/check"
	"etincelle/grader/evidence"
	"etincelle/grader/message"
)

// Exercise 6: the marks that a situation asks for, judged by what they lead to.

// The situations of exercise 6, in the order in which exercises.go names them.
const (
	usedOnce = iota
	usedOften
	tooLarge
	memoryIsTaken
	executorsDie
	othersReadIt
)

// chosen judges Keep: what is kept after the first action, and what the second one
// computes again, when executors were lost if the case says so.
func chosen(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	if findings := check.First(lostLocally(got), check.Came(got), check.SameRows(got, want), check.SameAgain(got)); len(findings) > 0 {
		return findings
	}
	if got.Own.Jobs > 0 {
		return []check.Finding{{Key: check.RanInside, Facts: message.Facts{"jobs": got.Own.Jobs}}}
	}
	k := &keeping{shelf: stocked(got.Events), partitions: len(c.Source("flights").Partitions), acting: got.Reads["flights"], again: got.ReadsAgain["flights"]}
	k.memory, k.disk = k.bytes()
	switch c.Params["situation"] {
	case usedOnce:
		return check.First(k.nothing(), k.noFile())
	case usedOften:
		return check.First(k.noFile(), k.notAgain(check.NotKept), k.oneCopy(), k.noDisk())
	case tooLarge:
		return check.First(k.noFile(), k.notAgain(check.MemoryTooSmall), k.someMemory(), k.oneCopy())
	case memoryIsTaken:
		return check.First(k.noMemory(), k.noFile(), k.notAgain(check.NotKept), k.oneCopy())
	case executorsDie:
		return check.First(k.noFile(), k.noDisk(), k.notAgain(check.LostWithItsExecutor))
	}
	return check.First(k.aFile(), k.oneCopy(), writtenFromMemory(c, k.acting), k.notAgain(check.LostWithItsExecutor))
}

// keeping is what one case kept.
type keeping struct {
	*shelf
	partitions    int
	acting, again int // partitions computed by the first action, and by the second
	memory, disk  int64
}

func finding(key check.Key, facts message.Facts) []check.Finding {
	return []check.Finding{{Key: key, Facts: facts}}
}

func (k *keeping) nothing() []check.Finding {
	if k.stored == 0 {
		return nil
	}
	return finding(check.KeptForNothing, message.Facts{"blocks": k.stored})
}

func (k *keeping) noFile() []check.Finding {
	if k.files+k.local == 0 {
		return nil
	}
	return finding(check.FileForNothing, nil)
}

func (k *keeping) aFile() []check.Finding {
	if k.files > 0 {
		return nil
	}
	return finding(check.NothingForOthers, message.Facts{"written": k.files, "blocks": k.stored})
}

// notAgain judges the second action.
func (k *keeping) notAgain(key check.Key) []check.Finding {
	if k.again == 0 {
		return nil
	}
	if k.stored == 0 {
		key = check.NotKept
	}
	computed := k.again
	if key == check.NotKept {
		computed += k.acting // both actions count where nothing was kept
	}
	return finding(key, message.Facts{
		"source": "flights", "computed": computed, "wanted": k.partitions, "jobs": k.jobs + 1, "blocks": len(k.held),
	})
}

func (k *keeping) oneCopy() []check.Finding {
	if n := k.copies(); n > 1 {
		return finding(check.CopiesForNothing, message.Facts{"copies": n})
	}
	return nil
}

func (k *keeping) noDisk() []check.Finding {
	if k.disk == 0 {
		return nil
	}
	return finding(check.DiskForNothing, message.Facts{"bytes": k.disk})
}

func (k *keeping) someMemory() []check.Finding {
	if k.memory > 0 {
		return nil
	}
	return finding(check.MemoryUnused, message.Facts{"bytes": k.disk})
}

func (k *keeping) noMemory() []check.Finding {
	if k.memory == 0 {
		return nil
	}
	return finding(check.MemoryUsed, message.Facts{"bytes": k.memory})
}
