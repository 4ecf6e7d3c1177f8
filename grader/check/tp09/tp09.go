// Package tp09 judges the exercises of TP 9 and tells its misconceptions apart: by the
// rows that each batch gave the sink, by what the session's events tell of the queries,
// and by what the engine did with the same input as the function.
package tp09

import (
	"etincelle/grader/check"
	"etincelle/grader/message"
)

// Properties are those of the TP, in the order in which a student meets them.
func Properties() []check.Property {
	return []check.Property{
		{
			Name: "hours",
			Title: message.Both(
				"Chaque vol compté dans l'heure où il devait partir",
				"Each flight counted in the hour in which it was due to leave"),
			Judge: hours,
		},
		{
			Name: "finals",
			Title: message.Both(
				"En mode ajout, chaque heure sort une fois, dans le lot qui la ferme",
				"In append mode each hour comes once, in the batch that closes it"),
			Judge: finals,
		},
		{
			Name: "bounded",
			Title: message.Both(
				"Un état qui oublie les heures passées",
				"A state that forgets the hours that are over"),
			Judge: bounded,
		},
		{
			Name: "batch",
			Title: message.Both(
				"Le lot qui écrit chaque fenêtre, comme le moteur",
				"The batch that writes each window, as in the engine"),
			Judge: batchOf,
		},
		{
			Name: "call",
			Title: message.Both(
				"L'événement qui fait sortir les dernières fenêtres",
				"The event that makes the last windows come"),
			Judge: lastCall,
		},
		{
			Name: "late",
			Title: message.Both(
				"Les événements perdus, et les lignes que Spark dit écartées",
				"The events that are lost, and the rows that Spark calls dropped"),
			Judge: late,
		},
		{
			Name: "delay",
			Title: message.Both(
				"Le plus petit délai dont la perte est supportable",
				"The smallest delay whose loss can be borne"),
			Judge: smallest,
		},
		{
			Name: "archive",
			Title: message.Both(
				"L'archive est celle d'une exécution sans panne",
				"The archive is that of a run without a failure"),
			Judge: archive,
		},
		{
			Name: "fresh",
			Title: message.Both(
				"Les changements qui demandent un nouveau point de reprise",
				"The changes that need a new checkpoint"),
			Judge: fresh,
		},
	}
}
