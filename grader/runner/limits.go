package runner

import (
	"time"

	"etincelle/grader/message"
)

// Limits hold one run of a program: one exercise.
type Limits struct {
	Time   time.Duration // by the wall clock
	Memory int64         // resident bytes
	Output int64         // bytes that the code under test may print
}

// DefaultLimits are the same for check and grade. A right answer takes some
// 50 ms, 30 MiB and prints nothing.
func DefaultLimits() Limits {
	return Limits{Time: 10 * time.Second, Memory: 512 << 20, Output: 1 << 20}
}

const (
	// softMemory is the part of the memory limit that Go's collector is given as its
	// own: a program with much garbage stays alive, one with much data does not.
	softMemory = 0.7
	// watchEvery is how often a child's memory is looked at.
	watchEvery = 10 * time.Millisecond
	// maxTalk bounds what a child may say in frames, in bytes: endless jobs make endless events.
	maxTalk = 64 << 20
	// keptOutput is how much of what was printed is kept, at the start and at the end.
	keptOutput = 16 << 10
)

// Enforced says which limits hold on this system, for the report.
func Enforced() message.Text {
	if watchesMemory {
		return message.Both(
			"Limites de temps, de mémoire et de sortie tenues par le correcteur. Pas de bac à sable : le code a les droits de qui corrige.",
			"Limits on time, memory and output are held by the grader. There is no sandbox: the code has the rights of whoever grades.")
	}
	return message.Both(
		"Limites de temps et de sortie tenues par le correcteur ; sur ce système, seul le ramasse-miettes de Go connaît la limite de mémoire. Pas de bac à sable : le code a les droits de qui corrige.",
		"Limits on time and output are held by the grader; on this system Go's collector alone knows the memory limit. There is no sandbox: the code has the rights of whoever grades.")
}
