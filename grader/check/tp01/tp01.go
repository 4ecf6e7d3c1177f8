// Package tp01 judges the exercises of TP 1 and tells its misconceptions apart.
// It knows no right answer but those that the exercises themselves spell out
// (a lineage, a number of stages): the others come from the reference, or stand
// in the public cases.
package tp01

import (
	"encoding/json"

	"etincelle/grader/check"
	"etincelle/grader/message"
)

// Properties are those of the TP, in the order in which a student meets them.
func Properties() []check.Property {
	return []check.Property{
		{
			Name: "lazy",
			Title: message.Both(
				"Rien ne tourne avant l'action ; chaque ligne est lue une fois",
				"Nothing runs before the action; each line is read once"),
			Judge: lazy, Wanted: wantedLazy,
		},
		{
			Name: "stages",
			Title: message.Both(
				"Le nombre d'étapes d'une suite de transformations",
				"The number of stages of a sequence of transformations"),
			Judge: numbered(stagesMistakes), Wanted: wantedStages,
		},
		{
			Name: "sorted",
			Title: message.Both(
				"Les destinations triées par le moteur, en trois étapes",
				"The destinations sorted by the engine, in three stages"),
			Judge: sorted,
		},
		{
			Name: "tasks",
			Title: message.Both(
				"Les valeurs dans l'ordre, en n tâches et sans brassage",
				"The values in order, in n tasks and without a shuffle"),
			Judge: tasks, Wanted: wantedTasks,
		},
		{
			Name: "reduceTasks",
			Title: message.Both(
				"Les vols par compagnie, en n tâches après un seul brassage",
				"The flights of each airline, in n tasks after one shuffle"),
			Judge: reduceTasks,
		},
		{
			Name: "reused",
			Title: message.Both(
				"Deux actions, un brassage : la seconde saute une étape",
				"Two actions, one shuffle: the second skips a stage"),
			Judge: reused,
		},
		{
			Name: "marginsRead",
			Title: message.Both(
				"Le nombre d'étapes, lu dans le texte d'une lignée",
				"The number of stages, read from the text of a lineage"),
			Judge: numbered(marginsMistakes),
		},
		{
			Name: "rebuilt",
			Title: message.Both(
				"Le programme dont la lignée est celle du texte",
				"The program that has the lineage of the text"),
			Judge: rebuilt,
		},
		{
			Name: "skipped",
			Title: message.Both(
				"Les étapes sautées d'un enregistrement",
				"The skipped stages of a recorded run"),
			Judge: numbered(skippedMistakes), Wanted: wantedOf(skipped),
		},
		{
			Name: "shuffled",
			Title: message.Both(
				"Les lignes qu'un job a écrites dans des brassages",
				"The rows that a job wrote to shuffles"),
			Judge: numbered(shuffledMistakes), Wanted: wantedOf(shuffled),
		},
		{
			Name: "skew",
			Title: message.Both(
				"La plus grande tâche d'une étape, rapportée à la médiane",
				"The largest task of a stage over the median"),
			Judge: numbered(skewMistakes), Wanted: wantedOf(skew),
		},
		{
			Name: "retried",
			Title: message.Both(
				"Les tâches refaites après un échec",
				"The tasks that were tried again after a failure"),
			Judge: numbered(retriedMistakes), Wanted: wantedOf(retried),
		},
		{
			Name: "attempts",
			Title: message.Both(
				"Un échec passager est refait par le moteur ; un échec définitif est rendu",
				"A passing failure is tried again by the engine; a lasting one is returned"),
			Judge: attempts,
		},
		{
			Name: "readable",
			Title: message.Both(
				"Les lignes illisibles sont écartées, et aucune tâche n'échoue",
				"Lines that cannot be read are left out, and no task fails"),
			Judge: readable, Wanted: wantedReadable,
		},
	}
}

// texts are the rows of a source of text.
func texts(c check.Case, source string) []string {
	return rowsOf[string](c, source)
}

// rowsOf are the rows of a source; those of another type are left out.
func rowsOf[T any](c check.Case, source string) []T {
	var all []T
	for _, raw := range check.Flat(c.Source(source).Partitions) {
		var row T
		if json.Unmarshal(raw, &row) == nil {
			all = append(all, row)
		}
	}
	return all
}

// raw are values as rows. What cannot be written is no row, and then missed.
func raw[T any](values ...T) []json.RawMessage {
	var rows []json.RawMessage
	for _, v := range values {
		if text, err := json.Marshal(v); err == nil {
			rows = append(rows, text)
		}
	}
	return rows
}
